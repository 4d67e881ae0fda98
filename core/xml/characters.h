#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace core::xml {

/// A code point and the octets it took; `size` 0 when the octets are not UTF-8 (RFC 3629).
struct Decoded {
  char32_t code = 0;
  std::size_t size = 0;
};
/// The code point at the front of `text`, which is not empty.
[[nodiscard]] Decoded decode_utf8(std::string_view text);
void append_utf8(std::string& out, char32_t code);

[[nodiscard]] bool is_character(char32_t code);       ///< XML 1.0 [2] Char.
[[nodiscard]] bool is_name_start(char32_t code);      ///< [4] NameStartChar, the colon included.
[[nodiscard]] bool is_name_character(char32_t code);  ///< [4a] NameChar.
[[nodiscard]] inline bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

}  // namespace core::xml
