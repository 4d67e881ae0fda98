#pragma once

#include "amqp/port/message.h"

namespace amqp::store {

/// Where the messages of one shard's queues rest. Used on that shard only.
///
/// A queue keeps its messages in memory itself; the store is told what must still be there after a
/// restart. The memory store keeps nothing and counts; the segment log, which comes with
/// durability, writes each `append` and `settle` as a record, and confirms wait for its sync.
class MessageStore {
 public:
  virtual ~MessageStore() = default;
  /// A queue has taken a message. Positions of one queue only grow.
  virtual void append(port::QueueId queue, port::QueuePosition position,
                      const port::MessagePtr& message) = 0;
  /// The message has left the queue for good: acknowledged, rejected, purged, or gone with it.
  virtual void settle(port::QueueId queue, port::QueuePosition position,
                      const port::MessagePtr& message) = 0;
};

}  // namespace amqp::store
