// Transactions (AMQP 0-9-1 §1.9), as RabbitMQ reads them: publishes and settlements of the channel
// take effect at commit. A commit is answered when every message is where it must be, which for a
// persistent one in a durable queue is the disk.

#include <utility>

#include "amqp/session/channel.h"

namespace amqp::session {

Outcome Channel::on(wire::TxSelect& method) {
  if (confirms_) {
    return refuse(wire::kPreconditionFailed, "cannot switch from confirm to tx mode", method.id);
  }
  if (!transaction_) transaction_ = std::make_unique<Transaction>();
  link_.writer.send(id_, wire::TxSelectOk{});
  return {};
}

Outcome Channel::on(wire::TxRollback& method) {
  if (!transaction_) {
    return refuse(wire::kPreconditionFailed, "channel is not transactional", method.id);
  }
  link_.held_octets -= transaction_->octets();
  static_cast<void>(transaction_->take());
  unacked_.release_held();
  link_.writer.send(id_, wire::TxRollbackOk{});
  return {};
}

/// Of a transactional channel: a publish waits for the commit. What would be refused then is
/// refused now.
Outcome Channel::hold_publish(const core::BytesView& properties, const core::BytesView& body) {
  const auto method = wire::BasicPublish::id;
  auto may =
      link_.broker().may_publish(link_.connection, assembly_.exchange(), assembly_.routing_key());
  if (!may) {
    return refuse(may.error().code, may.error().text, method);
  }
  if (transaction_->size() >= link_.settings.transaction_publishes_max) {
    return refuse(wire::kPreconditionFailed,
                  "a transaction holds at most " +
                      std::to_string(link_.settings.transaction_publishes_max) + " messages",
                  method);
  }
  const std::size_t octets_before = transaction_->octets();
  transaction_->hold(port::make_message({.exchange = assembly_.exchange(),
                                         .routing_key = assembly_.routing_key(),
                                         .properties = properties,
                                         .body = body,
                                         .traits = properties_.traits}),
                     assembly_.mandatory());
  link_.held_octets += transaction_->octets() - octets_before;
  if (link_.held_octets > link_.settings.transaction_octets_max) {
    return refuse(wire::kResourceError, "transactions hold too much", method);
  }
  return {};
}

Outcome Channel::on(wire::TxCommit& method) {
  if (!transaction_) {
    return refuse(wire::kPreconditionFailed, "channel is not transactional", method.id);
  }
  // An exchange that has gone meanwhile fails the commit before anything has happened.
  for (const Transaction::HeldPublish& held : transaction_->publishes()) {
    const auto may = link_.broker().may_publish(link_.connection, held.message->exchange,
                                                held.message->routing_key);
    if (!may) return refuse(may.error().code, may.error().text, method.id);
  }
  unanswered_ = Unanswered{.method = method.id, .when_done = wire::TxCommitOk{}};
  link_.unanswered = id_;
  transaction_->begin_step();  // so that it is not done before all has been set in motion
  link_.held_octets -= transaction_->octets();
  for (const Transaction::HeldPublish& held : transaction_->take()) commit_publish(held);
  for (const auto how :
       {port::Settlement::acknowledge, port::Settlement::discard, port::Settlement::requeue}) {
    std::vector<port::Settled> taken;
    unacked_.take_held(how, taken);
    link_.settle(how, taken);
  }
  end_commit_step(true);
  return {};
}

void Channel::commit_publish(const Transaction::HeldPublish& held) {
  const port::Message& message = *held.message;
  transaction_->begin_step();
  const auto routed = link_.broker().publish(link_.connection, port_id(),
                                             {.exchange = message.exchange,
                                              .routing_key = message.routing_key,
                                              .properties = message.properties,
                                              .body = message.body,
                                              .traits = message.traits,
                                              .confirm_sequence = label(++committed_)},
                                             link_.now);
  if (routed && *routed == port::Routed::queued) return;  // `confirmed` ends the step
  if (routed && held.mandatory) {
    send_return(message.exchange, message.routing_key, message.properties, message.body);
  }
  end_commit_step(routed.has_value());
}

void Channel::end_commit_step(bool well) {
  transaction_->end_step(well);
  if (!transaction_->done()) return;
  const Unanswered asked = *std::exchange(unanswered_, std::nullopt);
  if (transaction_->take_failed()) {
    link_.refusal = wire::ProtocolError{wire::kPreconditionFailed, "partial tx completion", false,
                                        asked.method};
    return;
  }
  link_.writer.send(id_, asked.when_done);
  link_.unanswered.reset();
}

}  // namespace amqp::session
