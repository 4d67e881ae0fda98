#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/time/instant.h"

namespace amqp::broker {

struct HomeQueue;

/// When something is to be done for a queue though nobody touches it; part of the queue.
struct Alarm {
  static constexpr std::size_t kOff = SIZE_MAX;
  core::Instant at = core::Instant::max();
  std::size_t place = kOff;  // in the heap
};

/// The alarms of one shard's queues, the earliest first: a binary heap whose entries know their
/// places, so that a queue has one entry at most.
class Alarms {
 public:
  /// Sets the queue's alarm, to another time if it is set already; Instant::max() turns it off.
  void set(HomeQueue& queue, core::Instant at);
  [[nodiscard]] std::optional<core::Instant> next() const;
  /// Takes out a queue whose alarm has come by `now`; null when there is none.
  [[nodiscard]] HomeQueue* take_due(core::Instant now);

 private:
  void rise(std::size_t place);
  void sink(std::size_t place);
  void put(std::size_t place, HomeQueue* queue);

  std::vector<HomeQueue*> heap_;
};

}  // namespace amqp::broker
