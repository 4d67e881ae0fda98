#include "registry/match/dialect.h"

#include <array>
#include <cstdint>
#include <optional>
#include <utility>

namespace registry::match {
namespace {

using Step = core::Result<void, PatternError>;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_octal(char c) { return c >= '0' && c <= '7'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
bool is_quantifier(char c) { return c == '*' || c == '+' || c == '?' || c == '{'; }

std::optional<std::uint32_t> hex_value(char c) {
  if (is_digit(c)) return static_cast<std::uint32_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint32_t>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<std::uint32_t>(c - 'A' + 10);
  return std::nullopt;
}

std::string hex_escape(std::uint32_t code_point) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string digits;
  do {
    digits.insert(digits.begin(), kDigits[code_point & 0x0FU]);
    code_point >>= 4U;
  } while (code_point != 0);
  return "\\x{" + digits + "}";
}

/// The names that java.util.regex takes from POSIX: ASCII only there, and so is PCRE2's bracket
/// form, while its \p{…} of the same name is a Unicode property.
std::string_view posix_class(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kNames{
      {{"Lower", "lower"},
       {"Upper", "upper"},
       {"ASCII", "ascii"},
       {"Alpha", "alpha"},
       {"Digit", "digit"},
       {"Alnum", "alnum"},
       {"Punct", "punct"},
       {"Graph", "graph"},
       {"Print", "print"},
       {"Blank", "blank"},
       {"Cntrl", "cntrl"},
       {"XDigit", "xdigit"},
       {"Space", "space"}}};
  for (const auto& [java, posix] : kNames) {
    if (java == name) return posix;
  }
  return {};
}

/// Walks over the pattern once, left to right; each member function handles what starts at `at_`.
class Translator {
 public:
  explicit Translator(std::string_view pattern) : in_(pattern) {}

  core::Result<Translated, PatternError> run() {
    while (at_ < in_.size()) {
      if (auto step = one(); !step) return core::Unexpected{std::move(step).error()};
    }
    if (depth_ != 0) return fail("Unclosed group", in_.size());
    if (top_level_alternatives_) out_.literal_prefix.clear();
    return std::move(out_);
  }

 private:
  [[nodiscard]] static core::Unexpected<PatternError> fail(std::string reason, std::size_t where) {
    return core::Unexpected{PatternError{std::move(reason), where}};
  }
  [[nodiscard]] core::Unexpected<PatternError> dangling(std::size_t where) const {
    std::string reason = "Dangling meta character '";
    reason.append(in_.substr(where, 1)).push_back('\'');
    return fail(std::move(reason), where);
  }
  [[nodiscard]] bool ahead(std::string_view text) const {
    return in_.substr(at_).substr(0, text.size()) == text;
  }
  [[nodiscard]] char peek(std::size_t further = 0) const {
    return at_ + further < in_.size() ? in_[at_ + further] : '\0';
  }
  void emit(std::string_view text, std::size_t from) {
    out_.text.append(text);
    out_.origin.insert(out_.origin.end(), text.size(), from);
  }
  /// Takes `count` octets over as they are.
  void copy(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i, ++at_) emit(in_.substr(at_, 1), at_);
  }
  /// An atom that is no plain character ends the literal prefix.
  void atom_done() {
    can_repeat_ = true;
    prefix_open_ = false;
  }
  /// One literal character: escaped when it is a mark, so that it means itself for PCRE2 too.
  void emit_literal(char c, std::size_t from) {
    if (is_ascii(c) && !is_letter(c) && !is_digit(c)) emit("\\", from);
    emit({&c, 1}, from);
  }

  Step one() {
    switch (in_[at_]) {
      case '\\':
        return escape();
      case '[':
        return character_class();
      case '(':
        return group();
      case ')':
        return group_end();
      case '|':
        return alternative();
      case '*':
      case '+':
      case '?':
        return star();
      case '{':
        return counted();
      case '^':
        if (at_ == 0 && !is_quantifier(peek(1))) return copy(1), Step{};
        [[fallthrough]];
      case '$':
      case '.':
        return copy(1), atom_done(), Step{};
      default:
        return literal();
    }
  }

