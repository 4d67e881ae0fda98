#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "registry/match/syntax/tree.h"

namespace registry::match {

// What is kept of a pattern's literals. Longer ones are cut, and more alternatives are merged into
// what they share: a filter is then looked at more often than need be, and never too seldom.
inline constexpr std::size_t kLiteralLengthMax = 64;  // octets of each literal
inline constexpr std::size_t kLiteralKeysMax = 32;    // keys of one pattern
inline constexpr std::size_t kUnrolledMax = 8;        // repetitions of what is repeated n times
inline constexpr std::size_t kSmallSetMax = 4;        // characters of a class that become branches

/// What every path has that takes one way through a pattern: it starts with `prefix`, ends with
/// `suffix` and holds `inner`, each of them perhaps empty. They may overlap in the path.
struct LiteralKey {
  std::string prefix;
  std::string suffix;
  std::string inner;    // begins with '/' when there is one
  bool exact = false;   // the path is `prefix`, and the other two are empty
  bool folded = false;  // holds for the path with its letters in lower case, as the literals are
  friend bool operator==(const LiteralKey&, const LiteralKey&) = default;
};

/// A key for each way through a pattern: an ASCII path that matches has all that one of them says.
/// A pattern that nothing is known of has one empty key; one without any key matches no ASCII path.
[[nodiscard]] std::vector<LiteralKey> literal_keys(const syntax::Tree& tree);

}  // namespace registry::match
