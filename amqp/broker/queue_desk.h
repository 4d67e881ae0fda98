#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "amqp/broker/client_desk.h"
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

/// How many messages one queue hands out at a stretch before others get their turn.
inline constexpr int kDeliverBatch = 128;

/// A queue on its home shard, with what the desk needs around it.
struct HomeQueue {
  HomeQueue(VhostId vhost_id, QueueTraits queue_traits)
      : vhost(vhost_id),
        traits(std::move(queue_traits)),
        queue(traits.id, traits.name, traits.auto_delete) {}

  VhostId vhost;
  QueueTraits traits;
  Queue queue;
  bool closed = false;      // deleted; it stays in memory until nobody can be looking at it
  bool delivering = false;  // inside `deliver`: what comes up meanwhile is seen to there
  bool scheduled = false;   // a letter to go on delivering is on its way
};

/// The queues whose home is this shard.
///
/// A call to a client may come back and change or delete any queue; a deleted one is kept aside
/// while a Busy guard is on the stack. A shard may hear of a queue before its home does (the change
/// and its letter come on different ways), so letters for a queue that is yet to come wait for it.
class QueueDesk {
 public:
  explicit QueueDesk(BrokerShard& shard) : shard_(shard) {}

  /// Holds deleted queues in memory as long as it lives.
  class Busy {
   public:
    explicit Busy(QueueDesk& desk) : desk_(desk) { ++desk_.busy_; }
    Busy(const Busy&) = delete;
    Busy& operator=(const Busy&) = delete;
    ~Busy() {
      if (--desk_.busy_ == 0) desk_.closed_.clear();
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

  // ---- Messages ----

  /// Puts a message into the queue; it is not handed out before `deliver`.
  void enqueue(HomeQueue& home, const port::MessagePtr& message);
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
  /// Deletes an exclusive queue whose connection is gone.
  void delete_orphan(port::QueueId queue, const Origin& origin);

  [[nodiscard]] std::vector<QueueView> queues() const;
  [[nodiscard]] std::vector<ConsumerView> consumers() const;
  /// Aborts when a queue is not as it says it is. Linear in what they hold: for tests.
  void check_invariants() const;

 private:
  [[nodiscard]] HomeQueue* find(port::QueueId queue);
  void answer(const Origin& origin, port::Answer answer);
  /// Takes the queue out of service, and has the control desk take it out of the topology; the
  /// origin is answered when no shard knows it any more.
  void close(HomeQueue& home, const Origin& origin, port::Answer answer);
  void hand_out(HomeQueue& home, Queue::Delivery delivery, core::Instant now);
  void settle_one(HomeQueue& home, port::Settlement how, const port::Settled& settled);
  void drop_expired(HomeQueue& home, core::Instant now);
  void left(const HomeQueue& home, port::QueuePosition position, const port::MessagePtr& message);

  BrokerShard& shard_;
  std::unordered_map<port::QueueId, std::unique_ptr<HomeQueue>> queues_;
  std::uint64_t last_created_ = kReplySerial;
  /// Letters that came before their queue: at most those sent while its creation is on its way.
  std::vector<std::pair<port::QueueId, core::Letter>> early_;
  int busy_ = 0;
  std::vector<std::unique_ptr<HomeQueue>> closed_;
};

}  // namespace amqp::broker
