#pragma once

#include <string>
#include <vector>

#include "registry/match/syntax/tree.h"

namespace oriel::filter {

/// How the gateway's index finds a pattern (registry/match): what a path must have for the pattern
/// to be tried on it, a sentence's end for each way through the pattern, e.g. `begins with
/// "/api/org/"`. Empty when it is tried on every path.
[[nodiscard]] std::vector<std::string> index_keys(const registry::match::syntax::Tree& tree);

}  // namespace oriel::filter
