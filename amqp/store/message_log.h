#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <system_error>
#include <vector>

#include "amqp/port/message.h"
#include "core/base/strong.h"
#include "core/time/instant.h"

namespace amqp::store {

/// A queue's name in the log: given once by whoever declares it, written in the catalog beside the
/// queue's name, and never used for another queue. 0 is no queue.
using QueueKey = core::Strong<struct QueueKeyTag, std::uint64_t>;

/// A point in the history of one log: how much of it there was. Everything appended, settled,
/// forgotten and given out before it is covered by it.
using LogPoint = core::Strong<struct LogPointTag, std::uint64_t>;

/// Where a message's record lies: enough to read it again as long as it is not settled. The log
/// tells its queue when it moves the record (LogListener::moved).
struct LogPlace {
  std::uint64_t segment = 0;  // number of the segment file; 0: nowhere
  std::uint32_t offset = 0;   // of the record in it
  std::uint32_t size = 0;     // octets of the whole record
  explicit operator bool() const { return segment != 0; }
  bool operator==(const LogPlace&) const = default;
};

/// What a queue asks the log to keep for it.
struct LogEntry {
  QueueKey queue;
  port::QueuePosition position;
  /// It survives a restart. Without it the record only frees memory, and recovery skips it.
  bool durable = false;
  core::Instant expires = core::Instant::max();  // kept across a restart as wall-clock time
};

enum class LogState : std::uint8_t {
  ready,
  behind,  // so much waits for the disk that publishers must wait, shortly
  full,    // no space, or the disk fails: publishers are blocked until it is over
};

/// Hears from the log, on its shard; never from within append, settle, forget, given_out or read.
class LogListener {
 public:
  virtual ~LogListener() = default;
  /// Everything up to `point` is on disk (fdatasync has returned).
  virtual void synced(LogPoint point) = 0;
  virtual void state_changed(LogState state, std::string_view reason) = 0;
  /// The record of an unsettled message was copied forward, and will be read there from now on:
  /// the old place is void. May call the log.
  virtual void moved(QueueKey queue, port::QueuePosition position, LogPlace place) = 0;
  /// Something that did not work, for whoever reads the events: what was done, where, and why. No
  /// error: what was read there does not check out.
  virtual void trouble(std::string_view, LogPlace, std::error_code) {}
};

/// Where the messages of one shard's queues rest on disk. Used on that shard only; what blocks runs
/// elsewhere and is told to the listener.
///
/// Order   messages are on disk in the order of the calls, and a settling never before what was
///         appended before it: of the messages a prefix survives a crash.
/// Group   what is appended while a sync is in flight waits for the next one, which covers it all.
/// Keys    a queue's positions only grow, also over restarts (RecoveredQueue::last_position), and a
///         forgotten key is never used again.
class MessageLog {
 public:
  virtual ~MessageLog() = default;
  /// Who hears of it; once, before anything else.
  virtual void listen(LogListener& listener) = 0;

  /// Keeps the message. The bytes are shared, not copied; readable at the place at once.
  virtual LogPlace append(const LogEntry& entry, const port::MessagePtr& message) = 0;
  /// The message has left the queue for good. Its place is void from now on.
  virtual void settle(QueueKey queue, port::QueuePosition position, LogPlace place) = 0;
  /// Whatever the queue still had is void: the queue is deleted.
  virtual void forget(QueueKey queue) = 0;
  /// The queue has given out its messages up to `position`: what comes back after a crash up to
  /// there may have been seen. Cheap: written once a batch, and not worth a sync of its own.
  virtual void given_out(QueueKey queue, port::QueuePosition position) = 0;

  /// The end of the shard's turn: what was gathered goes to the disk, if nothing is on its way
  /// there and somebody may be waiting for it.
  virtual void flush() = 0;

  /// Covers all that was appended and settled until now.
  [[nodiscard]] virtual LogPoint appended() const = 0;
  [[nodiscard]] virtual LogPoint synced() const = 0;
  [[nodiscard]] virtual LogState state() const = 0;

  /// Reads messages again, in this order, and calls `done` on this shard, later; a message whose
  /// record cannot be read or does not check out is null, and the log has reported it. It is as it
  /// was appended but for `mark` and `expires`, which mean nothing on disk: the queue knows when
  /// its messages expire. At most kReadAheadMax octets are worth asking for at once.
  using ReadDone = std::function<void(std::vector<port::MessagePtr>)>;
  virtual void read(std::span<const LogPlace> places, ReadDone done) = 0;
  static constexpr std::size_t kReadAheadMax = std::size_t{1} << 20U;
};

}  // namespace amqp::store
