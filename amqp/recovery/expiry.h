#pragma once

#include <optional>

#include "core/time/clock.h"

namespace amqp::recovery {

/// A message's expiry, which is kept as a wall-clock time, on the time line of this process.
[[nodiscard]] inline core::Instant expiry(std::optional<core::WallTime> at,
                                          const core::Clock& clock) {
  if (!at) return core::Instant::max();
  return clock.now() + std::chrono::duration_cast<core::Duration>(*at - clock.wall());
}

}  // namespace amqp::recovery
