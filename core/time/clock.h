#pragma once

#include "core/time/instant.h"

namespace core {

/// Where the edge of the house reads the time. The real one is in core/shard.
class Clock {
 public:
  virtual ~Clock() = default;
  /// The time of this turn: whatever happens in one go happens at one instant.
  [[nodiscard]] virtual Instant now() const = 0;
  /// The time of this very moment, for what is measured within a turn: stages of requests. It costs
  /// a look at the machine's clock (about 25 ns).
  [[nodiscard]] virtual Instant exact() const { return now(); }
  [[nodiscard]] virtual WallTime wall() const = 0;
};

/// A clock that a test moves by hand.
class ManualClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return now_; }
  [[nodiscard]] WallTime wall() const override {
    return wall_start_ + std::chrono::duration_cast<std::chrono::milliseconds>(now_ - Instant{});
  }
  void advance(Duration by) { now_ += by; }

 private:
  Instant now_{std::chrono::seconds{1}};
  WallTime wall_start_{std::chrono::seconds{1'700'000'000}};
};

}  // namespace core
