#pragma once

#include <atomic>
#include <cstdint>

namespace core::metrics {

/// A count that only grows. One shard adds to it; any thread may read it.
///
/// Relaxed order is enough: each count stands alone, and a reader that misses the addition of this
/// very moment may as well have looked a moment earlier. There is one writer, so a load and a store
/// do; no locked instruction.
class Counter {
 public:
  void add(std::uint64_t count = 1) {
    value_.store(value_.load(std::memory_order_relaxed) + count, std::memory_order_relaxed);
  }
  [[nodiscard]] std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

/// A quantity that goes up and down; written by one shard, read by any thread, as Counter is.
class Gauge {
 public:
  void set(std::int64_t value) { value_.store(value, std::memory_order_relaxed); }
  void add(std::int64_t change) { set(value() + change); }
  [[nodiscard]] std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::int64_t> value_{0};
};

}  // namespace core::metrics
