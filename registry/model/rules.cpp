#include "registry/model/rules.h"

#include <algorithm>

#include "core/base/ascii.h"

namespace registry::model {

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;  // not a continuation octet
  }));
}

bool same_name(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return core::ascii_lower(a) == core::ascii_lower(b); });
}

std::string name_key(std::string_view name) { return core::ascii_lowered(name); }

}  // namespace registry::model
