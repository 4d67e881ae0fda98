#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "amqp/broker/queue_consumers.h"
#include "amqp/broker/queue_policy.h"
#include "amqp/broker/ready_order.h"
#include "amqp/broker/slot_line.h"
#include "amqp/port/broker.h"

namespace amqp::broker {

/// A message queue (AMQP 0-9-1 §3.1.4): messages in publishing order, each given to one consumer at
/// a time until it is acknowledged (§3.1.8); with x-max-priority the higher priorities first.
///
/// Home    one shard; every member function runs there.
/// Time    is passed in; the queue reads no clock.
/// Effects are returned as values; the queue does no I/O and calls nobody back, so a test, a fuzzer
///         or the simulator can drive it as the broker does.
/// Cost    no function but the ones that say so looks at more than one message, and nothing is
///         allocated for a message that is put in, given out and settled.
/// Bounds  x-max-length and x-max-length-bytes, when the queue has them: the desk asks `over_limit`
///         and drops, or refuses what `would_overflow`.
///
/// Invariants
///   a message is in exactly one slot, ready or unacknowledged
///   a position is in order_ exactly when its slot is ready
class Queue {
 public:
  using Position = port::QueuePosition;

  /// A message on its way out.
  struct Delivery {
    port::Delivery message;
    bool no_ack = false;
    store::LogPlace place;                            // of its record, if the log has one
    core::Instant expires = core::Instant::max();  // if it comes back
  };
  /// A message that has left.
  struct Left {
    Position position;
    port::MessagePtr message;  // null: it was paged out, and only the log had it
    store::LogPlace place;
  };
  /// What requeue() did.
  struct Requeued {
    bool there = false;
    std::optional<Left> given_back_too_often;  // x-delivery-limit: it has left instead
  };
  /// A message that was in the queue before a restart.
  struct Restored {
    Position position;
    port::MessagePtr message;  // null: it stays paged out, and is described by what is below
    store::LogPlace place;
    core::Instant expires = core::Instant::max();
    bool redelivered = false;
    std::uint32_t properties_octets = 0;
    std::uint32_t body_octets = 0;
    std::uint8_t priority = 0;
  };

  Queue(port::QueueId id, bool auto_delete, QueuePolicy policy, SlotPool& pool);
  Queue(const Queue&) = delete;
  Queue& operator=(const Queue&) = delete;
  ~Queue();

  [[nodiscard]] port::QueueId id() const { return id_; }
  [[nodiscard]] const QueuePolicy& policy() const { return policy_; }
  [[nodiscard]] std::size_t ready_count() const { return order_.size(); }
  [[nodiscard]] std::size_t unacked_count() const { return held_.unacked; }
  [[nodiscard]] std::size_t consumer_count() const { return consumers_.size(); }
  [[nodiscard]] const Holdings& held() const { return held_; }
  /// An auto-delete queue goes with its last consumer, but not before it had a first.
  [[nodiscard]] bool outlived() const {
    return auto_delete_ && was_consumed_ && consumers_.size() == 0;
  }

  // ---- In ----

  /// The position that the next message gets.
  [[nodiscard]] Position next_position() const { return Position{next_position_}; }
  /// Until when a message that comes in at `now` may wait: the queue's and the message's own time
  /// to live and what the gateway set, whichever is shortest.
  [[nodiscard]] core::Instant expiry(const port::Message& message, core::Instant now) const;
  Position enqueue(port::MessagePtr message, core::Instant expires, store::LogPlace place);
  Position enqueue(port::MessagePtr message) {
    return enqueue(std::move(message), core::Instant::max(), {});
  }
  /// Puts in what a restart found, oldest first, before anything else comes in.
  void restore(Restored message);
  /// Gives no position up to this one any more: the log knows of them.
  void continue_after(Position position);

  // ---- Out ----

  /// The next ready message, for the consumer whose turn it is; nullopt when there is no message,
  /// or it is not in memory, or no consumer has credit. The message is unacknowledged from now on,
  /// or, for a no-ack consumer, gone.
  [[nodiscard]] std::optional<Delivery> deliver(core::Instant now);
  /// Whether deliver() would give something.
  [[nodiscard]] bool can_deliver() {
    return order_.size() > 0 && consumers_.next() != nullptr && !next_is_paged();
  }
  /// The next ready message for basic.get; nullopt when there is none, or none in memory.
  [[nodiscard]] std::optional<Delivery> get(bool no_ack, core::Instant now);

  /// The consumer could not take what deliver() gave: the message goes back to its place as if
  /// nothing had happened, and the consumer gets no more until it resumes. A no-ack delivery brings
  /// back what its slot said: the place of its record, if the log has one still, and its expiry.
  void turned_down(const port::Delivery& delivery, bool no_ack, store::LogPlace place = {},
                   core::Instant expires = core::Instant::max());
  /// The delivery found nobody, or was sent before its consumer turned another one down: back to
  /// its place, nobody is blocked.
  void put_back(const port::Delivery& delivery, bool no_ack, store::LogPlace place = {},
                core::Instant expires = core::Instant::max());
  void resume(port::ConsumerId consumer);
  /// `count` deliveries under way have arrived and were taken.
  void arrived(port::ConsumerId consumer, std::uint32_t count);

