#pragma once

#include <cstdint>
#include <deque>
#include <unordered_map>
#include <vector>

#include "amqp/store/message_log.h"

namespace amqp::store {

/// What a segment's file holds, as far as the shard must know.
struct SegmentFacts {
  std::uint64_t number = 0;
  std::uint64_t octets = 0;       // up to the end of its last record
  std::uint64_t live_count = 0;   // messages; an upper bound once a queue of theirs is forgotten
  std::uint64_t live_octets = 0;  // of their records
  /// What of its messages is settled: one bit for each 64 octets, in which at most one message
  /// begins. Empty while none is.
  std::vector<std::uint64_t> settled;
  LogPoint settled_last;  // covers the last settling of its messages
};

/// Which records of a log are still wanted, without a table of all messages.
///
/// Memory  a segment 80 bytes, and an 512th of its size once something of it is settled; a queue
///         with messages in the log 64 bytes, about; a forgotten one 32 until the segments of its
///         time are gone.
///
/// Invariants
///   segments are in order of their numbers
///   live_count() and live_octets() are exact; those of a segment are never too small
class SegmentTable {
 public:
  void add_segment(SegmentFacts facts);
  [[nodiscard]] bool empty() const { return segments_.empty(); }
  [[nodiscard]] std::size_t size() const { return segments_.size(); }
  [[nodiscard]] const SegmentFacts& oldest() const { return segments_.front(); }
  [[nodiscard]] const SegmentFacts& newest() const { return segments_.back(); }
  [[nodiscard]] const std::deque<SegmentFacts>& segments() const { return segments_; }
  void remove_oldest();
  /// A message as recovery found it, in any segment.
  void recovered(QueueKey queue, const LogPlace& place, bool live);

  void added(QueueKey queue, const LogPlace& place);
  /// Counts octets that no message has.
  void extended(const LogPlace& place);
  /// False when the queue is forgotten or unknown. That it was settled before is our mistake. A
  /// place in a segment that is gone is fine: the record was damaged and could not be moved.
  bool settled(QueueKey queue, const LogPlace& place, LogPoint point);
  void forgotten(QueueKey queue, LogPoint point);
  /// All that could be read of the oldest segment lives elsewhere now.
  void oldest_moved(LogPoint point);
  [[nodiscard]] bool knows(QueueKey queue) const { return queues_.contains(queue); }
  /// Whether the message that begins at `place` is neither settled nor its queue forgotten.
  [[nodiscard]] bool is_live(QueueKey queue, const LogPlace& place) const;

  /// True when that is more than was known.
  bool given_out(QueueKey queue, port::QueuePosition up_to);
  [[nodiscard]] port::QueuePosition given_out(QueueKey queue) const;

  [[nodiscard]] std::uint64_t live_count() const { return live_count_; }
  [[nodiscard]] std::uint64_t live_octets() const { return live_octets_; }
  [[nodiscard]] std::uint64_t octets() const { return octets_; }  ///< Of all segments.

 private:
  struct Queue {
    std::uint64_t live_count = 0;
    std::uint64_t live_octets = 0;
    port::QueuePosition given_out;
  };
  [[nodiscard]] SegmentFacts* find(std::uint64_t number);
  [[nodiscard]] const SegmentFacts* find(std::uint64_t number) const;
  void count(SegmentFacts& segment, QueueKey queue, const LogPlace& place);
  void nothing_lives(LogPoint point);

  std::deque<SegmentFacts> segments_;
  std::unordered_map<QueueKey, Queue> queues_;
  std::uint64_t live_count_ = 0;
  std::uint64_t live_octets_ = 0;
  std::uint64_t octets_ = 0;
};

}  // namespace amqp::store
