#pragma once

#include <cstddef>
#include <vector>

#include "registry/match/syntax/tree.h"

namespace registry::match::engine {

/// What a program has to know of a node before it can be written down.
struct Facts {
  bool nullable = false;       // it can match nothing
  bool deterministic = false;  // java.util.regex takes it to have one way to match at most
  bool captures = false;       // a capturing group is in it, or is it
  bool position = false;       // a condition on a place is in it, outside look-arounds
  bool line_break = false;     // \R is in it, which has two ways although Java takes it to have one
  bool fixed_width = false;    // all its matches have as many UTF-16 units, as far as one sees
  bool refers = false;         // a back-reference is in it
  bool cluster_boundary = false;  // \b{g} is in it
  std::size_t size = 0;  // instructions, about, repetitions written out where they are short
};

/// A repetition is written out while that takes no more instructions than this; then it is counted.
inline constexpr std::size_t kWrittenOutMax = 256;

/// Whether so many copies of a body are written out: one always is.
[[nodiscard]] bool is_written_out(std::size_t copies, std::size_t body_size);

/// The facts of every node, by its id.
[[nodiscard]] std::vector<Facts> study(const syntax::Tree& tree);

/// Whether `node` is \R. The tree writes it as an alternation that no `|` in the pattern made.
[[nodiscard]] bool is_line_break(const syntax::Tree& tree, syntax::NodeId node);

}  // namespace registry::match::engine
