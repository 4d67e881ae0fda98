#pragma once

#include <cstddef>
#include <string>

#include "registry/match/syntax/tree.h"

namespace registry::match::explain {

inline constexpr std::size_t kWordsMax = 4'000;  // octets of one description; the rest is "..."

/// What a part of a pattern matches, in words: `"/api/org/", anything, "/backups"`. Nested as
/// deeply as the pattern, with parentheses where two readings were possible.
[[nodiscard]] std::string words_of(const syntax::Tree& tree, syntax::NodeId node);

}  // namespace registry::match::explain
