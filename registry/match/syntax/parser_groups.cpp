#include <algorithm>
#include <limits>
#include <utility>

#include "registry/match/syntax/ascii.h"
#include "registry/match/syntax/parser.h"

namespace registry::match::syntax {
namespace {

/// The flag of a letter in (?…); nullptr when there is none.
bool* flag(Flags& flags, char32_t letter) {
  switch (letter) {
    case U'd':
      return &flags.unix_lines;
    case U'i':
      return &flags.ignore_case;
    case U'm':
      return &flags.multi_line;
    case U'c':
      return &flags.canonical;
    case U's':
      return &flags.dot_all;
    case U'u':
      return &flags.unicode_case;
    case U'x':
      return &flags.comments;
    case U'U':
      return &flags.unicode_classes;
    default:
      return nullptr;
  }
}

/// Sets or clears the flag of a letter; false when there is none. U takes u with it.
bool set_flag(Flags& flags, char32_t letter, bool value) {
  bool* const found = flag(flags, letter);
  if (found == nullptr) return false;
  *found = value;
  if (letter == U'U') flags.unicode_case = value;
  return true;
}

bool beyond_one_unit(std::u32string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char32_t c) { return c > 0xFFFF || (c >= 0xD800 && c <= 0xDFFF); });
}

// Java subtracts a maximum that ran over from the place, and then that runs over too when the
// maximum is at the very end of the numbers, but for the first places. Paths are shorter than this.
constexpr std::int32_t kWrapsBack = std::numeric_limits<std::int32_t>::min() + 1'000'000;

void set_lengths(Look& look, Length length) {
  look.length_min = static_cast<std::uint32_t>(std::max(length.min, 0));
  if (look.counts_code_points && length.max < 0) {
    const bool least = length.max == std::numeric_limits<std::int32_t>::min();
    look.length_max = least ? 0 : static_cast<std::uint32_t>(-length.max);
    look.counts_forward = true;
    return;
  }
  if (length.max == std::numeric_limits<std::int32_t>::max() || length.max < kWrapsBack) {
    look.length_max = kUnbounded;
    if (length.max < 0) {
      look.place_min =
          static_cast<std::uint32_t>(length.max - std::numeric_limits<std::int32_t>::min());
    }
  } else if (length.max >= 0 && length.min >= 0) {
    look.length_max = static_cast<std::uint32_t>(length.max);
  } else {
    look.length_min = std::max(look.length_min, 1U);
    look.length_max = 0;
  }
}

}  // namespace

/// Flags that a group sets for itself end with it; (?i) alone holds up to the end of the group
/// around.
void Parser::group(Parts& parts) {
  const std::size_t first = cursor_.place();
  const Flags flags = cursor_.flags;
  const Opening opening = read_opening();
  if (cursor_.failed() || opening.kind == Opening::Kind::flags_alone) return;

  Piece content = alternation();
  if (cursor_.read() != U')') cursor_.fail("This group has no ) behind it", first);
  cursor_.flags = flags;
  if (cursor_.failed()) return;
  with_quantifier(parts, enclosed(std::move(content), opening, first), first);
}

/// From the parenthesis on, up to the group's content.
Parser::Opening Parser::read_opening() {
  if (cursor_.next() != U'?') return capturing(std::nullopt);
  const std::size_t kind = cursor_.place() + 1;
  cursor_.go_to(kind + 1);
  switch (cursor_.at(kind)) {
    case U':':
      return {.kind = Opening::Kind::plain};
    case U'>':
      return {.kind = Opening::Kind::atomic};
    case U'=':
      return {.kind = Opening::Kind::look};
    case U'!':
      return {.kind = Opening::Kind::look, .negated = true};
    case U'<':
      return read_angle_opening();
    default:
      cursor_.back();
      return read_flags_opening();
  }
}

/// (?<=, (?<! or (?<name>
Parser::Opening Parser::read_angle_opening() {
  const char32_t c = cursor_.peek();
  if (c != U'=' && c != U'!') {
    const std::size_t place = cursor_.place();
    std::string name = read_group_name(cursor_);
    const auto same = [&](const GroupName& group) { return group.name == name; };
    if (std::any_of(group_names_.begin(), group_names_.end(), same)) {
      cursor_.fail("There is a group of this name already", place);
    }
    return capturing(std::move(name));
  }
  cursor_.read();
  const bool far = beyond_one_unit(cursor_.text(cursor_.place(), cursor_.size()));
  return {
      .kind = Opening::Kind::look, .behind = true, .negated = c == U'!', .counts_code_points = far};
}

Parser::Opening Parser::read_flags_opening() {
  read_flags();
  const char32_t c = cursor_.read();
  if (c == U')') return {.kind = Opening::Kind::flags_alone};
  if (c != U':') cursor_.fail("No group begins with (? and this", cursor_.place() - 1);
  return {.kind = Opening::Kind::plain};
}

/// idmsuxU-idmsuxU: those behind the - are cleared.
void Parser::read_flags() {
  bool value = true;
  for (char32_t c = cursor_.peek();; c = cursor_.next()) {
    if (c == U'-' && value) {
      value = false;
    } else if (!set_flag(cursor_.flags, c, value)) {
      break;
    }
  }
  if (cursor_.flags.canonical) builder_.tree().sets_canonical_equivalence = true;
}

Parser::Opening Parser::capturing(std::optional<std::string> name) {
  ++group_count_;
  if (name) group_names_.push_back({*std::move(name), group_count_});
  return {.kind = Opening::Kind::capturing, .number = group_count_};
}

Parser::Piece Parser::enclosed(Piece piece, const Opening& opening, std::size_t first) {
  const Extent extent = cursor_.extent_from(first);
  piece.is_set = false;
  piece.is_group = true;
  switch (opening.kind) {
    case Opening::Kind::flags_alone:
    case Opening::Kind::plain:
      return piece;
    case Opening::Kind::capturing:
      piece.node = builder_.add(Group{piece.node, opening.number}, extent);
      return piece;
    case Opening::Kind::look:
      return look(std::move(piece), opening, first);
    case Opening::Kind::atomic:
      break;
  }
  Piece atomic{.node = builder_.add(Atomic{piece.node}, extent)};
  atomic.length.atomic(std::move(piece.length));
  return atomic;
}

Parser::Piece Parser::look(Piece piece, const Opening& opening, std::size_t first) {
  Look look{.body = piece.node,
            .behind = opening.behind,
            .negated = opening.negated,
            .length_min = 0,
            .length_max = 0,
            .place_min = 0,
            .counts_code_points = opening.counts_code_points,
            .counts_forward = false};
  if (opening.behind) {
    const Length length = piece.length.length();
    if (!length.bounded) {
      cursor_.fail("It is not obvious how far this look-behind could look at most", first);
    }
    set_lengths(look, length);
  }
  return {.node = builder_.add(look, cursor_.extent_from(first))};
}

}  // namespace registry::match::syntax
