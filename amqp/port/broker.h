#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "amqp/port/message.h"
#include "amqp/wire/field_table.h"
#include "core/base/result.h"
#include "core/time/instant.h"

namespace amqp::port {

// ---- What a channel may ask of the broker; each has one Answer ---------------------------------

struct DeclareExchange {
  std::string name;
  std::string type;
  bool passive = false;
  bool durable = false;
  bool auto_delete = false;
  bool internal = false;
  wire::FieldTable arguments;
};
struct DeleteExchange {
  std::string name;
  bool if_unused = false;
};
struct BindExchange {
  std::string destination;
  std::string source;
  std::string routing_key;
  wire::FieldTable arguments;
};
struct UnbindExchange {
  std::string destination;
  std::string source;
  std::string routing_key;
  wire::FieldTable arguments;
};
struct DeclareQueue {
  std::string name;  // empty: the broker makes one up (amq.gen-…)
  bool passive = false;
  bool durable = false;
  bool exclusive = false;
  bool auto_delete = false;
  wire::FieldTable arguments;
};
struct DeleteQueue {
  std::string name;
  bool if_unused = false;
  bool if_empty = false;
};
struct BindQueue {
  std::string queue;
  std::string exchange;
  std::string routing_key;
  wire::FieldTable arguments;
};
struct UnbindQueue {
  std::string queue;
  std::string exchange;
  std::string routing_key;
  wire::FieldTable arguments;
};
struct PurgeQueue {
  std::string name;
};
/// `consumer` comes from Broker::new_consumer; deliveries and cancellations name it.
struct Consume {
  std::string queue;
  ConsumerId consumer;
  std::string tag;             // for the debug pages
  std::uint16_t prefetch = 0;  // unacknowledged messages at a time; 0 is no limit
  bool no_ack = false;
  bool exclusive = false;
  wire::FieldTable arguments;
};
struct Cancel {
  ConsumerId consumer;
};
struct Get {
  std::string queue;
  bool no_ack = false;
};
using Request =
    std::variant<DeclareExchange, DeleteExchange, BindExchange, UnbindExchange, DeclareQueue,
                 DeleteQueue, BindQueue, UnbindQueue, PurgeQueue, Consume, Cancel, Get>;

// ---- What the broker answers -------------------------------------------------------------------

/// A message on its way to a consumer, or in answer to Get (then `consumer` is zero).
struct Delivery {
  ConsumerId consumer;
  QueueId queue;
  QueuePosition position;
  bool redelivered = false;
  MessagePtr message;
};

struct Done {};
struct QueueDeclared {
  std::string name;
  std::uint32_t messages = 0;  // ready ones
  std::uint32_t consumers = 0;
};
struct MessageCount {  // of a purge or a queue's deletion
  std::uint32_t messages = 0;
};
struct Got {
  Delivery delivery;
  std::uint32_t messages_left = 0;
};
struct GotNothing {};
/// Why not: an AMQP reply code and the text after its name, e.g. 404 and "no queue 'q' in vhost
/// '/'". Codes 311-406 that are soft close the channel, hard ones the connection (§1.8 constants).
struct Refusal {
  std::uint16_t code = 0;
  std::string text;
};
using Answer = std::variant<Done, QueueDeclared, MessageCount, Got, GotNothing, Refusal>;

/// Whether publishers may go on. They wait while the broker is behind for a moment (the log, say);
/// while something has run out (the disk, memory) they are told besides (connection.blocked).
enum class Flow : std::uint8_t { open, wait, blocked };

/// What a client of direct replies consumes from and names in reply-to, as RabbitMQ has it; the
/// address that takes its place begins with this and a dot.
inline constexpr std::string_view kDirectReplyTo = "amq.rabbitmq.reply-to";

// ---- The two sides -----------------------------------------------------------------------------

/// A connection's session as the broker sees it. Called on the connection's shard only, possibly
/// from within a call to Broker.
class Client {
 public:
  virtual ~Client() = default;

  /// The answer to the channel's oldest unanswered request. A channel asks one thing at a time.
  virtual void answered(ChannelId channel, Answer answer) = 0;

  /// Gives a message to a consumer. False when the channel cannot take it now (its limit over all
  /// consumers is reached, or the socket is behind): the queue puts the message back in its place
  /// as if nothing had happened and offers this consumer no more until Broker::resume.
  [[nodiscard]] virtual bool deliver(ChannelId channel, const Delivery& delivery) = 0;

  /// The consumer is gone because its queue is (basic.cancel from the server).
  virtual void consumer_cancelled(ChannelId channel, ConsumerId consumer) = 0;

