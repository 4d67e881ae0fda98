#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "amqp/port/broker.h"
#include "amqp/session/confirm_window.h"
#include "amqp/session/consumer_table.h"
#include "amqp/session/content_assembly.h"
#include "amqp/session/link.h"
#include "amqp/session/publish_properties.h"
#include "amqp/session/transaction.h"
#include "amqp/session/unacked.h"
#include "amqp/wire/frame.h"
#include "amqp/wire/methods.h"

namespace amqp::session {

/// An open channel, server side (AMQP 0-9-1 §2.2.5): delivery tags, consumers, prefetch, confirms,
/// transactions and the content that is being sent. Opening and closing it is the session's.
///
/// It asks the broker one thing at a time; `answered` brings the answer. What the broker says may
/// come within a call to the broker.
class Channel {
 public:
  /// `generation`, of which 24 bits count, tells this channel from earlier ones of the same number,
  /// whose confirmations may still be on their way.
  Channel(Link& link, wire::ChannelId id, std::uint32_t generation);

  /// A method (any but those of class channel that open and close), header or body frame.
  [[nodiscard]] Outcome frame(const wire::FrameView& frame);

  void answered(port::Answer answer);
  [[nodiscard]] bool deliver(const port::Delivery& delivery);
  void consumer_cancelled(port::ConsumerId consumer);
  void confirmed(std::uint64_t sequence, bool accepted);

  /// The octets that the frames lay in are about to go; what is half sent must not go with them.
  void keep_content();

  /// Tells the client of confirmed publishes, as long as there is room in the output.
  void tell_confirms();
  /// Whether so many publishes wait for confirmation that the next must wait as well.
  [[nodiscard]] bool is_congested() const {
    return confirms_ && confirms_->size() >= link_.settings.unconfirmed_max;
  }
  /// Asks the broker for a turned-down consumer again. False: there is still no room for it.
  [[nodiscard]] bool resume(port::ConsumerId consumer);

  /// Whether a commit would publish something.
  [[nodiscard]] bool holds_publishes() const { return transaction_ && transaction_->size() > 0; }

  /// The channel ends: no consumer takes anything from here on, and nothing of a transaction
  /// happens. Appends what goes back to its queues.
  void abandon(std::vector<port::Settled>& unacked);

  [[nodiscard]] std::size_t consumers() const { return consumers_.size(); }
  [[nodiscard]] std::size_t unacked() const { return unacked_.size(); }

 private:
  /// The request that the broker has not answered.
  struct Unanswered {
    wire::MethodId method;
    wire::AnyMethod when_done;  // what to say to port::Done
    bool no_wait = false;
    bool no_ack = false;          // of basic.get
    port::ConsumerId consumer{};  // of basic.consume and basic.cancel
  };

  // channel.cpp
  Outcome on_method(core::Octets payload);
  template <wire::Method M>
  Outcome decode_and_handle(core::Octets payload);
  template <wire::Method M>
  Outcome on(M& method);  // all that no client sends
  Outcome on(wire::ChannelFlow& method);
  Outcome on(wire::ChannelFlowOk& method);
  Outcome on(wire::AccessRequest& method);
  Outcome ask(Unanswered unanswered, port::Request request);
  void reply(const Unanswered& asked, port::Done& answer);
  void reply(const Unanswered& asked, port::QueueDeclared& answer);
  void reply(const Unanswered& asked, port::MessageCount& answer);
  void reply(const Unanswered& asked, port::Got& answer);
  void reply(const Unanswered& asked, port::GotNothing& answer);
  void reply(const Unanswered& asked, port::Refusal& answer);

  // channel_topology.cpp
  Outcome on(wire::ExchangeDeclare& method);
  Outcome on(wire::ExchangeDelete& method);
  Outcome on(wire::ExchangeBind& method);
  Outcome on(wire::ExchangeUnbind& method);
  Outcome on(wire::QueueDeclare& method);
  Outcome on(wire::QueueBind& method);
  Outcome on(wire::QueueUnbind& method);
  Outcome on(wire::QueuePurge& method);
  Outcome on(wire::QueueDelete& method);
  Outcome name_queue(std::string& queue, wire::MethodId method) const;

