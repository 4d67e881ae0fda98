#include "core/encoding/code_points.h"

#include <cstddef>

#include "core/encoding/utf8.h"

namespace core {
namespace {

std::size_t length_of(unsigned char first) {
  if (first < 0x80) return 1;
  if (first < 0xE0) return 2;
  return first < 0xF0 ? 3 : 4;
}

char octet(char32_t value) { return static_cast<char>(static_cast<unsigned char>(value)); }

}  // namespace

std::optional<std::u32string> code_points_of(std::string_view utf8) {
  if (!is_utf8(utf8)) return std::nullopt;
  std::u32string points;
  points.reserve(utf8.size());
  for (std::size_t i = 0; i < utf8.size();) {
    const auto first = static_cast<unsigned char>(utf8[i]);
    const std::size_t length = length_of(first);
    char32_t c = length == 1 ? first : first & (0x7FU >> length);
    for (std::size_t k = 1; k < length; ++k) {
      c = (c << 6) | (static_cast<unsigned char>(utf8[i + k]) & 0x3FU);
    }
    points.push_back(c);
    i += length;
  }
  return points;
}

std::string utf8_of(std::u32string_view code_points) {
  std::string text;
  for (const char32_t c : code_points) append_utf8(text, c);
  return text;
}

void append_utf8(std::string& text, char32_t c) {
  if (c >= 0xD800 && c < 0xE000) c = 0xFFFD;
  if (c < 0x80) {
    text.push_back(octet(c));
    return;
  }
  if (c < 0x800) {
    text.push_back(octet(0xC0 | (c >> 6)));
  } else if (c < 0x10000) {
    text.push_back(octet(0xE0 | (c >> 12)));
    text.push_back(octet(0x80 | ((c >> 6) & 0x3F)));
  } else {
    text.push_back(octet(0xF0 | (c >> 18)));
    text.push_back(octet(0x80 | ((c >> 12) & 0x3F)));
    text.push_back(octet(0x80 | ((c >> 6) & 0x3F)));
  }
  text.push_back(octet(0x80 | (c & 0x3F)));
}

}  // namespace core
