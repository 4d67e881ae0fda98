#include "registry/kinds/link_key.h"

#include "core/base/ascii.h"
#include "core/base/uuid.h"
#include "registry/kinds/media_type.h"

namespace registry::kinds {
namespace {

void append_folded(std::string& key, std::string_view text) {
  for (const char c : text) {
    key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
}

}  // namespace

std::string_view id_in(std::string_view urn) {
  constexpr std::string_view kPrefix = "urn:vcloud:";
  if (!urn.starts_with(kPrefix)) return urn;
  const std::string_view last = urn.substr(urn.rfind(':') + 1);
  return core::Uuid::parse(last) ? last : urn;
}

std::string link_key(std::string_view media_type, std::string_view id) {
  std::string key;
  append_folded(key, base_of(core::trimmed(media_type)));
  key += ' ';
  append_folded(key, id_in(core::trimmed(id)));
  return key;
}

std::string link_key_of(const resource::Resource& service_link) {
  return link_key(service_link.text("ResourceType"), service_link.text("ResourceId"));
}

}  // namespace registry::kinds
