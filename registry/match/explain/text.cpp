#include "registry/match/explain/text.h"

#include "core/encoding/utf8.h"

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

char octet(char32_t value) { return static_cast<char>(static_cast<unsigned char>(value)); }

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out.push_back(octet(c));
  } else if (c < 0x800) {
    out.push_back(octet(0xC0 | c >> 6U));
    out.push_back(octet(0x80 | (c & 0x3FU)));
  } else if (c < 0x10000) {
    out.push_back(octet(0xE0 | c >> 12U));
    out.push_back(octet(0x80 | (c >> 6U & 0x3FU)));
    out.push_back(octet(0x80 | (c & 0x3FU)));
  } else {
    out.push_back(octet(0xF0 | c >> 18U));
    out.push_back(octet(0x80 | (c >> 12U & 0x3FU)));
    out.push_back(octet(0x80 | (c >> 6U & 0x3FU)));
    out.push_back(octet(0x80 | (c & 0x3FU)));
  }
}

void append_hex(std::string& out, std::string_view mark, char32_t value, unsigned digits) {
  out.append(mark);
  while (digits-- > 0) out.push_back(kHexDigits[value >> 4U * digits & 15U]);
}

void append_shown(std::string& out, char32_t c) {
  if (is_control(c) || is_surrogate(c) || is_treacherous(c)) {
    append_hex(out, "\\u", c, 4);
  } else {
    append_utf8(out, c);
  }
}

/// The code point at the front of well-formed UTF-8, and how many octets it has.
std::size_t decode_one(std::string_view text, char32_t& c) {
  const auto at = [&](std::size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[i]));
  };
  const char32_t lead = at(0);
  const std::size_t size = lead < 0x80 ? 1U : lead < 0xE0 ? 2U : lead < 0xF0 ? 3U : 4U;
  c = size == 1 ? lead : lead & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) c = c << 6U | (at(i) & 0x3FU);
  return size;
}

}  // namespace

std::optional<std::u32string> code_points_of(std::string_view utf8) {
  if (!core::is_utf8(utf8)) return std::nullopt;
  std::u32string text;
  text.reserve(utf8.size());
  while (!utf8.empty()) {
    char32_t c = 0;
    utf8.remove_prefix(decode_one(utf8, c));
    text.push_back(c);
  }
  return text;
}

std::string shown(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) append_shown(out, c);
  return out;
}

std::string shown(char32_t code_point) { return shown(std::u32string_view{&code_point, 1}); }

std::string shown(std::string_view utf8) {
  if (const auto text = code_points_of(utf8)) return shown(*text);
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
