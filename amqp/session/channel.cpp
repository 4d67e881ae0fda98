#include "amqp/session/channel.h"

#include <utility>
#include <variant>

#include "core/base/check.h"

namespace amqp::session {
namespace {
constexpr std::uint32_t kGenerationMask = (1U << 24U) - 1;  // see label() in channel_publish.cpp
}

Outcome check_names(std::initializer_list<std::string_view> names, wire::MethodId method) {
  for (const std::string_view name : names) {
    if (!wire::is_utf8(name)) return refuse(wire::kFrameError, "a name is not UTF-8", method);
  }
  return {};
}

Channel::Channel(Link& link, wire::ChannelId id, std::uint32_t generation)
    : link_(link),
      id_(id),
      generation_(generation & kGenerationMask),
      assembly_(link.settings.message_octets_max) {}

Outcome Channel::frame(const wire::FrameView& frame) {
  if (assembly_.stage() != ContentAssembly::Stage::idle) return on_content(frame);
  if (frame.type == wire::FrameType::method) return on_method(frame.payload);
  return refuse(wire::kUnexpectedFrame, "expected a method, got content without basic.publish", {});
}

template <wire::Method M>
Outcome Channel::decode_and_handle(core::Octets payload) {
  auto method = wire::decode_method_as<M>(payload);
  if (!method) return core::Unexpected{std::move(method).error()};
  return on(*method);
}

Outcome Channel::on_method(core::Octets payload) {
  const auto id = wire::method_id_of(payload);
  if (!id) return core::Unexpected{id.error()};
  // The two that come by the million are read in place.
  if (*id == wire::BasicPublish::id) return decode_and_handle<wire::BasicPublishView>(payload);
  if (*id == wire::BasicAck::id) return decode_and_handle<wire::BasicAck>(payload);

  auto method = wire::decode_method(payload);
  if (!method) return core::Unexpected{std::move(method).error()};
  return std::visit([this](auto& decoded) { return on(decoded); }, *method);
}

template <wire::Method M>
Outcome Channel::on(M&) {
  return refuse(wire::kCommandInvalid, std::string{M::name} + " is not for a server's channel",
                M::id);
}

Outcome Channel::on(wire::ChannelFlow& method) {
  if (!method.active) return refuse(wire::kNotImplemented, "active=false", method.id);
  link_.writer.send(id_, wire::ChannelFlowOk{.active = true});
  return {};
}

Outcome Channel::on(wire::ChannelFlowOk&) { return {}; }

Outcome Channel::on(wire::AccessRequest&) {
  link_.writer.send(id_, wire::AccessRequestOk{});
  return {};
}

Outcome Channel::ask(Unanswered unanswered, port::Request request) {
  unanswered_ = std::move(unanswered);
  link_.unanswered = id_;
  link_.broker().request(link_.connection, port_id(), std::move(request), link_.now);
  return {};
}

void Channel::answered(port::Answer answer) {
  CORE_CHECK(unanswered_.has_value());
  const Unanswered asked = *std::exchange(unanswered_, std::nullopt);
  std::visit([&](auto& is) { reply(asked, is); }, answer);
  for (const port::ConsumerId gone : std::exchange(cancelled_behind_answer_, {})) {
    notify_cancelled(gone);
  }
  if (!link_.refusal) link_.unanswered.reset();
}

void Channel::reply(const Unanswered& asked, port::Done&) {
  if (!asked.no_wait) link_.writer.send(id_, asked.when_done);
  if (asked.method == wire::BasicCancel::id) forget_consumer(asked.consumer);
  if (asked.method != wire::BasicConsume::id) return;
  Consumer* const consumer = consumers_.find(asked.consumer);
  if (consumer == nullptr) return;
  consumer->started = true;
  if (consumer->queue_gone) notify_cancelled(asked.consumer);
}

void Channel::reply(const Unanswered& asked, port::QueueDeclared& answer) {
  last_queue_ = answer.name;
  if (asked.no_wait) return;
  link_.writer.send(id_, wire::QueueDeclareOk{.queue = std::move(answer.name),
                                              .message_count = answer.messages,
                                              .consumer_count = answer.consumers});
}

void Channel::reply(const Unanswered& asked, port::MessageCount& answer) {
  if (asked.no_wait) return;
  if (asked.method == wire::QueuePurge::id) {
    link_.writer.send(id_, wire::QueuePurgeOk{.message_count = answer.messages});
  } else {
    link_.writer.send(id_, wire::QueueDeleteOk{.message_count = answer.messages});
  }
}

void Channel::reply(const Unanswered& asked, port::Got& answer) {
  const port::Delivery& delivery = answer.delivery;
  const std::uint64_t tag = ++last_delivery_tag_;
  if (!asked.no_ack) unacked_.add(tag, {delivery.queue, delivery.position, {}});
  const port::Message& message = *delivery.message;
  link_.writer.send(id_,
                    wire::BasicGetOkView{.delivery_tag = tag,
                                         .redelivered = delivery.redelivered,
                                         .exchange = message.exchange,
                                         .routing_key = message.routing_key,
                                         .message_count = answer.messages_left},
                    message.properties, message.body);
}

void Channel::reply(const Unanswered&, port::GotNothing&) {
  link_.writer.send(id_, wire::BasicGetEmpty{});
}

void Channel::reply(const Unanswered& asked, port::Refusal& answer) {
  if (asked.method == wire::BasicConsume::id) forget_consumer(asked.consumer);
  link_.refusal = wire::ProtocolError{answer.code, std::move(answer.text), false, asked.method};
}

void Channel::abandon(std::vector<port::Settled>& unacked) {
  consumers_.clear();  // so that `deliver` takes nothing that is put back now
  link_.assembling_octets -= assembly_.octets();
  if (transaction_) link_.held_octets -= transaction_->octets();
  unacked_.take_all(unacked);
}

}  // namespace amqp::session
