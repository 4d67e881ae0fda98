#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace core::unicode {

/// A name in capitals, as String.toUpperCase(Locale.ROOT) makes them before Java looks a name up:
/// the long s becomes S, and a ligature its letters. Nullopt when the result is not all ASCII: no
/// name that we know is.
[[nodiscard]] std::optional<std::string> ascii_upper(std::u32string_view name);

/// `name` as it is; nullopt when it is not all ASCII.
[[nodiscard]] std::optional<std::string> ascii(std::u32string_view name);

}  // namespace core::unicode
