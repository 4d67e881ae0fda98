#include "registry/match/syntax/code_point_escapes.h"

#include <cstddef>

#include "core/unicode/code_point_set.h"
#include "core/unicode/names.h"
#include "registry/match/syntax/ascii.h"

namespace registry::match::syntax {
namespace {

/// \0n, \0nn or \0mnn with m up to 3.
char32_t read_octal(Cursor& cursor) {
  const std::size_t begin = cursor.place() - 1;
  const char32_t first = cursor.read();
  if (!is_octal_digit(first)) {
    cursor.fail("\\0 needs an octal digit", begin);
    return 0;
  }
  char32_t value = digit_value(first);
  const int more_max = first <= U'3' ? 2 : 1;
  for (int more = 0; more < more_max && is_octal_digit(cursor.peek()); ++more) {
    value = value * 8 + digit_value(cursor.read());
  }
  return value;
}

/// \xhh or \x{h…h}.
char32_t read_hexadecimal(Cursor& cursor) {
  const std::size_t begin = cursor.place() - 1;
  const char32_t first = cursor.read();
  if (is_hex_digit(first)) {
    const char32_t second = cursor.read();
    if (is_hex_digit(second)) return digit_value(first) * 16 + digit_value(second);
  } else if (first == U'{' && is_hex_digit(cursor.peek())) {
    char32_t value = 0;
    char32_t c = cursor.read();
    for (; is_hex_digit(c); c = cursor.read()) {
      value = value * 16 + digit_value(c);
      if (value > core::unicode::kCodePointMax) {
        cursor.fail("There is no code point beyond 10FFFF", begin);
        return 0;
      }
    }
    if (c == U'}') return value;
    cursor.fail("This \\x{ has no } behind its digits", begin);
    return 0;
  }
  cursor.fail("\\x needs two hexadecimal digits, or some in { and }", begin);
  return 0;
}

/// The four digits of \uhhhh.
char32_t read_unit(Cursor& cursor) {
  const std::size_t begin = cursor.place() - 1;
  char32_t value = 0;
  for (int digit = 0; digit < 4; ++digit) {
    const char32_t c = cursor.read();
    if (!is_hex_digit(c)) {
      cursor.fail("\\u needs four hexadecimal digits", begin);
      return 0;
    }
    value = value * 16 + digit_value(c);
  }
  return value;
}

bool is_high_surrogate(char32_t c) { return c >= 0xD800 && c <= 0xDBFF; }
bool is_low_surrogate(char32_t c) { return c >= 0xDC00 && c <= 0xDFFF; }

/// \uhhhh; two of them when they are a surrogate pair.
char32_t read_utf16(Cursor& cursor) {
  const char32_t unit = read_unit(cursor);
  if (!is_high_surrogate(unit)) return unit;
  const std::size_t behind = cursor.place();
  if (cursor.read() == U'\\' && cursor.read() == U'u') {
    const char32_t low = read_unit(cursor);
    if (is_low_surrogate(low)) return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
  }
  cursor.go_to(behind);
  return unit;
}

/// \N{name}
char32_t read_name(Cursor& cursor) {
  const std::size_t begin = cursor.place() - 1;
  if (cursor.read() != U'{') {
    cursor.fail("\\N needs the name of a character in { and }", begin);
    return 0;
  }
  const std::size_t first = cursor.place();
  while (cursor.read() != U'}') {
    if (cursor.at_end()) {
      cursor.fail("This \\N{ has no } behind it", begin);
      return 0;
    }
  }
  const auto named = core::unicode::code_point_named(cursor.text(first, cursor.place() - 1));
  if (!named) cursor.fail("No character has this name", begin);
  return named.value_or(0);
}

/// \cx: x with its seventh bit turned over, whatever x is.
char32_t read_control(Cursor& cursor) {
  const std::size_t begin = cursor.place() - 1;
  cursor.peek();
  if (cursor.at_end()) {
    cursor.fail("\\c needs a character", begin);
    return 0;
  }
  return cursor.read() ^ 0x40;
}

}  // namespace

std::optional<char32_t> read_code_point_escape(Cursor& cursor, char32_t letter) {
  switch (letter) {
    case U'0':
      return read_octal(cursor);
    case U'x':
      return read_hexadecimal(cursor);
    case U'u':
      return read_utf16(cursor);
    case U'N':
      return read_name(cursor);
    case U'c':
      return read_control(cursor);
    case U'a':
      return U'\a';
    case U'e':
      return 0x1B;
    case U'f':
      return U'\f';
    case U'n':
      return U'\n';
    case U'r':
      return U'\r';
    case U't':
      return U'\t';
    default:
      return std::nullopt;
  }
}

}  // namespace registry::match::syntax