  /// The character at `at_`, which means itself.
  Step literal() {
    plain_character();
    take_back_repeated();
    return {};
  }
  void plain_character() {
    const char c = in_[at_];
    emit_literal(c, at_++);
    if (prefix_open_ && is_ascii(c)) {
      out_.literal_prefix.push_back(c);
      can_repeat_ = true;
    } else {
      atom_done();
    }
  }
  /// A character that a quantifier follows is no part of the prefix after all.
  void take_back_repeated() {
    if (!prefix_open_ || !is_quantifier(peek()) || out_.literal_prefix.empty()) return;
    out_.literal_prefix.pop_back();
    prefix_open_ = false;
  }

  Step alternative() {
    if (depth_ == 0) top_level_alternatives_ = true;
    copy(1);
    atom_done();
    can_repeat_ = false;
    return {};
  }

  // ---- Groups ----------------------------------------------------------------------------------

  Step group() {
    prefix_open_ = false;
    can_repeat_ = false;
    if (peek(1) == '*') return dangling(at_ + 1);
    if (peek(1) != '?') {
      ++depth_;
      ++groups_;
      return copy(1), Step{};
    }
    for (const std::string_view kind : {"(?:", "(?=", "(?!", "(?>", "(?<=", "(?<!"}) {
      if (!ahead(kind)) continue;
      ++depth_;
      return copy(kind.size()), Step{};
    }
    if (ahead("(?<")) return named_group();
    return flags();
  }

  Step named_group() {
    const std::size_t name = at_ + 3;
    std::size_t end = name;
    while (end < in_.size() && (is_letter(in_[end]) || is_digit(in_[end]))) ++end;
    if (end == name || is_digit(in_[name])) return fail("Illegal group name", name);
    if (end == in_.size() || in_[end] != '>') {
      return fail("Named capturing group is missing trailing '>'", end);
    }
    ++depth_;
    ++groups_;
    return copy(end + 1 - at_), Step{};
  }

  /// (?ims-ims) and (?ims-ims:…). Flags d, u and U change nothing for a path, which is ASCII
  /// without line terminators, and PCRE2's U means something else: they are left out. With x, Java
  /// ignores white space even inside classes, which PCRE2 does not: refused.
  Step flags() {
    const std::size_t start = at_;
    std::string kept = "(?";
    for (at_ += 2; at_ < in_.size() && in_[at_] != ')' && in_[at_] != ':'; ++at_) {
      const char flag = in_[at_];
      if (flag == 'x') return fail("The flag x (comments) is not supported", at_);
      if (flag == '-' && kept.find('-') != std::string::npos) {
        return fail("Unknown inline modifier", at_);
      }
      if (flag == 'i' || flag == 'm' || flag == 's' || flag == '-') {
        kept.push_back(flag);
      } else if (flag != 'd' && flag != 'u' && flag != 'U') {
        return fail("Unknown inline modifier", at_);
      }
    }
    if (at_ == in_.size()) return fail("Unknown group type", start);
    if (in_[at_] == ':') {
      ++depth_;
    } else if (kept == "(?") {
      kept.push_back(':');  // no flag is left: an empty group
    }
    kept.push_back(in_[at_++]);
    emit(kept, start);
    return {};
  }

  Step group_end() {
    if (depth_ == 0) return fail("Unmatched closing ')'", at_);
    --depth_;
    copy(1);
    atom_done();
    return {};
  }

  // ---- Quantifiers -----------------------------------------------------------------------------

  Step star() {
    if (!can_repeat_) return dangling(at_);
    copy(1);
    return quantifier_end();
  }

  Step counted() {
    const std::size_t start = at_;
    if (!can_repeat_ || !is_digit(peek(1))) return fail("Illegal repetition", start);
    std::size_t end = at_ + 1;
    while (end < in_.size() && is_digit(in_[end])) ++end;
    if (end < in_.size() && in_[end] == ',') ++end;
    while (end < in_.size() && is_digit(in_[end])) ++end;
    if (end == in_.size() || in_[end] != '}') return fail("Unclosed counted closure", end);
    copy(end + 1 - at_);
    return quantifier_end();
  }

