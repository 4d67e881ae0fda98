#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <variant>
#include <vector>

#include "core/unicode/code_point_set.h"

namespace registry::match::syntax {

/// Where in the pattern a node was written, in code points: [first, last).
struct Extent {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

/// The index of a node in Tree::nodes.
using NodeId = std::uint32_t;

inline constexpr std::uint32_t kUnbounded = std::numeric_limits<std::uint32_t>::max();

/// Matches without taking anything: `()`, an empty alternative, a pattern of flags alone.
struct Empty {};

/// One code point of a set: a literal, a class, a dot. Case-insensitivity is already in the set.
struct Characters {
  core::unicode::CodePointSet set;
};

struct Sequence {
  std::vector<NodeId> parts;  // two or more
};

struct Alternation {
  std::vector<NodeId> branches;  // two or more, in the order of preference
};

enum class Greed : std::uint8_t { greedy, lazy, possessive };

/// Java keeps what each single round of a possessive repetition, and of some others, matched first:
/// there the body is Atomic (or can match in one way only).
struct Repeat {
  NodeId body = 0;
  std::uint32_t min = 0;
  std::uint32_t max = kUnbounded;
  Greed greed = Greed::greedy;
  /// Written with a number as its end. Java repeats a character in another way then, even when
  /// there is no end because the number is 2147483647.
  bool has_number = false;
};

/// A capturing group; one that does not capture is its content.
struct Group {
  NodeId body = 0;
  std::uint32_t number = 0;  // from 1, in the order of the opening parentheses
};

/// (?>…): what it matched first, it keeps.
struct Atomic {
  NodeId body = 0;
};

struct Look {
  NodeId body = 0;
  bool behind = false;
  bool negated = false;
  /// The lengths that what is behind may have, as Java works them out: kUnbounded where Java finds
  /// `x*` short enough, and a maximum below the minimum where its sum runs over and nothing can
  /// match.
  std::uint32_t length_min = 0;
  std::uint32_t length_max = 0;
  /// Before this place what is behind never matches: there Java's sum, which ran over, does not run
  /// back.
  std::uint32_t place_min = 0;
  /// Java counts UTF-16 units back, but code points when the rest of the pattern has one beyond
  /// FFFF.
  bool counts_code_points = false;
  /// Java counts code points and its sum ran over, which turns its counting round: it looks as many
  /// units back as the next `length_max` code points have, at most to the end of the input.
  bool counts_forward = false;
};

enum class CaseRule : std::uint8_t { exact, ascii, unicode };

struct BackReference {
  std::uint32_t group = 0;
  CaseRule rule = CaseRule::exact;
};

/// Conditions on a place between two code points.
enum class Anchor : std::uint8_t {
  begin_input,               // \A, ^ without m, \G at the start of a full match
  begin_line,                // ^ with m: after any line terminator, not at the end of the input
  begin_line_unix,           // ^ with m and d: after \n
  end_input,                 // \z
  end_or_terminator,         // \Z, $ without m: the end, or before the line terminator that ends it
  end_or_newline,            // the same with d: only \n terminates
  end_line,                  // $ with m
  end_line_unix,             // $ with m and d
  word_boundary,             // \b: the default, non-Unicode notion of Java 17
  no_word_boundary,          // \B
  word_boundary_unicode,     // \b with U
  no_word_boundary_unicode,  // \B with U
  grapheme_boundary,         // \b{g}
};

struct Position {
  Anchor anchor = Anchor::begin_input;
};

/// \X: one extended grapheme cluster.
struct GraphemeCluster {};

struct Node {
  std::variant<Empty, Characters, Sequence, Alternation, Repeat, Group, Atomic, Look, BackReference,
               Position, GraphemeCluster>
      is;
  Extent extent;
};

struct GroupName {
  std::string name;
  std::uint32_t number = 0;
};

/// A pattern as java.util.regex.Pattern (Java 17) understands it: flags are resolved, escapes and
/// quotations read, classes computed. Children come before their parents in `nodes`.
struct Tree {
  std::vector<Node> nodes;
  NodeId root = 0;
  std::uint32_t group_count = 0;       // capturing groups, without group 0
  std::vector<GroupName> group_names;  // in the order of their numbers
  /// A set of nothing stands where the pattern refers to a group that is nowhere in it.
  bool refers_to_nothing = false;
  /// The pattern says (?c), which has no effect here: README.md has why.
  bool sets_canonical_equivalence = false;

  [[nodiscard]] const Node& operator[](NodeId id) const { return nodes[id]; }
};

}  // namespace registry::match::syntax
