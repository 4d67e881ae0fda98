#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "registry/kinds/parts.h"
#include "registry/localization/bundle.h"

/// Texts of extension services in the languages of those who read (spec section 3.6). Each locale
/// of a service is a hidden resource below it, so texts are stored, restored and deleted as
/// everything else.
namespace registry::kinds {

/// A draft of the kind localization for one locale of a bundle. Made below a service that has the
/// locale already, it is refused as a duplicate: then `localization_amendment` adds to that one.
[[nodiscard]] resource::Draft localization_draft(localization::LocaleTexts texts);
/// Adds the texts to those that are there; of a key that both have the new text counts.
[[nodiscard]] resource::Amendment localization_amendment(localization::LocaleTexts texts);
/// The texts of that locale of the service; null when it has none.
[[nodiscard]] const Resource* localization_of(const Resources& there, const core::Uuid& service,
                                              std::string_view locale);

/// The text of `key` that the service of that namespace has for the locale, else for en_US; nullopt
/// when it has neither. {resourceId}, {resourceName} and {resourceType} in it are those of `owner`,
/// which may be null; the type is itself looked up as a key.
[[nodiscard]] std::optional<std::string> localized(const Resources& there,
                                                   std::string_view service_namespace,
                                                   std::string_view key, std::string_view locale,
                                                   const Reference* owner);

/// A task or an event as it is to be shown to a client of that locale: with the localized text of
/// its operationName (`_PROGRESS` behind it while it runs) as its operation, or of its type
/// (`FAILED.` before it when it was no success) as its typeFull, where those were not given
/// themselves. Nullopt: it is shown as it is.
[[nodiscard]] std::optional<Resource> in_language(const Resource& resource, const Resources& there,
                                                  std::string_view locale);

}  // namespace registry::kinds
