#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "registry/match/syntax/tree.h"

namespace registry::match::explain {

/// Graphs that one explanation makes of parts of its pattern, and states that they may have
/// together; what is left then is not looked at.
inline constexpr std::size_t kGraphsMax = 300;
inline constexpr std::size_t kGraphStatesMax = 60'000;

/// A branch that no path can take.
struct DeadBranch {
  std::string text;          // how it is written
  std::size_t position = 0;  // in code points
  std::string why;           // a sentence without its full stop
};

struct Dead {
  std::vector<DeadBranch> branches;  // in the order of the text; of a dead pattern at least one
  bool all = false;                  // no path matches the pattern
  std::string hint;                  // how it may have been meant; perhaps empty
  bool complete = true;              // false: not every branch was looked at
};

/// The branches of all alternations that are not repeated. Exact for regular patterns; of others
/// some dead branches may not be seen, and none that lives is called dead.
[[nodiscard]] Dead dead_branches(const syntax::Tree& tree, std::u32string_view pattern);

/// The alternatives of the pattern, or all of it, of which one look at the text shows that no path
/// can match them: the guide's blanks, a '?', no '/' in front. Takes microseconds, where
/// dead_branches makes automata, and finds nearly as much.
[[nodiscard]] std::vector<DeadBranch> plainly_dead(const syntax::Tree& tree,
                                                   std::u32string_view pattern);

/// A warning: "…" matches no path, and why; without its full stop.
[[nodiscard]] std::string sentence_of(const DeadBranch& branch);

/// Why no path can match `node`, which none can.
[[nodiscard]] std::string why_dead(const syntax::Tree& tree, syntax::NodeId node);

}  // namespace registry::match::explain
