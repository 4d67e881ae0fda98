#pragma once

#include <cstdint>

#include "core/time/instant.h"

namespace oriel::bench {

/// When each request of a fixed-rate measurement is to be sent: number n at start + n / rate,
/// whatever became of those before it. Latency counts from that time, so a server that stalls is
/// charged for everybody who would have come meanwhile (no coordinated omission).
class Schedule {
 public:
  /// `rate` is in requests per second, above 0.
  Schedule(core::Instant start, double rate) : start_(start), rate_(rate) {}

  [[nodiscard]] core::Instant due(std::uint64_t number) const {
    const double nanoseconds = static_cast<double>(number) * 1e9 / rate_;
    return start_ + core::Duration{static_cast<core::Duration::rep>(nanoseconds)};
  }
  /// How many have been due before `now`.
  [[nodiscard]] std::uint64_t due_before(core::Instant now) const;

 private:
  core::Instant start_;
  double rate_;
};

}  // namespace oriel::bench
