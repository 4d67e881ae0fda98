#pragma once

#include <cstddef>
#include <optional>

#include "registry/match/engine/nfa.h"
#include "registry/match/engine/table.h"

namespace registry::match::engine {

/// States of the pattern visited on the way; about a millisecond.
inline constexpr std::size_t kSubsetWorkMax = 400'000;

/// The deterministic automaton of `nfa`, by the subset construction; nullopt when it needs more
/// than `states_max` states or too much work. An anchor is decided between two characters: a state
/// knows what the last one was, and each way on knows the next.
[[nodiscard]] std::optional<Table> determinise(const Nfa& nfa, std::size_t states_max);

}  // namespace registry::match::engine
