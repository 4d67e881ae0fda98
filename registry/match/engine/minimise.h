#pragma once

#include "registry/match/engine/table.h"

namespace registry::match::engine {

/// The smallest automaton with the same answers (Hopcroft): states that nothing tells apart are
/// one. Again state 0 is dead: no state but this one has lost.
[[nodiscard]] Table minimise(Table table);

}  // namespace registry::match::engine
