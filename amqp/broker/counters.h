#pragma once

#include <atomic>
#include <cstdint>

namespace amqp::broker {

/// A count with one writer, the shard that it belongs to, and any number of readers. Relaxed order
/// is enough: each count stands alone.
class Count {
 public:
  void add(std::uint64_t by = 1) {
    value_.store(value_.load(std::memory_order_relaxed) + by, std::memory_order_relaxed);
  }
  [[nodiscard]] std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

/// What one shard of the broker has done since the start.
struct Counters {
  Count published;     ///< Messages that publishers on this shard handed in.
  Count routed;        ///< Copies of them that went to queues.
  Count unroutable;    ///< Messages of them that no queue wanted.
  Count refused;       ///< Publishes to an exchange that is not there, or not for publishers.
  Count replies;       ///< Messages for this shard's reply queue.
  Count delivered;     ///< Messages handed to channels on this shard, those of basic.get included.
  Count acknowledged;  ///< Messages settled by acknowledge in queues of this shard.
  Count discarded;     ///< Messages settled by reject without requeue in queues of this shard.
  Count expired;       ///< Messages that left queues of this shard because nobody wants them now.
  Count overflowed;    ///< Messages that a full queue of this shard dropped or refused.
  Count dead_lettered; ///< Messages that queues of this shard sent to a dead letter exchange.
  Count requeued;      ///< Messages given back by channels, marked redelivered.
  Count put_back;      ///< Deliveries that a channel could not take; they keep their place.
  Count lost_queue;    ///< Messages that arrived for a queue that is gone.
  Count paged_out;     ///< Messages that left memory for the log until their turn comes.
  Count lost_record;   ///< Messages of these whose record was damaged when it was read.
};

}  // namespace amqp::broker
