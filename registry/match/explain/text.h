#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace registry::match::explain {

/// As UTF-8, for people: unpaired surrogates and controls are written as \uhhhh, so that no
/// terminal obeys them and one code point never becomes nothing.
[[nodiscard]] std::string shown(std::u32string_view text);
[[nodiscard]] std::string shown(char32_t code_point);
/// The same of a UTF-8 text; what is no UTF-8 is shown octet by octet, as \xhh.
[[nodiscard]] std::string shown(std::string_view utf8);

/// `shown` in quotation marks.
[[nodiscard]] std::string quoted(std::u32string_view text);

/// How many columns `shown(text)` takes, one for a character: where a caret belongs below it.
[[nodiscard]] std::size_t columns_of(std::u32string_view text);

}  // namespace registry::match::explain
