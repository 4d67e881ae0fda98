#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/unicode/code_point_set.h"
#include "registry/match/syntax/cursor.h"
#include "registry/match/syntax/escapes.h"
#include "registry/match/syntax/flaw.h"
#include "registry/match/syntax/length.h"
#include "registry/match/syntax/quantifier.h"
#include "registry/match/syntax/tree_builder.h"

namespace registry::match::syntax {

/// Reads a pattern by recursive descent, one function for each rule of the grammar:
///
///   alternation   sequence ( | sequence )*
///   sequence      ( run | atom quantifier? | group quantifier? )*
///   run           literals, of which the last is left to be an atom when a quantifier follows
///   group         ( ), with all that ? can make of one
///
/// Nothing nests deeper than the pattern is long. After a failure the cursor stands at the end, all
/// functions come back, and what they give does not matter.
class Parser {
 public:
  explicit Parser(std::u32string_view pattern) : cursor_(pattern), builder_(pattern.size() + 1) {}

  core::Result<Tree, Flaw> run();

 private:
  /// What a rule has read, and what Java would know of it.
  struct Piece {
    NodeId node = 0;
    LengthSteps length{};
    bool is_set = false;          // one code point of a set
    bool is_group = false;        // capturing or not, but neither atomic nor a look-around
    bool has_line_break = false;  // a \R in it that can still give its \n back
  };

  /// What a sequence has so far.
  struct Parts {
    std::vector<NodeId> nodes;
    LengthSteps length{};
    bool has_line_break = false;
  };

  /// A literal of a run; `place` is where it was read.
  struct Literal {
    char32_t code_point = 0;
    std::size_t place = 0;
    Extent extent;
  };

  /// What a run gives: literals, or the one escape in their place that is none.
  struct Run {
    std::vector<Literal> literals;
    std::optional<Escape> escape;
  };

  /// What is between a group's parenthesis and its content.
  struct Opening {
    enum class Kind : std::uint8_t { flags_alone, plain, capturing, atomic, look };
    Kind kind = Kind::plain;
    std::uint32_t number = 0;  // of a capturing one
    bool behind = false;       // the rest is about look-arounds
    bool negated = false;
    bool counts_code_points = false;
  };

  // parser.cpp
  Piece alternation();
  Piece sequence();
  void part(Parts& parts);
  std::optional<Piece> symbol(char32_t c);
  void run_of_literals(Parts& parts);
  Run read_run();
  bool read_literal(Run& run);
  void write_run(Parts& parts, const Run& run);
  void with_quantifier(Parts& parts, Piece piece, std::size_t first);
  void resolve_references();

  // parser_atoms.cpp
  Piece characters(core::unicode::CodePointSet set, std::size_t first);
  Piece position(Anchor anchor, std::size_t first);
  Piece escaped(Escape escape, std::size_t first);
  Piece line_break(std::size_t first);
  Piece reference(std::uint32_t group, std::size_t first);
  std::uint32_t group_number(NumberedReference reference);
  std::uint32_t group_number(const NamedReference& reference);
  Piece quantified(Piece piece, const Quantifier& quantifier, std::size_t first);

  // parser_groups.cpp
  void group(Parts& parts);
  Opening read_opening();
  Opening read_angle_opening();
  Opening read_flags_opening();
  Opening capturing(std::optional<std::string> name);
  void read_flags();
  Piece enclosed(Piece piece, const Opening& opening, std::size_t first);
  Piece look(Piece piece, const Opening& opening, std::size_t first);

  Cursor cursor_;
  TreeBuilder builder_;
  std::uint32_t group_count_ = 0;  // opened so far
  std::vector<GroupName> group_names_;
};

}  // namespace registry::match::syntax
