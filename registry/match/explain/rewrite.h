#pragma once

#include <cstddef>

#include "registry/match/syntax/tree.h"

namespace registry::match::explain {

// Patterns made of a pattern, to be compared with it.

/// The pattern with nothing where `node` was.
[[nodiscard]] syntax::Tree without(const syntax::Tree& tree, syntax::NodeId node);

/// The pattern without one branch of an alternation.
[[nodiscard]] syntax::Tree without_branch(const syntax::Tree& tree, syntax::NodeId alternation,
                                          std::size_t branch);
/// The pattern with that branch alone.
[[nodiscard]] syntax::Tree only_branch(const syntax::Tree& tree, syntax::NodeId alternation,
                                       std::size_t branch);

/// A pattern that matches the same paths. These hold no line terminator, so that `$` asks for their
/// end, wherever it stands; that is regular where Java's rule is not.
[[nodiscard]] syntax::Tree for_paths(const syntax::Tree& tree);

/// A regular pattern that matches whatever path `tree` matches, and more: conditions are dropped, a
/// back reference and \X may be anything, possessive and atomic parts give back. What it cannot
/// match, `tree` cannot either. Its nodes are numbered anew.
[[nodiscard]] syntax::Tree relaxed(const syntax::Tree& tree);

}  // namespace registry::match::explain
