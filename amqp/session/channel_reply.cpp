// Direct replies: consuming from RabbitMQ's pseudo queue amq.rabbitmq.reply-to.

#include <utility>

#include "amqp/session/channel.h"

namespace amqp::session {

Outcome Channel::consume_replies(wire::BasicConsume& method) {
  if (!method.no_ack) {
    return refuse(wire::kPreconditionFailed, "reply consumer cannot acknowledge", method.id);
  }
  if (reply_consumer_ != port::ConsumerId{}) {
    return refuse(wire::kPreconditionFailed, "reply consumer already set", method.id);
  }
  const auto consumer = link_.broker().new_consumer(link_.connection, port_id());
  auto added = add_consumer({.id = consumer,
                             .tag = method.consumer_tag,
                             .no_ack = true,
                             .of_replies = true,
                             .started = true},
                            method.id);
  if (!added) return added;
  reply_consumer_ = consumer;
  reply_address_ = link_.broker().open_reply_address(consumer);
  if (!method.no_wait)
    link_.writer.send(id_, wire::BasicConsumeOk{.consumer_tag = method.consumer_tag});
  return {};
}

void Channel::cancel_replies() {
  link_.broker().close_reply_address(reply_consumer_);
  forget_consumer(std::exchange(reply_consumer_, {}));
  reply_address_.clear();
}

/// Nobody can wait here for a socket that is behind: beyond the bound a reply is lost, as it is
/// when its client has left.
bool Channel::has_room_for_reply() const {
  return link_.writer.output().size() < link_.settings.reply_octets_max;
}

}  // namespace amqp::session
