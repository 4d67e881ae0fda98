#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "amqp/store/segment_scanner.h"
#include "amqp/store/segment_table.h"

namespace amqp::store {

/// A message that a queue had when the log ended.
struct RecoveredMessage {
  port::QueuePosition position;
  LogPlace place;
  std::optional<core::WallTime> expires;
  bool maybe_given_out = false;  // a consumer may have seen it: redelivered
  std::uint8_t priority = 0;
  std::uint32_t properties_octets = 0;
  std::uint32_t body_octets = 0;
  port::MessagePtr message;  // null: only at its place (RecoveryOptions::kept_octets)
};

struct RecoveredQueue {
  QueueKey key;
  /// The largest that the log has seen; the queue goes on behind it, for what was settled would
  /// otherwise settle what is new.
  port::QueuePosition last_position;
  std::vector<RecoveredMessage> live;  // in order of position
};

/// What was found in a segment.
struct SegmentReport {
  std::uint64_t number = 0;
  std::uint64_t octets = 0;  // of the file
  std::uint64_t records = 0;
  std::uint64_t messages = 0;
  std::uint64_t live = 0;  // durable and not settled anywhere
  bool empty = false;      // it was created and nothing written to it
};

/// What recovery found and what it dropped, for the log.
struct LogReport {
  std::vector<SegmentReport> segments;
  std::vector<Damage> damage;
  std::uint64_t live_count = 0;
  std::uint64_t live_octets = 0;
};

/// Where a SegmentLog goes on; a new folder's is empty.
struct LogTail {
  SegmentTable table;
  std::uint64_t last_segment = 0;
  std::uint64_t last_sequence = 0;
  bool newest_intact = false;  // what is reserved behind its end may be given back
};

struct Recovery {
  std::vector<RecoveredQueue> queues;  // in order of key
  LogReport report;
  LogTail tail;
};

/// The one damage that keeps the house from starting: it is none, the log was written by a later
/// version; or the folder itself cannot be read.
struct RecoveryRefused {
  std::string what;
  std::error_code error;
};

struct RecoveryOptions {
  /// Messages are read into memory, from the front of each queue's in the order of the log, until
  /// they have so many octets; the others are given as places only.
  std::uint64_t kept_octets = 0;
};

/// Reads the log in `folder`. Nothing is changed there: the segments stay as they are, and a
/// SegmentLog that goes on from the tail begins a new one. A folder that is not there is an empty
/// log. A log of a shard that is no more is read the same way: its messages are
/// appended to other logs, and the folder is removed with remove_log().
///
/// Memory  48 bytes for each message record in the segments, settled ones included, 64 for each
///         live one, and kept_octets.
[[nodiscard]] core::Result<Recovery, RecoveryRefused> recover(core::Files& files,
                                                              const std::string& folder,
                                                              const RecoveryOptions& options);

/// Removes a log whose messages live elsewhere: oldest segment first, so that what is left after a
/// crash in between says nothing new.
[[nodiscard]] std::error_code remove_log(core::Files& files, const std::string& folder);

}  // namespace amqp::store
