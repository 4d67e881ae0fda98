#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "amqp/port/broker.h"

namespace amqp::broker {

/// One consumer as its queue sees it.
struct QueueConsumer {
  port::ConsumerId id;
  std::string tag;
  std::uint16_t prefetch = 0;  // 0: no limit
  bool no_ack = false;
  bool exclusive = false;
  /// How many deliveries may be under way to the consumer's shard and not yet taken there; 0: no
  /// limit, for a consumer on the queue's own shard. It bounds what letters can pile up.
  std::uint32_t window = 0;

  // Kept by the queue.
  std::uint64_t unacked = 0;
  std::uint32_t under_way = 0;
  bool blocked = false;
  bool in_line = false;

  [[nodiscard]] bool has_credit() const {
    return !blocked && (prefetch == 0 || unacked < prefetch) && (window == 0 || under_way < window);
  }
};

/// A message queue (AMQP 0-9-1 §3.1.4): messages in publishing order, each given to one consumer at
/// a time until it is acknowledged (§3.1.8).
///
/// Home    one shard; every member function runs there.
/// Effects are returned as values; the queue does no I/O and calls nobody back, so a test, a fuzzer
///         or the simulator can drive it as the broker does.
/// Bounds  none on the number of messages: a length limit is a property of the queue (x-max-length)
///         and comes with the other ones; nothing is dropped in silence.
///
/// Invariants
///   a message is in exactly one of returned_, fresh_ and unacked_
///   fresh_ is ordered by position and has never been given out; everything in returned_ was, so it
///   is older than all of fresh_, and a message that comes back returns to its old place
///   a consumer is in line_ once if it has credit, and not at all otherwise
class Queue {
 public:
  using Position = port::QueuePosition;

  struct Delivery {
    port::Delivery message;
    bool no_ack = false;
  };

  Queue(port::QueueId id, std::string name, bool auto_delete);

  [[nodiscard]] port::QueueId id() const { return id_; }
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::size_t ready_count() const { return returned_.size() + fresh_.size(); }
  [[nodiscard]] std::size_t unacked_count() const { return unacked_.size(); }
  [[nodiscard]] std::size_t consumer_count() const { return consumers_.size(); }
  /// An auto-delete queue goes with its last consumer, but not before it had a first.
  [[nodiscard]] bool outlived() const {
    return auto_delete_ && was_consumed_ && consumers_.empty();
  }

  Position enqueue(port::MessagePtr message);

  /// The oldest ready message, for the consumer whose turn it is; nullopt when there is no message
  /// or no consumer with credit. The message is unacknowledged from now on, or, for a no-ack
  /// consumer, gone.
  [[nodiscard]] std::optional<Delivery> deliver();
  /// The oldest ready message for basic.get; nullopt when there is none.
  [[nodiscard]] std::optional<port::Delivery> get(bool no_ack);

  /// The consumer could not take what deliver() gave: the message goes back to its place as if
  /// nothing had happened, and the consumer gets no more until it resumes.
  void turned_down(const port::Delivery& delivery, bool no_ack);
  /// The delivery found nobody, or was sent before its consumer turned another one down: back to
  /// its place, nobody is blocked.
  void put_back(const port::Delivery& delivery, bool no_ack);
  void resume(port::ConsumerId consumer);
  /// `count` deliveries under way have arrived and were taken.
  void arrived(port::ConsumerId consumer, std::uint32_t count);

  /// Forgets an unacknowledged message, and gives it; null when it is not there (it was settled
  /// already, or its queue's name lives on in another queue).
  port::MessagePtr settle(Position position, port::ConsumerId consumer);
  /// Makes it ready again in its old place, marked redelivered; false when it is not there.
  bool requeue(Position position, port::ConsumerId consumer);

  /// What is taken out of the queue other than by a consumer.
  struct Purged {
    Position position;
    port::MessagePtr message;
  };
  /// Takes out the ready messages at the front that have expired by `now`, oldest first. One that
  /// has expired behind one that has not stays until it is at the front.
  [[nodiscard]] std::vector<Purged> take_expired(core::Instant now);
  /// Takes out all ready messages, oldest first.
  [[nodiscard]] std::vector<Purged> purge();
  /// Takes out everything, unacknowledged messages included; for a queue that is deleted.
  [[nodiscard]] std::vector<Purged> take_all();

  /// False when the queue has an exclusive consumer, or this one wants to be and has company.
  [[nodiscard]] bool add_consumer(QueueConsumer consumer);
  /// What the consumer has unacknowledged stays so. False when it is not there.
  bool remove_consumer(port::ConsumerId consumer);
  template <typename See>
  void each_consumer(See&& see) const {
    for (const port::ConsumerId id : order_) see(*consumers_.at(id));
  }

  /// Aborts when an invariant does not hold. Linear in what the queue holds: for tests.
  void check_invariants() const;

 private:
  struct Held {
    port::MessagePtr message;
    bool redelivered = false;
  };
  struct Fresh {
    Position position;
    port::MessagePtr message;
  };

  [[nodiscard]] QueueConsumer* find(port::ConsumerId consumer);
  /// Puts the consumer at the end of the line if it has credit and is not in it.
  void line_up(QueueConsumer& consumer);
  void release(port::ConsumerId consumer);  // one unacknowledged message less
  [[nodiscard]] port::Delivery take_oldest();
  void give_back(const port::Delivery& delivery, bool no_ack);

  port::QueueId id_;
  std::string name_;
  bool auto_delete_;
  bool was_consumed_ = false;
  std::uint64_t next_position_ = 1;
  std::map<Position, Held> returned_;
  std::deque<Fresh> fresh_;
  std::unordered_map<Position, Held> unacked_;
  std::unordered_map<port::ConsumerId, std::unique_ptr<QueueConsumer>> consumers_;
  std::vector<port::ConsumerId> order_;  // as they came
  std::deque<QueueConsumer*> line_;      // those with credit, in turn
};

}  // namespace amqp::broker
