#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace core {

/// How many octets at the front of `text` are well-formed UTF-8 (RFC 3629: no surrogates, no
/// overlong forms, nothing beyond U+10FFFF).
[[nodiscard]] std::size_t utf8_prefix(std::string_view text);

[[nodiscard]] inline bool is_utf8(std::string_view text) {
  return utf8_prefix(text) == text.size();
}

/// `text` read as ISO 8859-1, as UTF-8: every octet is one character.
[[nodiscard]] std::string utf8_of_latin1(std::string_view text);

}  // namespace core
