#include "tests/java/json_line.h"

#include <charconv>
#include <cstdint>

namespace java {
namespace {

constexpr char32_t kHighFirst = 0xD800;
constexpr char32_t kLowFirst = 0xDC00;
constexpr char32_t kLowLast = 0xDFFF;
constexpr char32_t kSupplementaryFirst = 0x10000;

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool take(std::string_view expected) {
    if (!text_.starts_with(expected)) return false;
    text_.remove_prefix(expected.size());
    return true;
  }

  std::optional<std::u32string> string() {
    if (!take("\"")) return std::nullopt;
    std::u32string out;
    while (!text_.empty() && text_.front() != '"') {
      const auto unit = next();
      if (!unit) return std::nullopt;
      append(out, *unit);
    }
    if (!take("\"")) return std::nullopt;
    return out;
  }

  [[nodiscard]] bool at_end() const { return text_.empty(); }

 private:
  std::optional<char32_t> next() {
    const char c = text_.front();
    text_.remove_prefix(1);
    if (c != '\\') return static_cast<unsigned char>(c);
    if (!take("u")) {
      if (text_.empty()) return std::nullopt;
      const char sign = text_.front();  // the fuzzer escapes only " and \ in this way
      text_.remove_prefix(1);
      return static_cast<unsigned char>(sign);
    }
    if (text_.size() < 4) return std::nullopt;
    std::uint32_t unit = 0;
    const char* end = text_.data() + 4;
    if (std::from_chars(text_.data(), end, unit, 16).ptr != end) return std::nullopt;
    text_.remove_prefix(4);
    return unit;
  }

  /// A low surrogate behind a high one makes one code point with it.
  static void append(std::u32string& out, char32_t unit) {
    const bool low = unit >= kLowFirst && unit <= kLowLast;
    if (low && !out.empty() && out.back() >= kHighFirst && out.back() < kLowFirst) {
      out.back() = kSupplementaryFirst + ((out.back() - kHighFirst) << 10U) + (unit - kLowFirst);
    } else {
      out += unit;
    }
  }

  std::string_view text_;
};

void append_unit(std::string& line, char32_t unit) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  line += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) {
    line += kDigits[(unit >> static_cast<unsigned>(shift)) & 0xFU];
  }
}

}  // namespace

std::optional<Pair> read_pair(std::string_view line) {
  Reader reader{line};
  if (!reader.take(R"({"pattern":)")) return std::nullopt;
  auto pattern = reader.string();
  if (!pattern || !reader.take(R"(,"input":)")) return std::nullopt;
  auto input = reader.string();
  if (!input || !reader.take("}") || !reader.at_end()) return std::nullopt;
  return Pair{std::move(*pattern), std::move(*input)};
}

void append_quoted(std::string& line, std::u32string_view text) {
  line += '"';
  for (const char32_t c : text) {
    if (c == '"' || c == '\\') {
      line += '\\';
      line += static_cast<char>(c);
    } else if (c >= 0x20 && c < 0x7F) {
      line += static_cast<char>(c);
    } else if (c < kSupplementaryFirst) {
      append_unit(line, c);
    } else {
      append_unit(line, kHighFirst + ((c - kSupplementaryFirst) >> 10U));
      append_unit(line, kLowFirst + ((c - kSupplementaryFirst) & 0x3FFU));
    }
  }
  line += '"';
}

}  // namespace java