  // channel_consume.cpp
  Outcome on(wire::BasicQos& method);
  Outcome on(wire::BasicConsume& method);
  Outcome on(wire::BasicCancel& method);
  Outcome on(wire::BasicCancelOk& method);
  Outcome on(wire::BasicGet& method);
  Outcome on(wire::BasicAck& method);
  Outcome on(wire::BasicNack& method);
  Outcome on(wire::BasicReject& method);
  Outcome on(wire::BasicRecover& method);
  Outcome on(wire::BasicRecoverAsync& method);
  Outcome settle(std::uint64_t tag, bool multiple, port::Settlement how, wire::MethodId method);
  Outcome add_consumer(Consumer consumer, wire::MethodId method);
  [[nodiscard]] bool has_room_for(const Consumer& consumer) const;
  [[nodiscard]] bool must_wait_for_others(const Consumer& consumer) const;
  void recover();
  void forget_consumer(port::ConsumerId consumer);
  void notify_cancelled(port::ConsumerId consumer);

  // channel_reply.cpp
  Outcome consume_replies(wire::BasicConsume& method);
  void cancel_replies();
  [[nodiscard]] bool has_room_for_reply() const;

  // channel_transaction.cpp
  Outcome on(wire::TxSelect& method);
  Outcome on(wire::TxCommit& method);
  Outcome on(wire::TxRollback& method);
  Outcome hold_publish(const core::BytesView& properties, const core::BytesView& body);
  void commit_publish(const Transaction::HeldPublish& held);
  void end_commit_step(bool well);

  // channel_publish.cpp
  Outcome on(wire::BasicPublishView& method);
  Outcome on(wire::ConfirmSelect& method);
  Outcome on_content(const wire::FrameView& frame);
  void note_half_sent();
  Outcome read_properties();
  Outcome publish();
  Outcome publish_now(const core::BytesView& properties, const core::BytesView& body);
  void send_return(std::string_view exchange, std::string_view routing_key,
                   const core::BytesView& properties, const core::BytesView& body);
  [[nodiscard]] std::uint64_t label(std::uint64_t sequence) const;
  void resolve(std::uint64_t sequence, bool accepted);

  [[nodiscard]] port::ChannelId port_id() const { return port::ChannelId{id_.value()}; }

  Link& link_;
  wire::ChannelId id_;
  std::uint32_t generation_;

  std::optional<Unanswered> unanswered_;
  std::string last_queue_;  // declared here; what an empty queue name stands for

  ConsumerTable consumers_;      // Settings::consumers_max
  std::size_t turned_down_ = 0;  // consumers in Link::turned_down
  port::ConsumerId resuming_{};  // the one that is asked again just now
  /// The client deletes their queue: it hears delete-ok first, as from other brokers.
  std::vector<port::ConsumerId> cancelled_behind_answer_;
  port::ConsumerId reply_consumer_{};    // of direct replies; 0 is none
  std::string reply_address_;            // what stands for it in reply-to
  std::uint16_t consumer_prefetch_ = 0;  // for consumers that start from here on; 0 is no limit
  std::uint16_t channel_prefetch_ = 0;   // over all consumers; 0 is no limit
  std::uint64_t last_delivery_tag_ = 0;
  Unacked unacked_;  // Settings::unacked_max

  ContentAssembly assembly_;
  PublishProperties properties_;  // of the content that is being sent, once its header is there
  std::optional<ConfirmWindow> confirms_;     // there in confirm mode; Settings::unconfirmed_max
  std::unique_ptr<Transaction> transaction_;  // there in transaction mode
  std::uint64_t committed_ = 0;               // publishes of transactions, which have labels too
};

/// "amq.ctag-" and 22 characters with 132 random bits, so that no client guesses another's tag; as
/// long as RabbitMQ's, which tests of clients count.
[[nodiscard]] std::string made_up_tag();

/// Names of queues and exchanges are text; 501 if one is not, as RabbitMQ has it.
[[nodiscard]] Outcome check_names(std::initializer_list<std::string_view> names,
                                  wire::MethodId method);

}  // namespace amqp::session
