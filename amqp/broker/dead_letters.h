#pragma once

#include "amqp/broker/change.h"
#include "amqp/broker/dead_letter.h"
#include "amqp/broker/fifo.h"
#include "amqp/broker/queue.h"

namespace amqp::broker {

class BrokerShard;
struct HomeQueue;

/// How many dead letters are published at a stretch before others get their turn.
inline constexpr int kBuryBatch = 128;

/// The dead letters of one shard's queues on their way to their exchanges. They wait for a letter
/// of the shard to itself: publishing one may kill the next, and so none of it happens inside
/// another.
///
/// Order   a dead letter's old record in the log is settled after the new copy was appended, so a
///         crash in between leaves two rather than none (when both queues are here; a copy for
///         another shard is on its way when the record goes).
/// Bounds  what waits is bounded by what may leave queues in a turn; the circles that letters can
/// go
///         round without anybody's will are cut (goes_round).
class DeadLetters {
 public:
  explicit DeadLetters(BrokerShard& shard) : shard_(shard) {}

  /// The message has left the queue, and the queue has a dead letter exchange.
  void add(const HomeQueue& home, const Queue::Left& left, DeathReason reason);
  /// The log has moved the record of a message that left this queue, if it is one that waits here.
  void moved(port::QueueId queue, port::QueuePosition position, store::LogPlace place);
  /// Publishes those that wait, a batch at most.
  void bury();

 private:
  struct Entry {
    VhostId vhost;
    port::MessagePtr message;  // as it is published
    bool wanted = false;       // somebody rejected it: it may go round
    port::QueueId queue;       // whence
    port::QueuePosition position;
    store::LogPlace place;
  };
  void schedule();

  BrokerShard& shard_;
  Fifo<Entry> waiting_;
  bool scheduled_ = false;
};

}  // namespace amqp::broker
