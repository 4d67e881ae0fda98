#pragma once

#include <cstddef>
#include <vector>

#include "core/base/result.h"
#include "core/time/instant.h"
#include "registry/resource/resources.h"
#include "registry/service/derive.h"
#include "registry/service/registry.h"
#include "registry/service/state.h"
#include "registry/store/store.h"

namespace registry::service {

inline constexpr std::size_t kWarningsMax = 8;  // of an answer

/// What a command comes to: its answer, and what has to change so that it is true.
struct Decision {
  Outcome outcome;
  std::vector<store::Change> changes;   // none when all is as it should be already
  std::vector<ResourceChange> touched;  // the same, resource by resource
  resource::Resources resources;        // as they are after the changes
};
using Decided = core::Result<Decision, RuleViolation>;

// Judge commands by the kind's description and rules (spec sections 2.2, 3, 3.10). Nothing is
// changed here; `now` is what new resources and the audit bear.
[[nodiscard]] Decided decide(const State& state, const CreateResource& command, core::WallTime now);
[[nodiscard]] Decided decide(const State& state, const ChangeResource& command, core::WallTime now);
[[nodiscard]] Decided decide(const State& state, const DeleteResource& command, core::WallTime now);
[[nodiscard]] Decided decide(const State& state, const ChangeSeveral& command, core::WallTime now);

}  // namespace registry::service
