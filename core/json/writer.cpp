#include "core/json/writer.h"

#include <array>
#include <charconv>
#include <cmath>

#include "core/encoding/base64.h"
#include "core/encoding/utf8.h"

namespace core::json {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD
constexpr std::string_view kHexDigits = "0123456789abcdef";

/// What each octet needs: 0 nothing, 'u' the long escape, else the letter of the short one.
constexpr auto kEscapes = [] {
  std::array<char, 256> escapes{};
  for (std::size_t i = 0; i < 0x20; ++i) escapes[i] = 'u';
  escapes[0x7F] = 'u';
  escapes['\b'] = 'b';
  escapes['\f'] = 'f';
  escapes['\n'] = 'n';
  escapes['\r'] = 'r';
  escapes['\t'] = 't';
  escapes['"'] = '"';
  escapes['\\'] = '\\';
  return escapes;
}();

char escape_of(char c) { return kEscapes[static_cast<unsigned char>(c)]; }

void append_escaped(Buffer& out, char c) {
  const char escape = escape_of(c);
  if (escape != 'u') {
    const std::array<char, 2> pair{'\\', escape};
    out.append(std::string_view{pair.data(), pair.size()});
    return;
  }
  const auto value = static_cast<unsigned char>(c);
  const std::array<char, 6> six{
      '\\', 'u', '0', '0', kHexDigits[value >> 4U], kHexDigits[value & 15U]};
  out.append(std::string_view{six.data(), six.size()});
}

/// `text` is well-formed UTF-8: runs that need no escape are copied whole.
void append_well_formed(Buffer& out, std::string_view text) {
  std::size_t run = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (escape_of(text[i]) == 0) continue;
    out.append(text.substr(run, i - run));
    append_escaped(out, text[i]);
    run = i + 1;
  }
  out.append(text.substr(run));
}

}  // namespace

void append_quoted(Buffer& out, std::string_view text) {
  out.append("\"");
  while (!text.empty()) {
    const std::size_t good = utf8_prefix(text);
    append_well_formed(out, text.substr(0, good));
    text.remove_prefix(good);
    if (text.empty()) break;
    out.append(kReplacement);
    text.remove_prefix(1);
  }
  out.append("\"");
}

void Writer::separate() {
  if (need_comma_) out_.append(",");
  need_comma_ = true;
}

void Writer::open(char bracket) {
  separate();
  out_.append(std::string_view{&bracket, 1});
  need_comma_ = false;
}

void Writer::close(char bracket) {
  out_.append(std::string_view{&bracket, 1});
  need_comma_ = true;
}

void Writer::key(std::string_view name) {
  separate();
  append_quoted(out_, name);
  out_.append(":");
  need_comma_ = false;
}

void Writer::raw(std::string_view json) {
  separate();
  out_.append(json);
}

void Writer::string(std::string_view text) {
  separate();
  append_quoted(out_, text);
}

void Writer::base64(Octets octets) {
  separate();
  out_.append("\"");
  append_base64(out_, octets);
  out_.append("\"");
}

void Writer::integer(std::int64_t value) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  raw({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

void Writer::unsigned_integer(std::uint64_t value) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  raw({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

void Writer::real(double value) {
  if (!std::isfinite(value)) return null();
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  raw({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

void Writer::boolean(bool value) { raw(value ? "true" : "false"); }
void Writer::null() { raw("null"); }

}  // namespace core::json
