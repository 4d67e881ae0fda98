#pragma once

#include <atomic>

namespace core {

/// Whether the reader of some rings sleeps, so that writers make the expensive wake-up call only
/// when it does. One flag for each reader, looked at by all its writers.
///
///   writer  W1  try_push stores tail_            reader  R1  lie_down stores asleep_ = true
///           W2  must_wake loads asleep_                  R2  empty_for_sure loads tail_
///
/// No wake-up is lost: all four are seq_cst, so they stand in one total order that agrees with each
/// thread's own. If W2 misses R1, then W2 comes before R1 in it; so W1 < W2 < R1 < R2, and R2 sees
/// the value: the reader stays up. If W2 sees R1, the writer wakes the reader. With anything weaker
/// both stores may still sit in store buffers while both loads run, and the reader sleeps on a full
/// ring. Orders on the four accesses rather than two fences: the machine code is no dearer (on
/// x86-64 each store becomes one xchg, the loads stay plain), and ThreadSanitizer, which knows no
/// fences, checks the code that ships.
///
/// Of several writers that see the reader asleep one gets the task: whoever turns asleep_ back. The
/// others may rely on it: the reader looks at every ring once it is up, and before it sleeps again
/// it passes R1 and R2 anew.
class SleepFlag {
 public:
  /// Writer, after a push: true when it is this caller's task to wake the reader.
  [[nodiscard]] bool must_wake() {
    return asleep_.load(std::memory_order_seq_cst) &&
           asleep_.exchange(false, std::memory_order_seq_cst);
  }

  /// Reader: says that it will sleep, and must then look at every ring once more.
  void lie_down() { asleep_.store(true, std::memory_order_seq_cst); }
  /// Reader: it is awake. Relaxed, since a writer that misses it makes one call too many.
  void get_up() { asleep_.store(false, std::memory_order_relaxed); }

 private:
  alignas(64) std::atomic<bool> asleep_{false};
};

}  // namespace core