  /// A publish with a confirm sequence number is safe (or, with `accepted` false, refused).
  virtual void confirmed(ChannelId channel, std::uint64_t sequence, bool accepted) = 0;

  /// The connection has no business here any more, and ends with this (its virtual host is gone).
  virtual void expelled(const Refusal& why, core::Instant now) {
    static_cast<void>(why);
    static_cast<void>(now);
  }

  /// The channel has broken a rule that only time shows (a delivery left unacknowledged for too
  /// long): it is closed with this. The client does not call the broker before this returns.
  virtual void channel_failed(ChannelId channel, const Refusal& refusal) {
    static_cast<void>(channel);
    static_cast<void>(refusal);
  }

  /// From here on connections that publish wait, or go on; `reason` is for the client to read. Said
  /// within Broker::connect as well when publishers wait at that time. The client does not call the
  /// broker before this returns. Who publishes nothing need not listen.
  virtual void publishers(Flow flow, std::string_view reason) {
    static_cast<void>(flow);
    static_cast<void>(reason);
  }
};

/// What became of a publish as far as the publisher's shard can tell.
enum class Routed : std::uint8_t {
  queued,      // at least one queue has it, or a letter is on its way to the queue's shard
  unroutable,  // no queue wants it
};

struct Publish {
  std::string_view exchange;  // seen in place: valid during the call
  std::string_view routing_key;
  core::BytesView properties{};
  core::BytesView body{};
  MessageTraits traits{};
  std::uint64_t confirm_sequence = 0;  // 0: nobody waits for `confirmed`
  core::StageMark mark{};
  core::Instant expires = core::Instant::max();  // a queue drops it from then on
};

enum class Settlement : std::uint8_t {
  acknowledge,
  discard,  // reject or nack without requeue
  requeue,  // back to its old place, marked redelivered
};
/// A delivery that the channel settles, or gives back because the channel ends.
struct Settled {
  QueueId queue;
  QueuePosition position;
  ConsumerId consumer;
};

/// The way into the broker for connections on one shard, used on that shard only.
class Broker {
 public:
  virtual ~Broker() = default;

  /// A new connection of `user` to `vhost`; `client` must live until `disconnect`.
  [[nodiscard]] virtual core::Result<ConnectionId, Refusal> connect(Client& client,
                                                                    std::string_view user,
                                                                    std::string_view vhost) = 0;
  /// Cancels the consumers and deletes the exclusive queues of the connection; deliveries on their
  /// way are put back. The session gives back what it had unacknowledged by `settle` first. `gone`,
  /// unless it is empty, is called when nobody finds those queues any more: within this call, or
  /// later, when the client may be no more.
  virtual void disconnect(ConnectionId connection, std::function<void()> gone) = 0;
  void disconnect(ConnectionId connection) { disconnect(connection, {}); }
  /// The channel is gone: its consumers are cancelled. Unacknowledged ones as in `disconnect`.
  virtual void close_channel(ConnectionId connection, ChannelId channel) = 0;

  [[nodiscard]] virtual ConsumerId new_consumer(ConnectionId connection, ChannelId channel) = 0;

  /// A name that nobody can guess (kDirectReplyTo and more): what is published with it to the
  /// default exchange comes to the consumer's channel by Client::deliver, without a queue, and is
  /// lost if that turns it down. It ends with the channel, or with `close_reply_address`.
  [[nodiscard]] virtual std::string open_reply_address(ConsumerId consumer) = 0;
  virtual void close_reply_address(ConsumerId consumer) = 0;

  /// Answered by Client::answered, at once or later.
  virtual void request(ConnectionId connection, ChannelId channel, Request request,
                       core::Instant now) = 0;

  /// The refusal that such a publish would meet now; nothing is published.
  [[nodiscard]] virtual core::Result<void, Refusal> may_publish(ConnectionId connection,
                                                                std::string_view exchange,
                                                                std::string_view routing_key) = 0;
  /// Refusals: 404 no such exchange, 403. With a confirm sequence and `queued`, Client::confirmed
  /// follows, perhaps within this call; with `unroutable` it does not.
  [[nodiscard]] virtual core::Result<Routed, Refusal> publish(ConnectionId connection,
                                                              ChannelId channel, Publish publish,
                                                              core::Instant now) = 0;

  /// Settles deliveries in any mixture of queues, oldest first.
  virtual void settle(ConnectionId connection, Settlement how,
                      std::span<const Settled> deliveries, core::Instant now) = 0;
  /// The consumer that turned a delivery down can take some again.
  virtual void resume(ConsumerId consumer, core::Instant now) = 0;
};

}  // namespace amqp::port
