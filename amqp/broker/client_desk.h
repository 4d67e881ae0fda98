#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "amqp/access/guard.h"
#include "amqp/broker/origin.h"
#include "amqp/port/broker.h"

namespace amqp::broker {

class BrokerShard;

/// A delivery on its way from a queue to a consumer.
struct Handover {
  port::Delivery delivery;
  bool no_ack = false;
  // What a no-ack delivery needs to come back.
  store::LogPlace place{};
  core::Instant expires = core::Instant::max();
};
enum class HandoverResult : std::uint8_t {
  taken,
  turned_down,  // the channel cannot take it now: the consumer is blocked until it resumes
  not_wanted,   // the channel is gone, or turned an earlier one down: back to its place
};

/// Whether `name` has the form of a reply address (port::Broker::open_reply_address).
[[nodiscard]] bool is_reply_address(std::string_view name);

/// The connections of one shard: who they are, their consumers, and the way back to them.
///
/// A consumer on this shard may have its queue on another. What the queue sent before it heard that
/// the consumer turned something down must go back as well, and all of it before the consumer
/// resumes, or messages would overtake each other. So the queue's shard answers: nothing more is on
/// the way; and only after that it is told that the consumer has resumed.
class ClientDesk {
 public:
  struct Connection {
    port::Client* client = nullptr;
    std::string user;
    VhostId vhost;
    std::vector<port::ConsumerId> consumers;
    std::vector<port::QueueId> exclusive_queues;  // their home is this shard
    access::Guard guard;                          // knows what the user may do
  };

  explicit ClientDesk(BrokerShard& shard) : shard_(shard) {}

  [[nodiscard]] port::ConnectionId connect(port::Client& client, std::string_view user,
                                           VhostId vhost, access::Guard guard);
  void disconnect(port::ConnectionId connection, std::function<void()> gone);
  /// Ends the connections to a virtual host that goes.
  void expel(VhostId vhost, const port::Refusal& why);
  void close_channel(port::ConnectionId connection, port::ChannelId channel);
  [[nodiscard]] Connection* find(port::ConnectionId connection);
  [[nodiscard]] std::size_t connection_count() const { return connections_.size(); }

  /// Tells every connection of this shard, and those that come later, whether publishers may go on;
  /// `reason` is shown to clients. Saying the same again costs nothing.
  void set_flow(port::Flow flow, std::string_view reason);

  [[nodiscard]] port::ConsumerId new_consumer(port::ConnectionId connection,
                                              port::ChannelId channel);
  /// Remembers what the consumer consumes.
  void consumes(port::ConsumerId consumer, port::QueueId queue);
  /// The queue that the consumer consumes; 0 when there is no such consumer.
  [[nodiscard]] port::QueueId queue_of(port::ConsumerId consumer) const;
  void resume(port::ConsumerId consumer, core::Instant now);
  /// Whether the consumer has turned a delivery down and not resumed.
  [[nodiscard]] bool blocked(port::ConsumerId consumer) const;

  // ---- What comes back from the other desks, often by letter ----

  void answered(const Origin& origin, port::Answer answer);
  /// The answer to basic.get; the message goes back to its queue when nobody is there to take it.
  void got(const Origin& origin, port::Got got, bool no_ack);
  [[nodiscard]] HandoverResult hand_over(const Handover& handover);
  /// A handover from another shard: tells the queue what became of it.
  void arrive(const Handover& handover);
  /// The queue knows that the consumer is blocked; no delivery is on the way to it any more.
  void drained(port::ConsumerId consumer, core::Instant now);
  void consumer_cancelled(port::ConsumerId consumer);
  void confirmed(port::ConnectionId connection, port::ChannelId channel, std::uint64_t sequence,
                 bool accepted = true);
  /// The consumer has left a delivery unacknowledged for longer than `patience`: its channel ends.
  void timed_out(port::ConsumerId consumer, core::Duration patience);

  // ---- Direct replies (direct_reply.cpp) ----

  [[nodiscard]] std::string open_reply_address(port::ConsumerId consumer);
  void close_reply_address(port::ConsumerId consumer);
  /// A publish to the default exchange with the reply address of a consumer on any shard.
  /// Unroutable when this shard can tell that nobody has the address: one of another shard is taken
  /// to be somebody's.
  [[nodiscard]] core::Result<port::Routed, port::Refusal> publish_reply(
      port::ConnectionId connection, port::ChannelId channel, const port::Publish& publish);
  /// Answers a declaration of the address as if it were a queue: it is there with one consumer, or
  /// not (404).
  void find_reply_address(const Origin& origin, VhostId vhost, std::string_view address);

 private:
  struct Consumer {
    port::ConnectionId connection;
    port::ChannelId channel;
    port::Client* client = nullptr;
    port::QueueId queue;
    std::uint32_t taken = 0;  // since the queue was last told
    bool blocked = false;     // has turned a delivery down, and its queue was not told to go on
    bool draining = false;    // deliveries of before may still be on their way
    bool resuming = false;    // has resumed, and waits for the last of those
    std::unique_ptr<const std::string> reply_secret{};  // the end of its reply address
  };
  /// The consumer on this shard whose connection is to `vhost` and whose address is `address`.
  [[nodiscard]] const Consumer* replies_to(port::ConsumerId id, VhostId vhost,
                                           std::string_view address) const;
  /// Hands it a reply; whether there is such a consumer.
  bool reply(port::ConsumerId id, VhostId vhost, const port::MessagePtr& message);
  /// Takes the consumer off the list of its connection, and forgets it.
  void forget(port::ConsumerId consumer);
  void cancel(port::ConsumerId consumer, port::QueueId queue);
  void unblock(Consumer& consumer, port::ConsumerId id, core::Instant now);
  void queue_gone(port::ConnectionId connection);

  /// A connection that has left and whose exclusive queues are still to be forgotten everywhere.
  struct Leaving {
    std::size_t queues = 0;
    std::function<void()> gone;
  };

  BrokerShard& shard_;
  port::Flow flow_ = port::Flow::open;
  std::string flow_reason_;
  std::uint64_t last_connection_ = 0;
  std::uint64_t last_consumer_ = 0;
  std::unordered_map<port::ConnectionId, Connection> connections_;
  std::unordered_map<port::ConnectionId, Leaving> leaving_;
  std::unordered_map<port::ConsumerId, Consumer> consumers_;
};

}  // namespace amqp::broker
