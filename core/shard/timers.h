#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/time/instant.h"

namespace core {

class Timers;

/// Somebody with at most one deadline, used on its shard only. Leaves its Timers when destroyed.
class Timer {
 public:
  Timer() = default;
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;
  virtual ~Timer();
  /// The deadline has come, and is no longer armed.
  virtual void timer_expired(Instant now) = 0;

  [[nodiscard]] std::optional<Instant> armed_at() const {
    return timers_ == nullptr ? std::nullopt : std::optional{at_};
  }

 private:
  friend class Timers;
  Timers* timers_ = nullptr;  // null: not armed
  std::size_t index_ = 0;     // in the heap
  Instant at_{};
};

/// The deadlines of one shard: a binary heap that knows where each timer stands, so that moving or
/// removing one is as cheap as adding it. Holds one pointer for each armed timer.
class Timers {
 public:
  Timers() = default;
  Timers(const Timers&) = delete;
  Timers& operator=(const Timers&) = delete;
  ~Timers();

  void arm(Timer& timer, Instant at);  ///< Instead of what the timer had.
  void disarm(Timer& timer);
  [[nodiscard]] std::optional<Instant> next() const;
  /// Runs at most `limit` timers that are due; gives how many ran.
  std::size_t run(Instant now, std::size_t limit);
  [[nodiscard]] std::size_t size() const { return heap_.size(); }

 private:
  void place(std::size_t index, Timer& timer);
  void sift_up(std::size_t index);
  void sift_down(std::size_t index);

  std::vector<Timer*> heap_;  // the earliest in front
};

}  // namespace core
