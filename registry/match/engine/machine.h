#pragma once

#include <cstdint>

#include "registry/match/engine/backtracker.h"
#include "registry/match/engine/input.h"
#include "registry/match/engine/program.h"
#include "registry/match/engine/workspace.h"

namespace registry::match::engine {

/// Steps after which a match begins to remember what has failed: most never get there.
inline constexpr std::uint64_t kMemoAfterSteps = 2'000;

/// When the machine may remember, where that is sound. The others are for tests, and give the same
/// answers.
enum class Remember : std::uint8_t { after_a_while, at_once, never };

/// Runs `program` over the whole of `input`. After a yes the captures are in `space`; `captures`
/// says whether somebody reads them.
template <typename Unit>
[[nodiscard]] Outcome run(const Program& program, const Input<Unit>& input, Workspace& space,
                          std::uint64_t budget_steps, bool captures, Remember remember);

extern template Outcome run(const Program&, const Input<char>&, Workspace&, std::uint64_t, bool,
                            Remember);
extern template Outcome run(const Program&, const Input<char16_t>&, Workspace&, std::uint64_t, bool,
                            Remember);

}  // namespace registry::match::engine
