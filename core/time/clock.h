#pragma once

#include "core/time/instant.h"

namespace core {

/// Where the edge of the house reads the time. The real one is in core/shard.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
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
