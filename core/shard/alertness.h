#pragma once

#include <optional>

#include "core/time/instant.h"

namespace core {

/// Whether a shard that has nothing to do looks for more a little longer before it sleeps. Being
/// woken takes longer than most waits between the steps of one exchange: on an idle core some 35
/// µs, and system time of whoever wakes it.
///
/// Bounds   it looks for kWatch, then sleeps. After kVainMax times in vain it sleeps at once, until
///          a sleep shorter than kShortSleep shows that looking would have paid. So a shard whose
///          work comes further apart than that spends nothing, and one whose work comes closer
///          together has its core busy, while nobody else wants it (CoreWatch).
class Alertness {
 public:
  static constexpr Duration kWatch = std::chrono::microseconds{50};
  static constexpr Duration kShortSleep = std::chrono::microseconds{100};
  static constexpr int kVainMax = 3;

  /// There is nothing to do at `now`: until when to look; nullopt: sleep at once.
  [[nodiscard]] std::optional<Instant> watch_until(Instant now) const {
    return vain_ < kVainMax ? std::optional{now + kWatch} : std::nullopt;
  }
  void found() { vain_ = 0; }
  void found_nothing() {
    if (vain_ < kVainMax) ++vain_;
  }
  void slept(Duration time) {
    if (time < kShortSleep) vain_ = 0;
  }

 private:
  int vain_ = kVainMax;  // in a row
};

}  // namespace core
