#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/check.h"
#include "core/time/instant.h"

namespace core {

/// Deadlines of a fixed number of timers, known by their index. Starting and stopping one costs the
/// same however many run; a timer never fires early, and late by at most one tick and the time it
/// takes until somebody calls `expire`.
///
/// A hashed wheel: time is cut into ticks, each tick has a bucket, and the ticks go round the
/// buckets, so a deadline further off than one turn stays in its bucket for another turn.
///
/// Bounds: `capacity` timers, kBuckets buckets; `expire` looks at each bucket at most once. Memory
/// grows with the highest timer that was ever started.
///
/// Invariants
///   a running timer is in the bucket of its tick, which is behind cursor_
///   a bit of busy_ is set exactly when its bucket holds a timer
class TimerWheel {
 public:
  using Timer = std::uint32_t;
  static constexpr std::size_t kBuckets = 4096;
  static constexpr Duration kTick = std::chrono::milliseconds{4};  // one turn is 16.4 s

  explicit TimerWheel(Timer capacity);

  /// Runs `timer` until `deadline`; a timer that runs already gets the new deadline.
  void start(Timer timer, Instant deadline);
  void stop(Timer timer);  ///< Does nothing when it does not run.
  [[nodiscard]] bool running(Timer timer) const {
    return timer < entries_.size() && at(timer).state == State::running;
  }
  [[nodiscard]] std::size_t running_count() const { return running_count_; }

  /// When to call `expire` next: not after the first deadline, perhaps before; nullopt when no
  /// timer runs.
  [[nodiscard]] std::optional<Instant> next() const;

  /// Calls `fire(timer)` for each timer whose deadline has come, each stopped by then. `fire` may
  /// start and stop any timer, but not call `expire`.
  template <typename Fire>
  void expire(Instant now, Fire&& fire) {
    collect_due(now);
    for (const Timer timer : due_) {
      if (at(timer).state != State::due) continue;  // stopped or started again by a fire before
      at(timer).state = State::idle;
      fire(timer);
    }
    due_.clear();
  }

 private:
  static constexpr Timer kNone = 0xFFFFFFFF;
  enum class State : std::uint8_t { idle, running, due };
  struct Entry {
    Instant deadline{};
    Timer next = kNone;
    Timer previous = kNone;
    std::uint32_t bucket = 0;
    State state = State::idle;
  };

  Entry& at(Timer timer) {
    CORE_CHECK(timer < entries_.size());
    return entries_[timer];
  }
  [[nodiscard]] const Entry& at(Timer timer) const {
    CORE_CHECK(timer < entries_.size());
    return entries_[timer];
  }
  void make_room(Timer timer);
  void link(Timer timer, std::uint32_t bucket);
  void unlink(Timer timer);
  void collect_due(Instant now);
  void collect_bucket(std::uint32_t bucket, Instant now);
  [[nodiscard]] std::optional<std::uint32_t> busy_from(std::uint32_t bucket) const;

  const Timer capacity_;
  std::vector<Entry> entries_;
  std::vector<Timer> heads_;         // the first timer of each bucket
  std::vector<std::uint64_t> busy_;  // one bit for each bucket
  std::vector<Timer> due_;           // during expire
  std::int64_t cursor_ = 0;          // the last tick whose bucket was looked at
  std::size_t running_count_ = 0;
};

}  // namespace core