  /// A quantifier may be made possessive or reluctant, and cannot be repeated itself.
  Step quantifier_end() {
    if (peek() == '+' || peek() == '?') copy(1);
    can_repeat_ = false;
    prefix_open_ = false;
    return {};
  }

  // ---- Escapes ---------------------------------------------------------------------------------

  Step escape() {
    if (at_ + 1 == in_.size()) return fail("Unexpected internal error: \\ at the end", at_);
    const char c = in_[at_ + 1];
    if (c == 'Q') return quote(false);
    if (is_ascii(c) && !is_letter(c) && !is_digit(c)) {
      ++at_;  // the reverse solidus; emit_literal writes it again
      return literal();
    }
    if (c >= '1' && c <= '9') return back_reference();
    if (c == 'k') return named_back_reference();
    if (c == 'b' && peek(2) == '{') return fail("\\b{g} is not supported", at_);
    constexpr std::string_view kSameInBoth = "bBAGzZRX";
    if (kSameInBoth.find(c) != std::string_view::npos) return copy(2), atom_done(), Step{};
    return common_escape(false);
  }

  /// What means the same inside a class and outside of one.
  Step common_escape(bool in_class) {
    const char c = in_[at_ + 1];
    constexpr std::string_view kSameInBoth = "dDsSwWhHvVtnrfea";
    Step step;
    if (!is_ascii(c)) {
      ++at_;  // Java ignores the reverse solidus before what is no ASCII letter
      copy(1);
    } else if (kSameInBoth.find(c) != std::string_view::npos) {
      copy(2);
    } else if (c == 'p' || c == 'P') {
      step = property(in_class);
    } else {
      step = code_point();
    }
    if (!in_class) atom_done();
    return step;
  }

  Step code_point() {
    const std::size_t start = at_;
    const char kind = in_[at_ + 1];
    at_ += 2;
    std::optional<std::uint32_t> value;
    if (kind == 'u') value = utf16_escape();
    if (kind == 'x') value = hexadecimal();
    if (kind == '0') value = octal();
    if (kind == 'c' && at_ < in_.size() && is_ascii(in_[at_])) {
      value = static_cast<std::uint32_t>(in_[at_++]) ^ 64U;
    }
    if (!value) return fail("Illegal/unsupported escape sequence", start);
    if (*value > 0x10FFFF || (*value >= 0xD800 && *value < 0xE000)) {
      return fail("Escape of what is no character", start);
    }
    emit(hex_escape(*value), start);
    return {};
  }

