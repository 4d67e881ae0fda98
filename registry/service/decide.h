#pragma once

#include <cstddef>
#include <vector>

#include "core/base/result.h"
#include "registry/service/registry.h"
#include "registry/service/state.h"
#include "registry/store/store.h"

namespace registry::service {

inline constexpr std::size_t kServicesMax = 10'000;
inline constexpr std::size_t kFiltersMax = 20'000;  // of all services together

inline constexpr std::size_t kWarningsMax = 8;  // of an answer

/// What a command comes to: its answer, and what has to change so that it is true.
struct Decision {
  Outcome outcome;
  std::vector<store::Change> changes;  // none when all is as it should be already
};
using Decided = core::Result<Decision, RuleViolation>;

/// Judges commands about services and filters by all rules (spec sections 2.2, 3.1, 3.10). Nothing
/// is changed here.
[[nodiscard]] Decided decide(const State& state, const CreateService& command);
[[nodiscard]] Decided decide(const State& state, const ChangeService& command);
[[nodiscard]] Decided decide(const State& state, const DeleteService& command);
[[nodiscard]] Decided decide(const State& state, const AddFilter& command);
[[nodiscard]] Decided decide(const State& state, const DeleteFilter& command);

}  // namespace registry::service
