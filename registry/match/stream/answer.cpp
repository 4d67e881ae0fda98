#include "registry/match/stream/answer.h"

namespace registry::match::stream {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

void append_unit(char32_t unit, std::string& out) {
  out += "\\u";
  for (unsigned shift = 16; shift > 0; shift -= 4)
    out.push_back(kHexDigits[unit >> (shift - 4) & 15U]);
}

void append_character(char32_t c, std::string& out) {
  if (c == U'"' || c == U'\\') {
    out.push_back('\\');
    out.push_back(static_cast<char>(c));
  } else if (c >= 0x20 && c < 0x7F) {
    out.push_back(static_cast<char>(c));
  } else if (c < 0x10000) {
    append_unit(c, out);
  } else {
    append_unit(0xD800 + ((c - 0x10000) >> 10U), out);
    append_unit(0xDC00 + ((c - 0x10000) & 0x3FFU), out);
  }
}

/// Of our own sentences, whose characters beyond ASCII would be somebody else's.
void append_sentence(std::string_view text, std::string& out) {
  out.push_back('"');
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    append_character(octet < 0x80 ? octet : U'\uFFFD', out);
  }
  out.push_back('"');
}

void append_number(std::string_view name, const std::optional<std::size_t>& value,
                   std::string& out) {
  if (!value) return;
  out.append(",\"").append(name).append("\":").append(std::to_string(*value));
}

}  // namespace

void append_ascii_string(std::u32string_view text, std::string& out) {
  out.push_back('"');
  for (const char32_t c : text) append_character(c, out);
  out.push_back('"');
}

void append_answer(const Answer& answer, std::string& out) {
  out += answer.compiles ? "{\"compiles\":true" : "{\"compiles\":false";
  out += answer.matches ? ",\"matches\":true,\"error\":" : ",\"matches\":false,\"error\":";
  if (answer.error.empty()) {
    out += "null";
  } else {
    append_sentence(answer.error, out);
  }
  append_number("position", answer.position, out);
  append_number("line", answer.line, out);
  out += ",\"groups\":{";
  const char* comma = "";
  for (const auto& [name, text] : answer.groups) {
    out += std::exchange(comma, ",");
    append_sentence(name, out);
    out.push_back(':');
    if (text) {
      append_ascii_string(*text, out);
    } else {
      out += "null";
    }
  }
  out += "}}\n";
}

}  // namespace registry::match::stream
