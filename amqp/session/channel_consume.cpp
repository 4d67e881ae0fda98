// Consumers, deliveries and what becomes of them.

#include <array>
#include <utility>

#include "amqp/session/channel.h"
#include "core/base/random.h"

namespace amqp::session {
namespace {

/// "amq.ctag-" and 22 characters with 132 random bits, so that no client guesses another's tag;
/// as long as RabbitMQ's, which tests of clients count.
std::string made_up_tag() {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::array<std::byte, 22> random{};
  core::fill_random(random);
  std::string tag = "amq.ctag-";
  for (const std::byte octet : random) tag += kDigits[std::to_integer<std::size_t>(octet) % 64];
  return tag;
}

}  // namespace

/// RabbitMQ's reading: without `global`, a limit for each consumer that starts from here on; with
/// it, one over all consumers of the channel.
Outcome Channel::on(wire::BasicQos& method) {
  if (method.prefetch_size != 0) {
    return refuse(wire::kNotImplemented,
                  "prefetch_size!=0 (" + std::to_string(method.prefetch_size) + ")", method.id);
  }
  (method.global ? channel_prefetch_ : consumer_prefetch_) = method.prefetch_count;
  link_.writer.send(id_, wire::BasicQosOk{});
  return {};
}

Outcome Channel::on(wire::BasicConsume& method) {
  if (auto named = name_queue(method.queue, method.id); !named) return named;
  if (auto fine = check_names({method.consumer_tag}, method.id); !fine) return fine;
  if (consumers_.size() >= link_.settings.consumers_max) {
    return refuse(
        wire::kPreconditionFailed,
        "a channel has at most " + std::to_string(link_.settings.consumers_max) + " consumers",
        method.id);
  }
  std::string tag = method.consumer_tag.empty() ? made_up_tag() : std::move(method.consumer_tag);
  const auto consumer = link_.broker().new_consumer(link_.connection, port_id());
  if (!consumer_by_tag_.try_emplace(tag, consumer).second) {
    return refuse(wire::kNotAllowed, "attempt to reuse consumer tag '" + tag + "'", method.id);
  }
  consumers_.emplace(consumer, Consumer{.tag = tag, .no_ack = method.no_ack});
  return ask({.method = method.id,
              .when_done = wire::BasicConsumeOk{.consumer_tag = tag},
              .no_wait = method.no_wait,
              .consumer = consumer},
             port::Consume{.queue = std::move(method.queue),
                           .consumer = consumer,
                           .tag = tag,
                           .prefetch = consumer_prefetch_,
                           .no_ack = method.no_ack,
                           .exclusive = method.exclusive,
                           .arguments = std::move(method.arguments)});
}

/// Cancelling a consumer that is not there is fine (§1.8.3.5): it may just have been cancelled by
/// us.
Outcome Channel::on(wire::BasicCancel& method) {
  wire::BasicCancelOk done{.consumer_tag = std::move(method.consumer_tag)};
  const auto found = consumer_by_tag_.find(done.consumer_tag);
  if (found == consumer_by_tag_.end()) {
    if (!method.no_wait) link_.writer.send(id_, done);
    return {};
  }
  const port::ConsumerId consumer = found->second;
  return ask({.method = method.id,
              .when_done = std::move(done),
              .no_wait = method.no_wait,
              .consumer = consumer},
             port::Cancel{consumer});
}

/// Some clients answer our own basic.cancel although it says no-wait.
Outcome Channel::on(wire::BasicCancelOk&) { return {}; }

Outcome Channel::on(wire::BasicGet& method) {
  if (auto named = name_queue(method.queue, method.id); !named) return named;
  if (!method.no_ack && unacked_.size() >= link_.settings.unacked_max) {
    return refuse(wire::kPreconditionFailed,
                  "a channel has at most " + std::to_string(link_.settings.unacked_max) +
                      " unacknowledged messages",
                  method.id);
  }
  return ask({.method = method.id, .when_done = wire::BasicGetEmpty{}, .no_ack = method.no_ack},
             port::Get{std::move(method.queue), method.no_ack});
}

Outcome Channel::on(wire::BasicAck& method) {
  return settle(method.delivery_tag, method.multiple, port::Settlement::acknowledge, method.id);
}

Outcome Channel::on(wire::BasicNack& method) {
  const auto how = method.requeue ? port::Settlement::requeue : port::Settlement::discard;
  return settle(method.delivery_tag, method.multiple, how, method.id);
}

Outcome Channel::on(wire::BasicReject& method) {
  const auto how = method.requeue ? port::Settlement::requeue : port::Settlement::discard;
  return settle(method.delivery_tag, false, how, method.id);
}

Outcome Channel::settle(std::uint64_t tag, bool multiple, port::Settlement how,
                        wire::MethodId method) {
  auto taken = unacked_.take(tag, multiple);
  if (!taken) {
    return refuse(wire::kPreconditionFailed, "unknown delivery tag " + std::to_string(tag), method);
  }
  link_.settle(how, std::move(*taken));
  return {};
}

Outcome Channel::on(wire::BasicRecover& method) {
  if (!method.requeue) return refuse(wire::kNotImplemented, "requeue=false", method.id);
  // The answer comes first: the broker may deliver the messages again within `settle`.
  link_.writer.send(id_, wire::BasicRecoverOk{});
  link_.settle(port::Settlement::requeue, unacked_.take_all());
  return {};
}

Outcome Channel::on(wire::BasicRecoverAsync& method) {
  if (!method.requeue) return refuse(wire::kNotImplemented, "requeue=false", method.id);
  link_.settle(port::Settlement::requeue, unacked_.take_all());
  return {};
}

/// A limit over the channel holds back consumers without acknowledgements too, once the others have
/// used it up (RabbitMQ's reading of §1.8.3.1); what those get does not count.
bool Channel::has_room_for(const Consumer& consumer) const {
  if (!consumer.started || !link_.writer.has_room()) return false;
  if (channel_prefetch_ != 0 && unacked_.of_consumers() >= channel_prefetch_) return false;
  return consumer.no_ack || unacked_.size() < link_.settings.unacked_max;
}

/// Under a limit over the channel, consumers that were turned down come first; else the queue whose
/// message was just acknowledged would always win the place that this made.
bool Channel::must_wait_for_others(port::ConsumerId id, const Consumer& consumer) const {
  const std::size_t others = turned_down_ - (consumer.turned_down ? 1 : 0);
  return channel_prefetch_ != 0 && others > 0 && resuming_ != id;
}

bool Channel::deliver(const port::Delivery& delivery) {
  const auto found = consumers_.find(delivery.consumer);
  if (found == consumers_.end()) return false;
  Consumer& consumer = found->second;
  if (!has_room_for(consumer) || must_wait_for_others(delivery.consumer, consumer)) {
    if (!consumer.turned_down) {
      link_.turned_down.push_back({id_, delivery.consumer});
      consumer.turned_down = true;
      ++turned_down_;
    }
    return false;
  }
  const std::uint64_t tag = ++last_delivery_tag_;
  if (!consumer.no_ack) {
    unacked_.add(tag, {delivery.queue, delivery.position, delivery.consumer});
  }
  const port::Message& message = *delivery.message;
  link_.writer.send(id_,
                    wire::BasicDeliverView{.consumer_tag = consumer.tag,
                                           .delivery_tag = tag,
                                           .redelivered = delivery.redelivered,
                                           .exchange = message.exchange,
                                           .routing_key = message.routing_key},
                    message.properties, message.body);
  return true;
}

bool Channel::resume(port::ConsumerId consumer) {
  const auto found = consumers_.find(consumer);
  if (found == consumers_.end()) return true;  // gone meanwhile: nothing to resume
  if (!has_room_for(found->second)) return false;
  found->second.turned_down = false;
  --turned_down_;
  resuming_ = consumer;
  link_.broker().resume(consumer, link_.now);
  resuming_ = {};
  return true;
}

void Channel::consumer_cancelled(port::ConsumerId consumer) {
  const auto found = consumers_.find(consumer);
  if (found == consumers_.end()) return;
  const bool being_cancelled = unanswered_ && unanswered_->method == wire::BasicCancel::id &&
                               unanswered_->consumer == consumer;
  if (being_cancelled) return;  // the client hears cancel-ok
  if (unanswered_ && unanswered_->method == wire::QueueDelete::id) {
    cancelled_behind_answer_.push_back(consumer);
    return;
  }
  if (!found->second.started) {
    found->second.queue_gone = true;  // the client hears of it after consume-ok
    return;
  }
  notify_cancelled(consumer);
}

void Channel::notify_cancelled(port::ConsumerId consumer) {
  const auto found = consumers_.find(consumer);
  if (found == consumers_.end()) return;
  if (link_.wants_cancel_notify) {
    link_.writer.send(id_, wire::BasicCancel{.consumer_tag = found->second.tag, .no_wait = true});
  }
  forget_consumer(consumer);
}

void Channel::forget_consumer(port::ConsumerId consumer) {
  const auto found = consumers_.find(consumer);
  if (found == consumers_.end()) return;
  if (found->second.turned_down) --turned_down_;
  consumer_by_tag_.erase(found->second.tag);
  consumers_.erase(found);
}

}  // namespace amqp::session
