#pragma once

#include <chrono>

namespace core {

/// The monotonic time line that deadlines live on. It has no now(): whoever decides is told the
/// time, so that a test or the simulator can tell another one.
struct Monotonic {
  using rep = std::chrono::nanoseconds::rep;
  using period = std::chrono::nanoseconds::period;
  using duration = std::chrono::nanoseconds;
  using time_point = std::chrono::time_point<Monotonic, duration>;
  static constexpr bool is_steady = true;
};
using Instant = Monotonic::time_point;
using Duration = Monotonic::duration;

/// A date as people and other machines know it (UTC). Never used for deadlines.
using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;

}  // namespace core
