#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "amqp/broker/alarms.h"
#include "amqp/broker/client_desk.h"
#include "amqp/broker/dead_letters.h"
#include "amqp/broker/home_queue.h"
#include "amqp/broker/origin.h"
#include "amqp/broker/queue.h"
#include "amqp/broker/topology.h"
#include "amqp/broker/views.h"
#include "core/post/letter.h"

namespace amqp::broker {

class BrokerShard;

/// How many deliveries may be under way to one consumer on another shard, and after how many taken
/// ones its shard says so. A consumer that keeps up is never short: three quarters are under way
/// while the word comes back.
inline constexpr std::uint32_t kHandoverWindow = 256;
inline constexpr std::uint32_t kHandoverBatch = kHandoverWindow / 4;

/// How many messages one queue hands out or drops at a stretch before others get their turn.
inline constexpr int kDeliverBatch = 128;

/// How many queues get what is due at a time in one go of the shard's deadlines.
inline constexpr int kAlarmsPerTurn = 64;

/// The queues whose home is this shard.
///
/// A call to a client may come back and change or delete any queue; a deleted one is kept aside
/// while a Busy guard is on the stack. A shard may hear of a queue before its home does (the change
/// and its letter come on different ways), so letters for a queue that is yet to come wait for it.
///
/// The desk is in several files: queue_desk.cpp (queues that come and go, settling),
/// queue_messages.cpp (in and out), queue_alarms.cpp (what happens at a time), queue_requests.cpp
/// (what channels ask), queue_paging.cpp (messages that only the log has).
class QueueDesk {
 public:
  explicit QueueDesk(BrokerShard& shard) : shard_(shard), dead_letters_(shard) {}

  /// Holds deleted queues in memory as long as it lives; the last one to go tells the flow desk what
  /// the queues hold. Whatever puts messages in or takes them out has one.
  class Busy {
   public:
    explicit Busy(QueueDesk& desk) : desk_(desk) { ++desk_.busy_; }
    Busy(const Busy&) = delete;
    Busy& operator=(const Busy&) = delete;
    ~Busy() {
      if (--desk_.busy_ == 0) desk_.calm();
    }

   private:
    QueueDesk& desk_;
  };

  /// The topology has a new queue whose home is here.
  void created(VhostId vhost, QueueEntry& entry);
  /// Runs `work` now, or when the queue is here that it is meant for.
  template <typename Work>
  void when_created(port::QueueId queue, Work&& work) {
    if (serial_of(queue) <= last_created_) {
      work();
    } else {
      early_.emplace_back(queue, core::Letter{std::forward<Work>(work)});
    }
  }

  // ---- After a restart, before any shard runs ----

  /// Puts back what the log had for the queue, oldest first; the queue was created.
  void restore(port::QueueId queue, Queue::Restored message);
  /// The log knows positions of the queue up to this one.
  void continue_after(port::QueueId queue, port::QueuePosition position);

  // ---- Messages ----

  /// Puts a message into the queue; it is not handed out before `deliver`. False when the queue is
  /// full and refuses what is new.
  bool enqueue(HomeQueue& home, const port::MessagePtr& message);
  /// Hands out what can be handed out, a batch at most; the rest follows by a letter to itself.
  void deliver(HomeQueue& home, core::Instant now);
  /// A message from another shard. The publisher is told when `confirm_slot` is not 0.
  void receive(port::QueueId queue, const port::MessagePtr& message, core::ShardId from,
               std::uint32_t confirm_slot, core::Instant now);
  void settle(port::Settlement how, std::span<const port::Settled> deliveries, core::Instant now);
  void resume(port::QueueId queue, port::ConsumerId consumer, core::Instant now);
  void put_back(const port::Delivery& delivery, bool no_ack, core::Instant now);
  void came_back(const Handover& handover, HandoverResult result, core::Instant now);
  void arrived(port::QueueId queue, port::ConsumerId consumer, std::uint32_t count,
               core::Instant now);
  /// The message has left for good: so may its record. Nothing happens when the queue is gone, or
  /// there is no record.
  void settle_record(port::QueueId queue, port::QueuePosition position, store::LogPlace place);
  /// The log has moved a record.
  void moved(store::QueueKey key, port::QueuePosition position, store::LogPlace place);
  [[nodiscard]] DeadLetters& dead_letters() { return dead_letters_; }

  // ---- What happens at a time ----

  /// When a message, a lease or somebody's patience ends; perhaps earlier, never later.
  [[nodiscard]] std::optional<core::Instant> deadline() const { return alarms_.next(); }
  /// Sees to what has ended, kAlarmsPerTurn queues and a batch of messages each at most.
  void expired(core::Instant now);

  // ---- Requests; each is answered to its origin ----

