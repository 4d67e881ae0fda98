#pragma once

#include <cstdint>

#include "registry/match/syntax/tree.h"

namespace registry::match::syntax {

/// What one walk over a tree tells.
struct Summary {
  /// Whether the pattern is a regular expression in the strict sense, so that an automaton can
  /// decide it: no back-reference, look-around, possessive or atomic part, and nothing about
  /// graphemes. Anchors and word boundaries are fine.
  bool regular = true;
  bool has_named_groups = false;
  /// How many code points a match has; kUnbounded also for more than 2^32 - 2. A back-reference
  /// counts as anything from none on. A pattern that matches nothing may have any.
  std::uint32_t length_min = 0;
  std::uint32_t length_max = 0;
};

[[nodiscard]] Summary summarize(const Tree& tree);

}  // namespace registry::match::syntax
