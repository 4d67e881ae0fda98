#pragma once

#include <string>
#include <string_view>

#include "registry/match/syntax/tree.h"

namespace registry::match {

/// Why a pattern has no automaton, in words that name what of it is to blame, where, and what
/// follows from it.
[[nodiscard]] std::string why_not_linear(const syntax::Tree& tree, std::u32string_view pattern);

}  // namespace registry::match
