#pragma once

#include <string>
#include <string_view>

namespace registry::localization {

inline constexpr std::string_view kDefaultLocale = "en_US";

/// Whether that is the code of a locale as Java writes it: a language of two or three letters,
/// perhaps a script or a country and a variant behind `_` each ("en_US", "zh_Hans_CN").
[[nodiscard]] bool is_locale(std::string_view text);

/// The locale that the value of an Accept-Language header (RFC 9110 §12.5.4) asks for most, as Java
/// writes it: "fr-FR, fr;q=0.9" gives fr_FR. Empty when it asks for none.
[[nodiscard]] std::string preferred_locale(std::string_view accept_language);

}  // namespace registry::localization
