#pragma once

#include "registry/match/engine/program.h"
#include "registry/match/syntax/tree.h"

namespace registry::match::engine {

/// The program of a pattern: the ways java.util.regex tries, in its order.
[[nodiscard]] Program compile(const syntax::Tree& tree);

}  // namespace registry::match::engine
