#include "registry/match/syntax/escapes.h"

#include <optional>
#include <utility>

#include "registry/match/syntax/ascii.h"
#include "registry/match/syntax/code_point_escapes.h"
#include "registry/match/syntax/properties.h"

namespace registry::match::syntax {
namespace {

using core::unicode::CodePointSet;

Escape no_escape(Cursor& cursor, std::size_t place) {
  cursor.fail("This letter means nothing behind a backslash", place);
  return U'\0';
}

/// The name in \p{name}, or its one letter. The cursor stands on the p.
std::optional<std::u32string> read_property_name(Cursor& cursor) {
  const std::size_t begin = cursor.place();
  if (cursor.next() != U'{') {
    if (cursor.at_end()) return std::nullopt;
    return std::u32string(1, cursor.read());
  }
  cursor.next();
  const std::size_t first = cursor.place();
  while (!cursor.at_end() && cursor.read() != U'}') {
  }
  const std::size_t last = cursor.place() - 1;
  if (cursor.place() > cursor.size() || cursor.at(last) != U'}') {
    cursor.fail("This \\p{ has no } behind it", begin);
    return std::nullopt;
  }
  return std::u32string{cursor.text(first, last)};
}

/// \p and \P.
Escape read_property(Cursor& cursor) {
  const std::size_t begin = cursor.place();
  const bool negated = cursor.at(begin) == U'P';
  const std::optional<std::u32string> name = read_property_name(cursor);
  std::optional<CodePointSet> set;
  if (name) set = property_named(*name, cursor.flags);
  if (!set) {
    cursor.fail("There is no property, script, block or category of this name", begin);
    return U'\0';
  }
  return negated ? set->complement() : *std::move(set);
}

/// \b, \b{g}: the cursor stands behind the b.
Escape read_boundary(Cursor& cursor) {
  const std::size_t letter = cursor.place() - 1;
  if (cursor.peek() == U'{' && cursor.at(cursor.place() + 1) == U'g') {
    cursor.go_to(cursor.place() + 2);
    if (cursor.read() != U'}') return no_escape(cursor, letter);
    return Anchor::grapheme_boundary;
  }
  return cursor.flags.unicode_classes ? Anchor::word_boundary_unicode : Anchor::word_boundary;
}

Escape read_named_reference(Cursor& cursor) {
  if (cursor.read() != U'<') {
    cursor.fail("\\k needs the name of a group in < and >", cursor.place() - 1);
    return U'\0';
  }
  cursor.peek();
  const std::size_t place = cursor.place();
  return NamedReference{read_group_name(cursor), place};
}

/// What has a meaning outside classes only; nullopt for other letters.
std::optional<Escape> read_outside(Cursor& cursor, char32_t letter) {
  if (is_digit(letter)) return NumberedReference{digit_value(letter)};
  switch (letter) {
    case U'A':
    case U'G':
      return Anchor::begin_input;
    case U'z':
      return Anchor::end_input;
    case U'Z':
      return cursor.flags.unix_lines ? Anchor::end_or_newline : Anchor::end_or_terminator;
    case U'b':
      return read_boundary(cursor);
    case U'B':
      return cursor.flags.unicode_classes ? Anchor::no_word_boundary_unicode
                                          : Anchor::no_word_boundary;
    case U'R':
      return LineBreak{};
    case U'X':
      return GraphemeCluster{};
    case U'k':
      return read_named_reference(cursor);
    default:
      return std::nullopt;
  }
}

/// Whether \v is one code point: at either end of a range, as it was before it became a class.
bool is_vertical_tab(const Cursor& cursor, EscapeContext context) {
  return context == EscapeContext::end_of_range ||
         (context == EscapeContext::in_class && cursor.at(cursor.place()) == U'-');
}

}  // namespace

std::string read_group_name(Cursor& cursor) {
  std::string name;
  char32_t c = cursor.read();
  if (!is_letter(c)) {
    cursor.fail("The name of a group begins with a Latin letter", cursor.place() - 1);
    return name;
  }
  for (; is_letter(c) || is_digit(c); c = cursor.read()) name.push_back(static_cast<char>(c));
  if (c != U'>') {
    cursor.fail("The name of a group has Latin letters and digits, and a > behind it",
                cursor.place() - 1);
  }
  return name;
}

Escape read_escape(Cursor& cursor, EscapeContext context) {
  const std::size_t place = cursor.place() + 1;
  if (place >= cursor.size()) {
    cursor.fail("A backslash ends the pattern");
    return U'\0';
  }
  const char32_t letter = cursor.at(place);
  cursor.go_to(place);
  if (letter == U'p' || letter == U'P') {
    if (context == EscapeContext::end_of_range) return no_escape(cursor, place);
    return read_property(cursor);
  }
  cursor.skip();
  if (letter == U'v' && is_vertical_tab(cursor, context)) return U'\v';
  if (const auto code_point = read_code_point_escape(cursor, letter)) return *code_point;
  if (auto set = shorthand(letter, cursor.flags)) return *std::move(set);
  if (context == EscapeContext::outside) {
    if (auto escape = read_outside(cursor, letter)) return *std::move(escape);
  }
  if (is_letter(letter) || is_digit(letter)) return no_escape(cursor, place);
  return letter;
}

}  // namespace registry::match::syntax
