#include "http/document/language.h"

#include "registry/kinds/localization.h"
#include "registry/localization/locale.h"

namespace http::document {

std::optional<registry::resource::Resource> in_language_of(
    const native::Call& call, const registry::resource::Resource& resource,
    const registry::resource::Resources& there) {
  const std::string* asked = call.request->headers.find("Accept-Language");
  const std::string locale =
      asked == nullptr ? std::string{} : registry::localization::preferred_locale(*asked);
  return registry::kinds::in_language(resource, there, locale);
}

}  // namespace http::document
