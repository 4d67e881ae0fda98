#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "registry/match/explain/subject.h"

namespace registry::match::explain {

/// Why a pattern is matched by backtracking, and where in it.
struct Backtracks {
  std::string why;                      // e.g. "a look-ahead is not regular"
  std::string part;                     // how it is written; empty: all of the pattern
  std::optional<std::size_t> position;  // of that part, in code points
};

/// How a pattern is matched: by an automaton in one pass, or by backtracking.
struct Linearity {
  std::size_t states = 0;  // of the automaton
  std::optional<Backtracks> backtracks;
  [[nodiscard]] bool linear() const { return !backtracks.has_value(); }
};

[[nodiscard]] Linearity linearity_of(const Subject& subject);

}  // namespace registry::match::explain
