#include "registry/resource/description.h"

namespace registry::resource {

std::optional<std::size_t> Shape::find(std::string_view field) const {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].name == field) return i;
  }
  return std::nullopt;
}

}  // namespace registry::resource
