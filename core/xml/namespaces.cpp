#include "core/xml/namespaces.h"

#include "core/xml/characters.h"

namespace core::xml {

std::optional<QualifiedName> split_name(std::string_view name) {
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos) return QualifiedName{{}, name};
  const QualifiedName split{name.substr(0, colon), name.substr(colon + 1)};
  const bool sound = !split.prefix.empty() && !split.local.empty() &&
                     split.local.find(':') == std::string_view::npos &&
                     is_name_start(decode_utf8(split.local).code);
  return sound ? std::optional{split} : std::nullopt;
}

bool Scope::declare(std::string_view prefix, std::string_view uri) {
  if (prefix == "xmlns" || uri == kXmlnsNamespace) return false;
  if ((prefix == "xml") != (uri == kXmlNamespace)) return false;
  if (!prefix.empty() && uri.empty()) return false;  // only the default can be taken back
  bindings_.push_back({prefix, uri});
  return true;
}

std::optional<std::string_view> Scope::resolve(std::string_view prefix) const {
  for (auto binding = bindings_.rbegin(); binding != bindings_.rend(); ++binding) {
    if (binding->prefix == prefix) return binding->uri;
  }
  if (prefix.empty()) return std::string_view{};
  if (prefix == "xml") return kXmlNamespace;
  return std::nullopt;
}

}  // namespace core::xml
