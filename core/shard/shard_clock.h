#pragma once

#include <chrono>

#include "core/time/clock.h"

namespace core {

/// The real time, read once and then the same until the next `refresh`: whatever happens in one go
/// happens at one instant. One per shard.
class ShardClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override {
    if (forgotten_) {
      now_ = read();
      forgotten_ = false;
    }
    return now_;
  }
  [[nodiscard]] Instant exact() const override { return read(); }
  [[nodiscard]] WallTime wall() const override {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
  void refresh() {
    now_ = read();
    forgotten_ = false;
  }
  /// Before a sleep: whoever asks first when it is over has the time read anew. Asio runs the
  /// handler that ends a sleep before the loop is itself again.
  void forget() { forgotten_ = true; }
  [[nodiscard]] static Instant read() {
    return Instant{
        std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch())};
  }

 private:
  mutable Instant now_ = read();
  mutable bool forgotten_ = false;
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
