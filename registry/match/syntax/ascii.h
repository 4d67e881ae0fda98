#pragma once

#include <cstdint>

namespace registry::match::syntax {

// What the grammar asks of a code point; all of it is about ASCII, whatever the flags.

constexpr bool is_ascii(char32_t c) { return c < 0x80; }
constexpr bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
constexpr bool is_octal_digit(char32_t c) { return c >= U'0' && c <= U'7'; }
constexpr bool is_upper(char32_t c) { return c >= U'A' && c <= U'Z'; }
constexpr bool is_lower(char32_t c) { return c >= U'a' && c <= U'z'; }
constexpr bool is_letter(char32_t c) { return is_upper(c) || is_lower(c); }
constexpr bool is_blank(char32_t c) { return c == U' ' || (c >= U'\t' && c <= U'\r'); }

constexpr char32_t to_ascii_upper(char32_t c) { return is_lower(c) ? c - 0x20 : c; }
constexpr char32_t to_ascii_lower(char32_t c) { return is_upper(c) ? c + 0x20 : c; }

constexpr bool is_hex_digit(char32_t c) {
  return is_digit(c) || (c >= U'a' && c <= U'f') || (c >= U'A' && c <= U'F');
}

/// The value of a digit, hexadecimal or less.
constexpr std::uint32_t digit_value(char32_t c) {
  return is_digit(c) ? c - U'0' : to_ascii_lower(c) - U'a' + 10;
}

}  // namespace registry::match::syntax
