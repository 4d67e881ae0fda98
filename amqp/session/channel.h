#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "amqp/port/broker.h"
#include "amqp/session/confirm_window.h"
#include "amqp/session/content_assembly.h"
#include "amqp/session/link.h"
#include "amqp/session/publish_properties.h"
#include "amqp/session/unacked.h"
#include "amqp/wire/frame.h"
#include "amqp/wire/methods.h"

namespace amqp::session {

/// An open channel, server side (AMQP 0-9-1 §2.2.5): delivery tags, consumers, prefetch, confirms
/// and the content that is being sent. Opening and closing it is the session's.
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

  /// Tells the client of confirmed publishes, as long as there is room in the output.
  void tell_confirms();
  /// Whether so many publishes wait for confirmation that the next must wait as well.
  [[nodiscard]] bool is_congested() const {
    return confirms_ && confirms_->size() >= link_.settings.unconfirmed_max;
  }
  /// Asks the broker for a turned-down consumer again. False: there is still no room for it.
  [[nodiscard]] bool resume(port::ConsumerId consumer);

  /// The channel ends: no consumer takes anything from here on. Gives what goes back to its queues.
  [[nodiscard]] std::vector<port::Settled> abandon();

  [[nodiscard]] std::size_t consumers() const { return consumers_.size(); }
  [[nodiscard]] std::size_t unacked() const { return unacked_.size(); }

 private:
  struct Consumer {
    std::string tag;
    bool no_ack = false;
    bool started = false;      // consume-ok is out, or would be but for no-wait
    bool turned_down = false;  // it is in Link::turned_down
    bool queue_gone = false;   // before it started
  };
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
  Outcome on(wire::TxSelect& method);
  Outcome on(wire::TxCommit& method);
  Outcome on(wire::TxRollback& method);
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
  [[nodiscard]] bool has_room_for(const Consumer& consumer) const;
  [[nodiscard]] bool must_wait_for_others(port::ConsumerId id, const Consumer& consumer) const;
  void forget_consumer(port::ConsumerId consumer);
  void notify_cancelled(port::ConsumerId consumer);

  // channel_publish.cpp
  Outcome on(wire::BasicPublishView& method);
  Outcome on(wire::ConfirmSelect& method);
  Outcome on_content(const wire::FrameView& frame);
  Outcome read_properties();
  Outcome publish();
  [[nodiscard]] std::uint64_t label(std::uint64_t sequence) const;
  void resolve(std::uint64_t sequence, bool accepted);

  [[nodiscard]] port::ChannelId port_id() const { return port::ChannelId{id_.value()}; }

  Link& link_;
  wire::ChannelId id_;
  std::uint32_t generation_;

  std::optional<Unanswered> unanswered_;
  std::string last_queue_;  // declared here; what an empty queue name stands for

  std::unordered_map<port::ConsumerId, Consumer> consumers_;  // Settings::consumers_max
  std::unordered_map<std::string, port::ConsumerId> consumer_by_tag_;
  std::size_t turned_down_ = 0;  // consumers in Link::turned_down
  port::ConsumerId resuming_{};  // the one that is asked again just now
  /// The client deletes their queue: it hears delete-ok first, as from other brokers.
  std::vector<port::ConsumerId> cancelled_behind_answer_;
  std::uint16_t consumer_prefetch_ = 0;  // for consumers that start from here on; 0 is no limit
  std::uint16_t channel_prefetch_ = 0;   // over all consumers; 0 is no limit
  std::uint64_t last_delivery_tag_ = 0;
  Unacked unacked_;  // Settings::unacked_max

  ContentAssembly assembly_;
  PublishProperties properties_;  // of the content that is being sent, once its header is there
  std::optional<ConfirmWindow> confirms_;  // there in confirm mode; Settings::unconfirmed_max
};

/// Names of queues and exchanges are text; 501 if one is not, as RabbitMQ has it.
[[nodiscard]] Outcome check_names(std::initializer_list<std::string_view> names,
                                  wire::MethodId method);

}  // namespace amqp::session
