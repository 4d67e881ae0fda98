#include "registry/match/syntax/parser.h"

#include <utility>
#include <variant>

#include "registry/match/syntax/classes.h"
#include "registry/match/syntax/folding.h"
#include "registry/match/syntax/parse.h"

namespace registry::match::syntax {
namespace {

using core::unicode::CodePointRange;
using core::unicode::CodePointSet;

CodePointSet dot(Flags flags) {
  if (flags.dot_all) return CodePointSet::all();
  if (flags.unix_lines) return CodePointSet::of(U'\n').complement();
  const std::vector<CodePointRange> terminators{
      {U'\n', U'\n'}, {U'\r', U'\r'}, {0x85, 0x85}, {0x2028, 0x2029}};
  return CodePointSet{terminators}.complement();
}

Anchor caret(Flags flags) {
  if (!flags.multi_line) return Anchor::begin_input;
  return flags.unix_lines ? Anchor::begin_line_unix : Anchor::begin_line;
}

Anchor dollar(Flags flags) {
  if (flags.multi_line) return flags.unix_lines ? Anchor::end_line_unix : Anchor::end_line;
  return flags.unix_lines ? Anchor::end_or_newline : Anchor::end_or_terminator;
}

}  // namespace

core::Result<Tree, Flaw> Parser::run() {
  const Piece whole = alternation();
  if (!cursor_.at_end()) cursor_.fail("This ) closes no group");
  if (cursor_.failed()) return core::Unexpected{*cursor_.flaw()};

  Tree& tree = builder_.tree();
  tree.root = whole.node;
  tree.group_count = group_count_;
  tree.group_names = std::move(group_names_);
  resolve_references();
  return std::move(tree);
}

/// A reference to a group that is nowhere in the pattern never matches.
void Parser::resolve_references() {
  for (Node& node : builder_.tree().nodes) {
    const auto* reference = std::get_if<BackReference>(&node.is);
    if (reference == nullptr || reference->group <= group_count_) continue;
    node.is = Characters{};
    builder_.tree().refers_to_nothing = true;
  }
}

Parser::Piece Parser::alternation() {
  cursor_.peek();
  const std::size_t first = cursor_.place();
  Piece piece = sequence();
  if (cursor_.peek() != U'|') return piece;

  std::vector<NodeId> branches{piece.node};
  std::vector<LengthSteps> lengths;
  lengths.push_back(std::move(piece.length));
  bool has_line_break = piece.has_line_break;
  while (cursor_.peek() == U'|') {
    cursor_.next();
    Piece branch = sequence();
    branches.push_back(branch.node);
    lengths.push_back(std::move(branch.length));
    has_line_break = has_line_break || branch.has_line_break;
  }
  Piece all{.has_line_break = has_line_break};
  all.node = builder_.add(Alternation{std::move(branches)}, cursor_.extent_from(first));
  all.length.branches(lengths);
  return all;
}

Parser::Piece Parser::sequence() {
  Parts parts;
  cursor_.peek();
  const std::size_t first = cursor_.place();
  while (!cursor_.failed()) {
    const char32_t c = cursor_.peek();
    if (c == U'|' || c == U')' || (c == U'\0' && cursor_.at_end())) break;
    if (c == U'(') {
      group(parts);
    } else {
      part(parts);
    }
  }
  Piece piece{.has_line_break = parts.has_line_break};
  piece.node = builder_.sequence(std::move(parts.nodes), cursor_.extent_from(first));
  piece.length = std::move(parts.length);
  return piece;
}

void Parser::part(Parts& parts) {
  const char32_t c = cursor_.peek();
  const std::size_t first = cursor_.place();
  if (c == U'?' || c == U'*' || c == U'+') {
    cursor_.fail("There is nothing that this quantifier could repeat");
  } else if (auto piece = symbol(c)) {
    with_quantifier(parts, *std::move(piece), first);
  } else {
    run_of_literals(parts);
  }
}

/// A class, a dot, ^ or $.
std::optional<Parser::Piece> Parser::symbol(char32_t c) {
  const std::size_t first = cursor_.place();
  if (c == U'[') {
    CodePointSet set = read_class(cursor_);
    return characters(std::move(set), first);
  }
  if (c != U'.' && c != U'^' && c != U'$') return std::nullopt;
  cursor_.next();
  if (c == U'.') return characters(dot(cursor_.flags), first);
  return position(c == U'^' ? caret(cursor_.flags) : dollar(cursor_.flags), first);
}

void Parser::with_quantifier(Parts& parts, Piece piece, std::size_t first) {
  if (const auto quantifier = read_quantifier(cursor_)) {
    piece = quantified(std::move(piece), *quantifier, first);
  }
  parts.nodes.push_back(piece.node);
  parts.length.append(std::move(piece.length));
  parts.has_line_break = parts.has_line_break || piece.has_line_break;
}

void Parser::run_of_literals(Parts& parts) {
  const std::size_t first = cursor_.place();
  Run run = read_run();
  if (cursor_.failed()) return;
  if (run.escape) {
    with_quantifier(parts, escaped(*std::move(run.escape), first), first);
  } else if (run.literals.size() > 1) {
    write_run(parts, run);
  } else if (run.literals.empty()) {
    // A { with nothing before it that it could repeat: Java lets it repeat nothing, so that
    // a{2}{3} is a{2}.
    with_quantifier(parts, Piece{.node = builder_.add(Empty{}, cursor_.extent_from(first))}, first);
  } else {
    CodePointSet set = folded_literal(run.literals.front().code_point, cursor_.flags);
    with_quantifier(parts, characters(std::move(set), first), first);
  }
}

Parser::Run Parser::read_run() {
  Run run;
  while (read_literal(run) && !cursor_.failed()) {
  }
  return run;
}

/// Reads one literal more; false at what is none. A quantifier takes the last literal out again.
bool Parser::read_literal(Run& run) {
  char32_t c = cursor_.peek();
  const std::size_t place = cursor_.place();
  switch (c) {
    case U'*':
    case U'+':
    case U'?':
    case U'{':
      if (run.literals.size() > 1) {
        cursor_.go_to(run.literals.back().place);
        run.literals.pop_back();
      }
      return false;
    case U'$':
    case U'.':
    case U'^':
    case U'(':
    case U'[':
    case U'|':
    case U')':
      return false;
    case U'\\': {
      Escape escape = read_escape(cursor_, EscapeContext::outside);
      if (!std::holds_alternative<char32_t>(escape)) {
        if (run.literals.empty()) {
          run.escape = std::move(escape);
        } else {
          cursor_.go_to(place);
        }
        return false;
      }
      c = std::get<char32_t>(escape);
      break;
    }
    default:
      if (cursor_.at_end()) return false;
      cursor_.skip();
  }
  run.literals.push_back({c, place, cursor_.extent_from(place)});
  return true;
}

void Parser::write_run(Parts& parts, const Run& run) {
  for (const Literal& literal : run.literals) {
    Characters one{folded_in_run(literal.code_point, cursor_.flags)};
    parts.nodes.push_back(builder_.add(std::move(one), literal.extent));
  }
  parts.length.characters(static_cast<std::int32_t>(run.literals.size()));
}

core::Result<Tree, Flaw> parse(std::u32string_view pattern) {
  if (pattern.size() > kPatternLengthMax) {
    return core::Unexpected{Flaw{"A pattern has up to 1024 characters", kPatternLengthMax}};
  }
  return Parser{pattern}.run();
}

}  // namespace registry::match::syntax
