#pragma once

#include <string>
#include <string_view>

#include "registry/match/syntax/parse.h"

namespace registry::match::explain {

/// What somebody may have meant who wrote a pattern that does not compile, and how Java spells
/// that; empty when nothing comes to mind.
[[nodiscard]] std::string hint_for(std::u32string_view pattern, const syntax::Flaw& flaw);

}  // namespace registry::match::explain
