// Consumers, deliveries and what becomes of them.

#include <array>
#include <utility>

#include "amqp/session/channel.h"
#include "core/base/random.h"

namespace amqp::session {

std::string made_up_tag() {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::array<std::byte, 22> random{};
  core::fill_random(random);
  std::string tag = "amq.ctag-";
  for (const std::byte octet : random) tag += kDigits[std::to_integer<std::size_t>(octet) % 64];
  return tag;
}

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
  if (method.consumer_tag.empty()) method.consumer_tag = made_up_tag();
  if (method.queue == port::kDirectReplyTo) return consume_replies(method);
  const auto consumer = link_.broker().new_consumer(link_.connection, port_id());
  auto added = add_consumer({.id = consumer, .tag = method.consumer_tag, .no_ack = method.no_ack},
                            method.id);
  if (!added) return added;
  return ask({.method = method.id,
              .when_done = wire::BasicConsumeOk{.consumer_tag = method.consumer_tag},
              .no_wait = method.no_wait,
              .consumer = consumer},
             port::Consume{.queue = std::move(method.queue),
                           .consumer = consumer,
                           .tag = method.consumer_tag,
                           .prefetch = consumer_prefetch_,
                           .no_ack = method.no_ack,
                           .exclusive = method.exclusive,
                           .arguments = std::move(method.arguments)});
}

Outcome Channel::add_consumer(Consumer consumer, wire::MethodId method) {
  if (consumers_.size() >= link_.settings.consumers_max) {
    return refuse(
        wire::kPreconditionFailed,
        "a channel has at most " + std::to_string(link_.settings.consumers_max) + " consumers",
        method);
  }
  const std::string tag = consumer.tag;
  if (consumers_.add(std::move(consumer))) return {};
  return refuse(wire::kNotAllowed, "attempt to reuse consumer tag '" + tag + "'", method);
}

/// Cancelling a consumer that is not there is fine (§1.8.3.5): it may just have been cancelled by
/// us.
Outcome Channel::on(wire::BasicCancel& method) {
  wire::BasicCancelOk done{.consumer_tag = std::move(method.consumer_tag)};
  const Consumer* const found = consumers_.find(done.consumer_tag);
  if (found != nullptr && found->of_replies) cancel_replies();
  if (found == nullptr || found->of_replies) {
    if (!method.no_wait) link_.writer.send(id_, done);
    return {};
  }
  const port::ConsumerId consumer = found->id;
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
  bool known = false;
  if (transaction_) {
    known = unacked_.hold(tag, multiple, how);
  } else if (how == port::Settlement::acknowledge) {
    known = unacked_.take(tag, multiple, link_.acknowledged());
    link_.acknowledgements_added();
  } else {
    std::vector<port::Settled> taken;
    known = unacked_.take(tag, multiple, taken);
    link_.settle(how, taken);
  }
  if (known) return {};
  return refuse(wire::kPreconditionFailed, "unknown delivery tag " + std::to_string(tag), method);
}

Outcome Channel::on(wire::BasicRecover& method) {
  if (!method.requeue) return refuse(wire::kNotImplemented, "requeue=false", method.id);
  // The answer comes first: the broker may deliver the messages again within `settle`.
  link_.writer.send(id_, wire::BasicRecoverOk{});
  recover();
  return {};
}

Outcome Channel::on(wire::BasicRecoverAsync& method) {
  if (!method.requeue) return refuse(wire::kNotImplemented, "requeue=false", method.id);
  recover();
  return {};
}

void Channel::recover() {
  std::vector<port::Settled> outstanding;
  unacked_.take_outstanding(outstanding);
  link_.settle(port::Settlement::requeue, outstanding);
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
bool Channel::must_wait_for_others(const Consumer& consumer) const {
  const std::size_t others = turned_down_ - (consumer.turned_down ? 1 : 0);
  return channel_prefetch_ != 0 && others > 0 && resuming_ != consumer.id;
}

bool Channel::deliver(const port::Delivery& delivery) {
  Consumer* const found = consumers_.find(delivery.consumer);
  if (found == nullptr) return false;
  Consumer& consumer = *found;
  if (consumer.of_replies) {
    if (!has_room_for_reply()) return false;
  } else if (!has_room_for(consumer) || must_wait_for_others(consumer)) {
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

bool Channel::resume(port::ConsumerId id) {
  Consumer* const consumer = consumers_.find(id);
  if (consumer == nullptr) return true;  // gone meanwhile: nothing to resume
  if (!has_room_for(*consumer)) return false;
  consumer->turned_down = false;
  --turned_down_;
  resuming_ = id;
  link_.broker().resume(id, link_.now);
  resuming_ = {};
  return true;
}

void Channel::consumer_cancelled(port::ConsumerId id) {
  Consumer* const consumer = consumers_.find(id);
  if (consumer == nullptr) return;
  const bool being_cancelled =
      unanswered_ && unanswered_->method == wire::BasicCancel::id && unanswered_->consumer == id;
  if (being_cancelled) return;  // the client hears cancel-ok
  if (unanswered_ && unanswered_->method == wire::QueueDelete::id) {
    cancelled_behind_answer_.push_back(id);
    return;
  }
  if (!consumer->started) {
    consumer->queue_gone = true;  // the client hears of it after consume-ok
    return;
  }
  notify_cancelled(id);
}

void Channel::notify_cancelled(port::ConsumerId id) {
  const Consumer* const consumer = consumers_.find(id);
  if (consumer == nullptr) return;
  if (link_.wants_cancel_notify) {
    link_.writer.send(id_, wire::BasicCancel{.consumer_tag = consumer->tag, .no_wait = true});
  }
  forget_consumer(id);
}

void Channel::forget_consumer(port::ConsumerId id) {
  const Consumer* const consumer = consumers_.find(id);
  if (consumer == nullptr) return;
  if (consumer->turned_down) --turned_down_;
  consumers_.erase(id);
}

}  // namespace amqp::session
