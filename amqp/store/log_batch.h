#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "amqp/store/segment_format.h"
#include "core/memory/buffer.h"

namespace amqp::store {

/// Where the next record goes: the segment that is written, and what is free in it.
struct LogCursor {
  std::uint64_t segment = 0;  // 0: none yet
  std::uint64_t offset = 0;
  std::uint64_t capacity = 0;  // octets that the segment should have at most
};

/// One record of a batch. A message's body above LogBatch::kCopyMax stays where it is.
struct BatchRecord {
  RecordKind kind = RecordKind::message;
  LogPlace place;
  std::uint64_t sequence = 0;
  std::size_t front = 0;       // where it begins in the batch's own octets
  std::size_t front_size = 0;  // all of it, or what comes before the body
  core::Octets body;           // what is not copied; kept by `message`
  port::MessagePtr message;    // of a message: for reads before it is on disk, and to keep `body`
  QueueKey queue;
  port::QueuePosition position;
};

/// What is written with one write and one sync to each segment that it touches, mostly one.
///
/// It is gathered on the shard, written on the lane, and goes back to the shard to be used again:
/// its memory is kept up to kKeptMax.
class LogBatch {
 public:
  /// Bodies up to this many octets are copied: a copy is cheaper than one more slice to write.
  static constexpr std::size_t kCopyMax = 2048;
  static constexpr std::size_t kKeptMax = std::size_t{1} << 20U;

  /// A stretch of records in one segment.
  struct Part {
    std::uint64_t segment = 0;
    std::uint64_t first_sequence = 0;
    std::size_t first_record = 0;
    std::uint64_t capacity = 0;
    bool creates = false;  // the segment is new
    /// The segment before it is complete: it ends here; 0 if there is none.
    std::uint64_t closes = 0;
    std::uint64_t closed_size = 0;
  };

  [[nodiscard]] bool empty() const;
  [[nodiscard]] std::size_t octets() const { return octets_; }  ///< What it will write, about.
  [[nodiscard]] const std::vector<BatchRecord>& records() const { return records_; }
  [[nodiscard]] const std::vector<Part>& parts() const { return parts_; }

  LogPlace add_message(const MessageFacts& facts, const port::MessagePtr& message,
                       std::uint64_t sequence, LogCursor& cursor);
  /// These become records when the batch is closed: behind everything that was added before.
  void add_settled(QueueKey queue, port::QueuePosition position);
  void add_forgotten(QueueKey queue);
  void add_given_out(QueueKey queue, port::QueuePosition up_to);

  /// Makes records of what was settled, forgotten and given out. `next_sequence` moves on.
  void close(std::uint64_t& next_sequence, LogCursor& cursor);
  /// So many parts are on disk, whatever becomes of the others.
  void parts_done(std::size_t count) { parts_done_ = count; }
  [[nodiscard]] std::size_t parts_done() const { return parts_done_; }
  /// The records of the parts that are not done begin here.
  [[nodiscard]] std::size_t first_undone() const;
  /// Gives these a new place, in a new segment: the old one cannot be trusted.
  void place_again(LogCursor& cursor);
  void clear();

  /// The record at `place`; null when it is not in this batch.
  [[nodiscard]] const BatchRecord* find(const LogPlace& place) const;

  /// The octets of a record that lie in the batch, to be read or completed with the checksum.
  [[nodiscard]] std::byte* front_of(const BatchRecord& record) {
    return octets_own_.at(record.front);
  }

 private:
  static constexpr std::size_t kRangesOfARecordMax = 32768;  // 768 KiB
  void put_in_place(BatchRecord& record, std::size_t index, LogCursor& cursor);
  [[nodiscard]] std::byte* add_small(RecordKind kind, std::size_t length,
                                     std::uint64_t& next_sequence, LogCursor& cursor);

  core::Buffer octets_own_;
  std::vector<BatchRecord> records_;
  std::vector<Part> parts_;
  std::size_t parts_done_ = 0;
  std::vector<SettledRange> settled_;
  std::vector<QueueKey> forgotten_;
  std::vector<GivenOut> given_out_;
  std::size_t octets_ = 0;
};

}  // namespace amqp::store