  /// Takes out an unacknowledged message; nullopt when it is not there (it was settled already, or
  /// its queue's name lives on in another queue).
  std::optional<Left> settle(Position position);
  /// Makes it ready again in its old place, marked redelivered.
  Requeued requeue(Position position);

  /// Takes out the next ready message if it has expired by `now`. One that has expired behind one
  /// that has not stays until it is at the front.
  [[nodiscard]] std::optional<Left> take_expired(core::Instant now);
  /// When the next ready message expires; Instant::max() when it does not, or there is none.
  [[nodiscard]] core::Instant next_expiry();
  /// Takes out the next ready message, to make room; there is one.
  [[nodiscard]] Left drop_next();
  /// Takes out all ready messages in order, with `see(Left)`. Linear.
  template <typename See>
  std::size_t purge(See&& see) {
    std::size_t count = 0;
    for (; order_.size() > 0; ++count) see(drop_next());
    order_.clear();
    return count;
  }
  /// Takes out everything, unacknowledged messages included; for a queue that is deleted. Linear.
  void clear();

  // ---- Paging ----

  /// The ready message at `position` lies at `place`, and leaves memory.
  void page_out(Position position, store::LogPlace place);
  /// Whether a consumer could have the next ready message if it were in memory.
  [[nodiscard]] bool is_wanted() {
    return held_.paged > 0 && consumers_.next() != nullptr && next_is_paged();
  }
  /// Whether the next ready message must be read before it can be given out.
  [[nodiscard]] bool next_is_paged();
  /// What is to be read next, in order: about `octets_max`, and at most kReadAheadCount.
  struct Wanted {
    std::vector<Position> positions;
    std::vector<store::LogPlace> places;
  };
  static constexpr std::size_t kReadAheadCount = 4096;
  [[nodiscard]] Wanted read_ahead(std::size_t octets_max);
  /// What was read; null when the log has lost it. Nothing happens when it is not wanted any more.
  void paged_in(Position position, port::MessagePtr message);
  /// Takes out the next ready message if the log has lost it.
  [[nodiscard]] std::optional<Left> take_unreadable();

  // ---- Limits ----

  /// Whether more is ready than the limits allow.
  [[nodiscard]] bool over_limit() const;
  [[nodiscard]] bool would_overflow(const port::Message& message) const;

  // ---- Consumers ----

  /// False when the queue has an exclusive consumer, or this one wants to be and has company.
  [[nodiscard]] bool add_consumer(QueueConsumer consumer);
  /// What the consumer has unacknowledged stays so. False when it is not there.
  bool remove_consumer(port::ConsumerId consumer) { return consumers_.remove(consumer); }
  template <typename See>
  void each_consumer(See&& see) const {
    consumers_.each(see);
  }
  [[nodiscard]] bool is_active(const QueueConsumer& consumer) const {
    return consumers_.is_active(consumer);
  }

  /// Who has had a message since `second` or before, each once, and when the oldest of the others
  /// was given out (UINT32_MAX: there is none). Linear in what is unacknowledged and around it.
  struct Overdue {
    std::vector<port::ConsumerId> consumers;
    std::uint32_t next_second = UINT32_MAX;
  };
  [[nodiscard]] Overdue overdue(std::uint32_t second);
  /// Seconds of the monotonic time line, which begins less than 136 years ago.
  [[nodiscard]] static std::uint32_t second_of(core::Instant now);

  /// The log has moved the message's record. False when the message is gone.
  bool moved(Position position, store::LogPlace place);

  /// Aborts when an invariant does not hold. Linear in what the queue holds: for tests.
  void check_invariants();

 private:
  struct Taken {
    Position position;
    Slot* slot = nullptr;
  };
  [[nodiscard]] Taken take_next();
  static void fetch_ahead(std::uint64_t position, const Slot& slot);
  /// To `to`, or for a get to a consumer that is nobody.
  [[nodiscard]] std::optional<Delivery> hand_over(const QueueConsumer& to, core::Instant now);
  [[nodiscard]] Left remove(Taken taken);
  Slot* unacked(Position position);
  /// The next ready one without its message; null when it has one.
  [[nodiscard]] Slot* next_without_message();
  void now_in_line(std::uint64_t position, Slot& slot);
  void now_ready(const Slot& slot);
  void no_longer_ready(const Slot& slot);
  void now_unacked(const Slot& slot);
  void no_longer_unacked(const Slot& slot);
  void give_back(const port::Delivery& delivery, bool no_ack, store::LogPlace place,
                 core::Instant expires);

  port::QueueId id_;
  bool auto_delete_;
  bool was_consumed_ = false;
  bool may_expire_ = false;  // some message had an expiry: else nobody looks
  const QueuePolicy policy_;
  std::uint64_t next_position_ = 1;
  std::uint64_t ready_body_octets_ = 0;
  Holdings held_;
  Holdings& held_by_all_;
  SlotLine slots_;
  ReadyOrder order_;
  QueueConsumers consumers_;
};

}  // namespace amqp::broker
