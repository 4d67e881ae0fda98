#include "registry/match/explain/text.h"

#include "core/encoding/code_points.h"

namespace registry::match::explain {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }
bool is_surrogate(char32_t c) { return c >= 0xD800 && c <= 0xDFFF; }
/// Turns what follows around on a terminal, or is not there to be seen.
bool is_treacherous(char32_t c) {
  return (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

void append_hex(std::string& out, std::string_view mark, char32_t value, unsigned digits) {
  out.append(mark);
  while (digits-- > 0) out.push_back(kHexDigits[value >> 4U * digits & 15U]);
}

void append_shown(std::string& out, char32_t c) {
  if (is_control(c) || is_surrogate(c) || is_treacherous(c)) {
    append_hex(out, "\\u", c, 4);
  } else {
    core::append_utf8(out, c);
  }
}

}  // namespace

std::string shown(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) append_shown(out, c);
  return out;
}

std::string shown(char32_t code_point) { return shown(std::u32string_view{&code_point, 1}); }

std::string shown(std::string_view utf8) {
  if (const auto text = core::code_points_of(utf8)) return shown(*text);
  std::string out;
  for (const char c : utf8) {
    const auto value = static_cast<char32_t>(static_cast<unsigned char>(c));
    if (value >= 0x20 && value < 0x7F) {
      out.push_back(c);
    } else {
      append_hex(out, "\\x", value, 2);
    }
  }
  return out;
}

std::string quoted(std::u32string_view text) { return '"' + shown(text) + '"'; }

std::size_t columns_of(std::u32string_view text) {
  std::size_t columns = 0;
  for (const char32_t c : text) {
    columns += is_control(c) || is_surrogate(c) || is_treacherous(c) ? 6U : 1U;
  }
  return columns;
}

}  // namespace registry::match::explain
