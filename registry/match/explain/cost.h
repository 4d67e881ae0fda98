#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "registry/match/explain/subject.h"

namespace registry::match::explain {

// Paths that are tried for a pattern that backtracks: each at two lengths, with these parts of the
// pattern drawn out, each filled with these texts.
inline constexpr std::size_t kPumpedPartsMax = 12;
inline constexpr std::size_t kPumpTextsMax = 8;
inline constexpr std::size_t kShortPathOctets = 100;
inline constexpr std::size_t kLongPathOctets = 8 * 1024;

/// The most that one path cost.
struct Cost {
  std::uint64_t steps = 0;
  bool over_budget = false;  // it needs more than kStepsMax, and the gateway refuses it
  std::string path;          // the one that cost it; empty for an automaton
};

/// What matching costs. For an automaton these are bounds: a step for each octet. For a backtracker
/// they are measured: the most that any of `tried` paths took, which were made to be expensive.
struct CostEstimate {
  bool is_bound = false;
  std::size_t tried = 0;
  Cost at_short;  // paths of about kShortPathOctets
  Cost at_long;   // of about kLongPathOctets
};

[[nodiscard]] CostEstimate cost_of(const Subject& subject);

}  // namespace registry::match::explain
