#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "registry/match/explain/cost.h"
#include "registry/match/explain/dead.h"
#include "registry/match/explain/linearity.h"
#include "registry/match/explain/redundant.h"

namespace registry::match::explain {

inline constexpr std::size_t kAlternativesMax = 200;  // of a pattern that are put into words

/// One of the things that a pattern matches.
struct Alternative {
  std::string text;  // how it is written
  std::size_t position = 0;
  std::string words;
  std::vector<std::string> samples;  // paths that match, checked with the engine
};

/// All that can be told of a pattern.
struct Explanation {
  std::vector<Alternative> alternatives;  // one when the pattern is no alternation
  std::size_t alternatives_left_out = 0;
  Dead dead;
  Redundant redundant;
  Linearity linearity;
  CostEstimate cost;
  std::vector<std::string> group_names;
  bool sets_canonical_equivalence = false;
};

/// The warning of a pattern that says (?c); registry/match/syntax/README.md has why.
inline constexpr std::string_view kCanonicalEquivalence =
    "(?c), canonical equivalence, has no effect here";

[[nodiscard]] Explanation explain(const Subject& subject);

/// What whoever registers a pattern should hear: dead branches, costly backtracking and a flag
/// without effect, a sentence each without its full stop. Empty for most.
[[nodiscard]] std::vector<std::string> warnings_of(const Explanation& explanation);

}  // namespace registry::match::explain
