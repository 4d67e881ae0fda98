#pragma once

#include <chrono>

#include "core/time/clock.h"

namespace core {

/// The real time, read once and then the same until the next `refresh`: whatever happens in one go
/// happens at one instant. One per shard.
class ShardClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return now_; }
  [[nodiscard]] Instant exact() const override { return read(); }
  [[nodiscard]] WallTime wall() const override {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
  void refresh() { now_ = read(); }
  [[nodiscard]] static Instant read() {
    return Instant{
        std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch())};
  }

 private:
  Instant now_ = read();
};

/// The real time, read anew each time: for lanes and the main thread. Any thread.
class LiveClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return ShardClock::read(); }
  [[nodiscard]] WallTime wall() const override {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
};

}  // namespace core
