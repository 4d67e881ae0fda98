#include "registry/match/stream/question.h"

#include <utility>

#include "core/base/hex.h"
#include "core/encoding/utf8.h"

namespace registry::match::stream {
namespace {

using Done = core::Result<void, Malformed>;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_high(char32_t c) { return c >= 0xD800 && c <= 0xDBFF; }
bool is_low(char32_t c) { return c >= 0xDC00 && c <= 0xDFFF; }

/// Reads a line from its front; what fails leaves its reason, and nothing is read after that.
class Reader {
 public:
  explicit Reader(std::string_view line) : line_(line) {}

  Done read(Question& question) {
    question.pattern.clear();
    question.input.clear();
    const std::size_t good = core::utf8_prefix(line_);
    if (good < line_.size()) return core::Unexpected{Malformed{"no UTF-8", good}};
    const bool read = members(question) && at_end();
    if (!read) return core::Unexpected{Malformed{reason_, place_}};
    return {};
  }

 private:
  bool members(Question& question) {
    if (!take('{')) return refuse("an object is wanted");
    bool has_pattern = false;
    bool has_input = false;
    if (!take('}')) {
      do {
        if (!member(question, has_pattern, has_input)) return false;
      } while (take(','));
      if (!take('}')) return refuse("'}' or ',' is wanted");
    }
    if (!has_pattern) return refuse("there is no \"pattern\"");
    return has_input || refuse("there is no \"input\"");
  }

  bool member(Question& question, bool& has_pattern, bool& has_input) {
    if (!string(name_) || !colon()) return false;
    if (name_ == U"pattern") return only_once(has_pattern) && string(question.pattern);
    if (name_ == U"input") return only_once(has_input) && string(question.input);
    return skip_value(0);
  }
  bool only_once(bool& there) {
    if (std::exchange(there, true)) return refuse("a member is there twice");
    return true;
  }
  bool colon() { return take(':') || refuse("':' is wanted"); }

  bool at_end() {
    skip_blanks();
    return place_ == line_.size() || refuse("something follows the object");
  }

  // ---- Strings ---------------------------------------------------------------------------------

  bool string(std::u32string& text) {
    text.clear();
    if (!take('"')) return refuse("a string is wanted");
    while (place_ < line_.size()) {
      const char c = line_[place_];
      if (c == '"') return ++place_, true;
      if (static_cast<unsigned char>(c) < 0x20) return refuse("a control character in a string");
      if (c == '\\') {
        if (!escape(text)) return false;
      } else if (static_cast<unsigned char>(c) < 0x80) {
        text.push_back(static_cast<char32_t>(c));
        ++place_;
      } else {
        text.push_back(character());
      }
    }
    return refuse("a string has no end");
  }

  /// A character beyond ASCII; the line is well-formed UTF-8.
  char32_t character() {
    const auto octet = [&] {
      return static_cast<char32_t>(static_cast<unsigned char>(line_[place_++]));
    };
    const char32_t lead = octet();
    const unsigned more = lead < 0xE0 ? 1U : lead < 0xF0 ? 2U : 3U;
    char32_t c = lead & (0x3FU >> more);
    for (unsigned i = 0; i < more; ++i) c = c << 6U | (octet() & 0x3FU);
    return c;
  }

  bool escape(std::u32string& text) {
    constexpr std::string_view kLetters = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    if (line_.size() - place_ < 2) return refuse("a string has no end");
    const char letter = line_[place_ + 1];
    if (letter == 'u') return unicode_escape(text);
    const std::size_t known = kLetters.find(letter);
    if (known == std::string_view::npos) return refuse("no escape of JSON");
    text.push_back(static_cast<char32_t>(kMeanings[known]));
    place_ += 2;
    return true;
  }

  bool unicode_escape(std::u32string& text) {
    constexpr std::size_t kSize = 6;
    char32_t unit = 0;
    for (std::size_t i = 2; i < kSize; ++i) {
      const int value = place_ + i < line_.size() ? core::hex_digit_value(line_[place_ + i]) : -1;
      if (value < 0) return refuse("\\u wants four hexadecimal digits");
      unit = unit << 4U | static_cast<char32_t>(value);
    }
    place_ += kSize;
    // Surrogates come by escapes only, so a high one at the back was the escape just before.
    if (is_low(unit) && !text.empty() && is_high(text.back())) {
      text.back() = 0x10000 + ((text.back() - 0xD800) << 10U) + (unit - 0xDC00);
    } else {
      text.push_back(unit);
    }
    return true;
  }

  // ---- What is not looked at -------------------------------------------------------------------

  bool skip_value(std::uint32_t depth) {
    skip_blanks();
    if (depth == kLineDepthMax) return refuse("nested too deeply");
    if (place_ == line_.size()) return refuse("a value is wanted");
    const char c = line_[place_];
    if (c == '"') return string(name_);
    if (c == '{') return skip_object(depth);
    if (c == '[') return skip_array(depth);
    if (c == '-' || is_digit(c)) return skip_number();
    for (const std::string_view word : {"true", "false", "null"}) {
      if (line_.substr(place_).starts_with(word)) return place_ += word.size(), true;
    }
    return refuse("a value is wanted");
  }
  bool skip_object(std::uint32_t depth) {
    ++place_;
    if (take('}')) return true;
    do {
      if (!string(name_) || !colon() || !skip_value(depth + 1)) return false;
    } while (take(','));
    return take('}') || refuse("'}' or ',' is wanted");
  }
  bool skip_array(std::uint32_t depth) {
    ++place_;
    if (take(']')) return true;
    do {
      if (!skip_value(depth + 1)) return false;
    } while (take(','));
    return take(']') || refuse("']' or ',' is wanted");
  }
  bool skip_number() {
    if (line_[place_] == '-') ++place_;
    const std::size_t first = place_;
    if (!skip_digits()) return refuse("no number of JSON");
    if (line_[first] == '0' && place_ > first + 1) return refuse("no number of JSON");
    if (is_next('.') && (++place_, !skip_digits())) return refuse("no number of JSON");
    if (is_next('e') || is_next('E')) {
      ++place_;
      if (is_next('+') || is_next('-')) ++place_;
      if (!skip_digits()) return refuse("no number of JSON");
    }
    return true;
  }
  bool skip_digits() {
    const std::size_t first = place_;
    while (place_ < line_.size() && is_digit(line_[place_])) ++place_;
    return place_ > first;
  }

  // ---- Characters ------------------------------------------------------------------------------

  [[nodiscard]] bool is_next(char c) const { return place_ < line_.size() && line_[place_] == c; }
  void skip_blanks() {
    while (is_next(' ') || is_next('\t') || is_next('\r') || is_next('\n')) ++place_;
  }
  /// Takes `c` with the blanks around it, when it is next.
  bool take(char c) {
    skip_blanks();
    if (!is_next(c)) return false;
    ++place_;
    if (c != '"') skip_blanks();
    return true;
  }
  bool refuse(const char* reason) {
    reason_ = reason;
    return false;
  }

  std::string_view line_;
  std::size_t place_ = 0;
  const char* reason_ = "";
  std::u32string name_;
};

}  // namespace

core::Result<void, Malformed> read_question(std::string_view line, Question& question) {
  return Reader{line}.read(question);
}

}  // namespace registry::match::stream