  std::optional<std::uint32_t> hex_digits(std::size_t count) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i, ++at_) {
      const auto digit = hex_value(peek());
      if (!digit) return std::nullopt;
      value = value * 16 + *digit;
    }
    return value;
  }

  /// \uhhhh, or two of them that are a surrogate pair.
  std::optional<std::uint32_t> utf16_escape() {
    const auto high = hex_digits(4);
    if (!high || *high < 0xD800 || *high >= 0xDC00 || !ahead("\\u")) return high;
    at_ += 2;
    const auto low = hex_digits(4);
    if (!low || *low < 0xDC00 || *low >= 0xE000) return std::nullopt;
    return 0x10000U + ((*high - 0xD800U) << 10U) + (*low - 0xDC00U);
  }

  /// \xhh or \x{h…h}.
  std::optional<std::uint32_t> hexadecimal() {
    if (peek() != '{') return hex_digits(2);
    std::uint32_t value = 0;
    const std::size_t first = ++at_;
    for (; hex_value(peek()); ++at_) {
      value = value * 16 + *hex_value(peek());
      if (value > 0x10FFFF) return std::nullopt;
    }
    if (at_ == first || peek() != '}') return std::nullopt;
    ++at_;
    return value;
  }

  /// \0n, \0nn or \0mnn with m at most 3.
  std::optional<std::uint32_t> octal() {
    if (!is_octal(peek())) return std::nullopt;
    const std::size_t digits_max = peek() <= '3' ? 3 : 2;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < digits_max && is_octal(peek()); ++i, ++at_) {
      value = value * 8 + static_cast<std::uint32_t>(peek() - '0');
    }
    return value;
  }

  Step property(bool in_class) {
    const std::size_t start = at_;
    const bool negated = in_[at_ + 1] == 'P';
    at_ += 2;
    std::size_t length = 1;
    std::string_view name = in_.substr(at_, 1);
    if (peek() == '{') {
      const std::size_t end = in_.find('}', at_);
      if (end == std::string_view::npos) return fail("Unclosed character family", start);
      name = in_.substr(at_ + 1, end - at_ - 1);
      length = name.size() + 2;
    }
    // PCRE2 also takes lower case, blanks and a ^ for "not"; Java does not.
    if (name.empty() || !(name[0] >= 'A' && name[0] <= 'Z') ||
        name.find_first_of(" ^-&") != std::string_view::npos) {
      return fail("Unknown character property name", start);
    }
    at_ += length;
    emit(property_text(name, negated, in_class), start);
    return {};
  }

  static std::string property_text(std::string_view name, bool negated, bool in_class) {
    const std::string_view posix = posix_class(name);
    if (posix.empty()) {
      if (name.substr(0, 2) == "Is") name.remove_prefix(2);
      return std::string{negated ? "\\P{" : "\\p{"}.append(name) + "}";
    }
    const std::string text = std::string{negated ? "[:^" : "[:"}.append(posix) + ":]";
    return in_class ? text : "[" + text + "]";
  }

  /// \n…: as many digits as there are groups to name so far, as Java reads them.
  Step back_reference() {
    const std::size_t start = at_++;
    std::size_t number = static_cast<std::size_t>(in_[at_++] - '0');
    while (is_digit(peek())) {
      const std::size_t longer = number * 10 + static_cast<std::size_t>(peek() - '0');
      if (longer > groups_) break;
      number = longer;
      ++at_;
    }
    emit("\\g{" + std::to_string(number) + "}", start);
    atom_done();
    return {};
  }

  Step named_back_reference() {
    if (peek(2) != '<') return fail("\\k is not followed by '<' for named capturing group", at_);
    const std::size_t end = in_.find('>', at_);
    if (end == std::string_view::npos) return fail("Unclosed group name", at_);
    copy(end + 1 - at_);
    atom_done();
    return {};
  }

  /// \Q…\E, the \E optional at the end: every character in between means itself.
  Step quote(bool in_class) {
    at_ += 2;
    while (at_ < in_.size() && !ahead("\\E")) {
      if (in_class) {
        emit_literal(in_[at_], at_);
        ++at_;
      } else {
        plain_character();
      }
    }
    if (at_ < in_.size()) at_ += 2;
    if (!in_class) take_back_repeated();
    return {};
  }

  // ---- Classes ---------------------------------------------------------------------------------

  /// [...]. Unions and intersections ([a[bc]], [a-z&&[^b]]) mean something else to PCRE2: refused.
  Step character_class() {
    const std::size_t start = at_;
    copy(1);
    if (peek() == '^') copy(1);
    if (peek() == ']') copy(1);  // the first one means itself
    while (at_ < in_.size() && in_[at_] != ']') {
      if (auto step = class_member(); !step) return step;
    }
    if (at_ == in_.size()) return fail("Unclosed character class", start);
    copy(1);
    atom_done();
    return {};
  }

  Step class_member() {
    if (in_[at_] == '[') return fail("A class within a class is not supported", at_);
    if (ahead("&&")) return fail("An intersection of classes is not supported", at_);
    if (in_[at_] != '\\') return copy(1), Step{};
    if (at_ + 1 == in_.size()) return fail("Unclosed character class", at_);
    const char c = in_[at_ + 1];
    if (c == 'Q') return quote(true);
    if (is_ascii(c) && !is_letter(c) && !is_digit(c)) return copy(2), Step{};
    return common_escape(true);
  }

  std::string_view in_;
  std::size_t at_ = 0;
  Translated out_;
  std::size_t depth_ = 0;   // of open groups
  std::size_t groups_ = 0;  // capturing ones so far
  bool can_repeat_ = false;
  bool prefix_open_ = true;
  bool top_level_alternatives_ = false;
};

}  // namespace

core::Result<Translated, PatternError> translate(std::string_view pattern) {
  return Translator{pattern}.run();
}

}  // namespace registry::match