  /// `again` is the declaration to judge anew if the queue has just gone; null: 404 then.
  void declared(port::QueueId queue, const std::string& name, VhostId vhost, const Origin& origin,
                std::shared_ptr<const port::Request> again);
  void consume(port::QueueId queue, const port::Consume& consume, VhostId vhost,
               const Origin& origin, core::Instant now);
  void cancel(port::QueueId queue, port::ConsumerId consumer, const Origin& origin);
  void get(port::QueueId queue, const port::Get& get, VhostId vhost, const Origin& origin);
  void purge(port::QueueId queue, const std::string& name, VhostId vhost, const Origin& origin);
  void remove(port::QueueId queue, bool if_unused, bool if_empty, const Origin& origin);
  /// Takes the queues of a virtual host out of service, which leaves the topology as a whole.
  void close_all(VhostId vhost);
  /// Deletes an exclusive queue whose connection is gone.
  void delete_orphan(port::QueueId queue, const Origin& origin);

  /// What all queues here hold.
  [[nodiscard]] std::size_t queue_count() const { return queues_.size(); }
  [[nodiscard]] const Holdings& held() const { return pool_.held; }
  [[nodiscard]] std::vector<QueueView> queues() const;
  [[nodiscard]] std::vector<ConsumerView> consumers() const;
  /// Aborts when a queue is not as it says it is. Linear in what they hold: for tests.
  void check_invariants();

 private:
  /// Nothing of this desk is on the stack any more.
  void calm();
  [[nodiscard]] HomeQueue* find(port::QueueId queue);
  void answer(const Origin& origin, port::Answer answer);
  /// Takes the queue out of service, and has the control desk take it out of the topology; the
  /// origin is answered when no shard knows it any more.
  void close(HomeQueue& home, const Origin& origin, port::Answer answer);
  void take_out_of_service(HomeQueue& home);
  void hand_out(HomeQueue& home, Queue::Delivery delivery, core::Instant now);
  void deliver_batch(HomeQueue& home, core::Instant now, int& budget);
  void go_on_later(HomeQueue& home);
  /// Whether a message that has just come in should leave memory at once.
  [[nodiscard]] bool pages_out(HomeQueue& home, const port::Message& message) const;
  void page_out(HomeQueue& home, port::QueuePosition position, store::LogPlace place,
                core::Instant expires, const port::MessagePtr& message);
  /// Has the log read what is next, unless it does so already.
  void read_ahead(HomeQueue& home);
  void was_read(port::QueueId queue, const std::vector<port::QueuePosition>& positions,
                std::vector<port::MessagePtr> messages);
  /// Drops what the log has lost from the front.
  void drop_unreadable(HomeQueue& home);
  /// Whether the next message must be read before it may leave by itself.
  [[nodiscard]] static bool dies_unread(HomeQueue& home);
  /// Has the log know which messages somebody may have seen.
  void tell_given_out(HomeQueue& home);
  void settle_one(HomeQueue& home, port::Settlement how, const port::Settled& settled);
  void settle_record(const HomeQueue& home, port::QueuePosition position, store::LogPlace place);
  /// Drops expired messages from the front, `budget` at most.
  void drop_expired(HomeQueue& home, core::Instant now, int& budget);
  /// Drops messages from the front while the queue is over its limits, `budget` at most.
  void drop_surplus(HomeQueue& home, int& budget);
  /// A message has left without having been wanted: to the dead letter exchange, if there is one.
  void die(HomeQueue& home, const Queue::Left& left, DeathReason reason);
  /// Sets the queue's alarm if it must ring earlier than it would.
  void arm(HomeQueue& home);
  [[nodiscard]] static core::Instant next_alarm(HomeQueue& home);
  void ring(HomeQueue& home, core::Instant now);
  [[nodiscard]] std::optional<core::Duration> patience(const HomeQueue& home) const;
  void close_overdue(HomeQueue& home, core::Instant now);
  /// Somebody uses the queue: its lease begins anew.
  void use(HomeQueue& home, core::Instant now);

  BrokerShard& shard_;
  SlotPool pool_;  // outlives the queues
  Alarms alarms_;
  DeadLetters dead_letters_;
  std::unordered_map<port::QueueId, std::unique_ptr<HomeQueue>> queues_;
  std::unordered_map<store::QueueKey, HomeQueue*> kept_;  // those that the log has records of
  std::uint64_t last_created_ = kReplySerial;
  /// Letters that came before their queue: at most those sent while its creation is on its way.
  std::vector<std::pair<port::QueueId, core::Letter>> early_;
  /// A basic.get that came when the next message was paged out; each connection has one at most on
  /// each channel.
  struct WaitingGet {
    port::QueueId queue;
    port::Get get;
    VhostId vhost;
    Origin origin;
  };
  std::vector<WaitingGet> gets_;
  int busy_ = 0;
  std::vector<std::unique_ptr<HomeQueue>> closed_;
};

}  // namespace amqp::broker
