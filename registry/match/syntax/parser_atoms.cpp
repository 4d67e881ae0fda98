#include <algorithm>
#include <limits>
#include <utility>
#include <variant>

#include "registry/match/syntax/ascii.h"
#include "registry/match/syntax/parser.h"

namespace registry::match::syntax {
namespace {

using core::unicode::CodePointRange;
using core::unicode::CodePointSet;

std::int32_t as_java_count(std::uint32_t count) {
  return count == kUnbounded ? std::numeric_limits<std::int32_t>::max()
                             : static_cast<std::int32_t>(count);
}

/// The single line terminators of \R, which has \r\n besides.
CodePointSet line_terminators() {
  const std::vector<CodePointRange> ranges{{U'\n', U'\r'}, {0x85, 0x85}, {0x2028, 0x2029}};
  return CodePointSet{ranges};
}

CaseRule case_rule(Flags flags) {
  if (!flags.ignore_case) return CaseRule::exact;
  return flags.unicode_case ? CaseRule::unicode : CaseRule::ascii;
}

}  // namespace

Parser::Piece Parser::characters(CodePointSet set, std::size_t first) {
  Piece piece{.is_set = true};
  piece.node = builder_.add(Characters{std::move(set)}, cursor_.extent_from(first));
  piece.length.characters(1);
  return piece;
}

Parser::Piece Parser::position(Anchor anchor, std::size_t first) {
  return {.node = builder_.add(Position{anchor}, cursor_.extent_from(first))};
}

Parser::Piece Parser::escaped(Escape escape, std::size_t first) {
  if (auto* set = std::get_if<CodePointSet>(&escape)) return characters(std::move(*set), first);
  if (const auto* anchor = std::get_if<Anchor>(&escape)) return position(*anchor, first);
  if (std::holds_alternative<LineBreak>(escape)) return line_break(first);
  if (const auto* numbered = std::get_if<NumberedReference>(&escape)) {
    return reference(group_number(*numbered), first);
  }
  if (const auto* named = std::get_if<NamedReference>(&escape)) {
    return reference(group_number(*named), first);
  }
  Piece piece{.node = builder_.add(GraphemeCluster{}, cursor_.extent_from(first))};
  piece.length.grapheme();
  return piece;
}

/// \R is \r\n or a line terminator, and gives the \n back when the rest needs it.
Parser::Piece Parser::line_break(std::size_t first) {
  const Extent extent = cursor_.extent_from(first);
  const NodeId carriage_return = builder_.add(Characters{CodePointSet::of(U'\r')}, extent);
  const NodeId newline = builder_.add(Characters{CodePointSet::of(U'\n')}, extent);
  const NodeId both = builder_.add(Sequence{{carriage_return, newline}}, extent);
  const NodeId single = builder_.add(Characters{line_terminators()}, extent);
  Piece piece{.has_line_break = true};
  piece.node = builder_.add(Alternation{{both, single}}, extent);
  piece.length.line_break();
  return piece;
}

Parser::Piece Parser::reference(std::uint32_t group, std::size_t first) {
  const BackReference reference{group, case_rule(cursor_.flags)};
  Piece piece{.node = builder_.add(reference, cursor_.extent_from(first))};
  piece.length.reference();
  return piece;
}

/// Further digits belong to the number as long as there is such a group already.
std::uint32_t Parser::group_number(NumberedReference reference) {
  std::uint32_t number = reference.digit;
  while (is_digit(cursor_.peek())) {
    const std::uint32_t longer = number * 10 + digit_value(cursor_.peek());
    if (longer > group_count_) break;
    number = longer;
    cursor_.read();
  }
  return number;
}

std::uint32_t Parser::group_number(const NamedReference& reference) {
  const auto found =
      std::find_if(group_names_.begin(), group_names_.end(),
                   [&](const GroupName& group) { return group.name == reference.name; });
  if (found != group_names_.end()) return found->number;
  cursor_.fail("There is no group of this name before", reference.place);
  return 0;
}

Parser::Piece Parser::quantified(Piece piece, const Quantifier& quantifier, std::size_t first) {
  using Form = Quantifier::Form;
  const std::int32_t min = as_java_count(quantifier.min);
  const std::int32_t max = as_java_count(quantifier.max);
  const bool possessive = quantifier.greed == Greed::possessive;
  const bool single_way = piece.length.length().single_way;
  Piece whole{.has_line_break = piece.has_line_break};

  // A group of which Java believes that it can match in one way only, keeps what it matched. That
  // is right but for \R, which can match in two.
  bool keeps_rounds = piece.has_line_break && !piece.is_group;
  if (piece.is_group && !possessive) {
    if (quantifier.form == Form::question) {
      std::vector<LengthSteps> branches(2);
      branches.front() = std::move(piece.length);
      whole.length.branches(branches);
    } else if (single_way) {
      whole.length.repeat(piece.length, min, max);
      keeps_rounds = piece.has_line_break;
    } else {
      whole.length.any_rounds();
    }
  } else if (quantifier.form == Form::question) {
    whole.length.maybe(std::move(piece.length));
  } else if (quantifier.form == Form::star && quantifier.greed == Greed::greedy && piece.is_set) {
    whole.length.star(min);
  } else {
    whole.length.repeat(piece.length, min, max);
  }
  if (possessive && piece.is_group) keeps_rounds = !single_way || piece.has_line_break;

  NodeId body = piece.node;
  if (keeps_rounds) {
    body = builder_.add(Atomic{body}, builder_.extent(body));
    whole.has_line_break = false;
  }
  const Repeat repeat{.body = body,
                      .min = quantifier.min,
                      .max = quantifier.max,
                      .greed = quantifier.greed,
                      .has_number = quantifier.form == Form::counted};
  whole.node = builder_.add(repeat, cursor_.extent_from(first));
  return whole;
}

}  // namespace registry::match::syntax
