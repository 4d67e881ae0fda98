#include "registry/match/syntax/classes.h"

#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "core/unicode/case.h"
#include "registry/match/syntax/ascii.h"
#include "registry/match/syntax/escapes.h"
#include "registry/match/syntax/folding.h"

namespace registry::match::syntax {
namespace {

using core::unicode::CodePointRange;
using core::unicode::CodePointSet;

constexpr char32_t kLatin1Max = 0xFF;

/// Reads one class, or what is on the right of && up to the ] or && that ends it.
class ClassReader {
 public:
  explicit ClassReader(Cursor& cursor) : cursor_(cursor) {}

  /// The cursor stands before the class's first code point. `takes_end`: goes past the ].
  CodePointSet run(bool takes_end);

 private:
  bool ends() const { return set_.has_value() || has_singles_; }
  void add(CodePointSet set);
  void nested();
  void intersection();
  std::optional<CodePointSet> right_side();
  void element();
  std::optional<char32_t> escaped();
  void from_code_point(char32_t c);
  void range_from(char32_t first);
  void single(char32_t c);
  CodePointSet singles() const { return CodePointSet{singles_}; }
  void unite_singles();

  Cursor& cursor_;
  std::optional<CodePointSet> set_;   // what came so far, but for singles since the last &&
  std::optional<CodePointSet> last_;  // the part that came last; nullopt when it was a single
  // Code points up to FF that stand alone. Java collects them in a bit set of the class, and so all
  // of them come back when one comes behind an &&.
  std::vector<CodePointRange> singles_;
  bool has_singles_ = false;  // since the last &&
};

CodePointSet ClassReader::run(bool takes_end) {
  char32_t c = cursor_.next();
  const bool negated = c == U'^' && cursor_.at(cursor_.place() - 1) == U'[';
  if (negated) c = cursor_.next();
  while (!cursor_.failed()) {
    if (c == U']' && ends()) break;
    if (c == U'\0' && cursor_.at_end()) {
      cursor_.fail("This class has no ] behind it");
      break;
    }
    if (c == U'[') {
      nested();
    } else if (c == U'&') {
      intersection();
    } else {
      element();
    }
    c = cursor_.peek();
  }
  if (cursor_.failed()) return {};
  if (takes_end) cursor_.next();
  unite_singles();
  return negated ? set_->complement() : *std::move(set_);
}

void ClassReader::unite_singles() {
  if (!has_singles_) return;
  set_ = set_ ? set_->unite(singles()) : singles();
  has_singles_ = false;
}

void ClassReader::add(CodePointSet set) {
  set_ = set_ ? set_->unite(set) : set;
  last_ = std::move(set);
}

void ClassReader::nested() { add(ClassReader{cursor_}.run(true)); }

/// At an &. Alone it is a literal.
void ClassReader::intersection() {
  if (cursor_.next() != U'&') {
    cursor_.back();
    element();
    return;
  }
  cursor_.next();
  const std::size_t place = cursor_.place();
  std::optional<CodePointSet> right = right_side();
  // With nothing on the right, the set meets what came last, which singles are only when all else
  // is missing.
  if (has_singles_ && !set_) last_ = singles();
  unite_singles();
  if (right) last_ = std::move(right);
  if (!set_ && !last_) {
    cursor_.fail("There is nothing on either side of this &&", place - 1);
  } else if (!set_) {
    set_ = last_;
  } else if (last_) {
    set_ = set_->intersect(*last_);
  }
}

/// All up to the next ] or & of this class; what comes behind a class in there reads on by itself.
std::optional<CodePointSet> ClassReader::right_side() {
  std::optional<CodePointSet> right;
  for (char32_t c = cursor_.peek(); c != U']' && c != U'&' && !cursor_.failed();
       c = cursor_.peek()) {
    const bool is_class = c == U'[';
    if (!is_class) cursor_.back();
    CodePointSet part = ClassReader{cursor_}.run(is_class);
    right = right ? right->unite(part) : std::move(part);
  }
  return right;
}

void ClassReader::element() {
  char32_t c = cursor_.peek();
  if (c == U'\\') {
    const auto code_point = escaped();
    if (!code_point) return;
    c = *code_point;
  } else {
    cursor_.next();
  }
  from_code_point(c);
}

/// An escape; nullopt when it is a set, which is then in.
std::optional<char32_t> ClassReader::escaped() {
  Escape escape = read_escape(cursor_, EscapeContext::in_class);
  if (auto* set = std::get_if<CodePointSet>(&escape)) {
    add(std::move(*set));
    return std::nullopt;
  }
  return std::get<char32_t>(escape);
}

/// A - behind `c` makes a range of it, unless the class ends there, or another begins.
void ClassReader::from_code_point(char32_t c) {
  const char32_t behind = cursor_.peek() == U'-' ? cursor_.at(cursor_.place() + 1) : U']';
  if (behind == U'[' || behind == U']') {
    single(c);
  } else {
    range_from(c);
  }
}

void ClassReader::range_from(char32_t first) {
  const std::size_t hyphen = cursor_.place();
  char32_t last = cursor_.next();
  bool is_code_point = true;
  if (last == U'\\') {
    const Escape escape = read_escape(cursor_, EscapeContext::end_of_range);
    is_code_point = std::holds_alternative<char32_t>(escape);
    if (is_code_point) last = std::get<char32_t>(escape);
  } else {
    cursor_.next();
  }
  if (cursor_.failed()) return;
  if (!is_code_point) {
    cursor_.fail("A range ends with one character, not with a class", hyphen);
  } else if (last < first) {
    cursor_.fail("This range ends before it begins", hyphen);
  } else {
    add(folded_range(first, last, cursor_.flags));
  }
}

/// Java keeps these out of its bit set under i and u: they have cases beyond FF.
bool folds_beyond_latin1(char32_t c) {
  return c == 0xFF || c == 0xB5 || c == U'I' || c == U'i' || c == U'S' || c == U's' || c == U'K' ||
         c == U'k' || c == 0xC5 || c == 0xE5;
}

void ClassReader::single(char32_t c) {
  const Flags flags = cursor_.flags;
  if (c > kLatin1Max || (flags.ignore_case && flags.unicode_case && folds_beyond_latin1(c))) {
    add(folded_literal(c, flags));
    return;
  }
  has_singles_ = true;
  last_ = std::nullopt;
  singles_.push_back({c, c});
  if (!flags.ignore_case || (!flags.unicode_case && !is_ascii(c))) return;
  for (const char32_t other : {core::unicode::to_upper(c), core::unicode::to_lower(c)}) {
    singles_.push_back({other, other});
  }
}

}  // namespace

CodePointSet read_class(Cursor& cursor) { return ClassReader{cursor}.run(true); }

}  // namespace registry::match::syntax
