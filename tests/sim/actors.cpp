#include "tests/sim/actors.h"

namespace sim {

namespace wire = amqp::wire;

std::vector<std::string> plain_queues() { return {"plain.0", "plain.1", "plain.2"}; }
std::vector<std::string> work_queues() { return {"work.0", "work.1"}; }

// ---- Producer ----

void Producer::opened() {
  channel_ = model_.new_channel();
  declare_exchange(kTopic, "topic");
  for (const std::string& queue : plain_queues()) {
    declare_queue(queue);
    bind(queue, kTopic, queue);
    bind(queue, kTopic, "all.#");
  }
  send(wire::ConfirmSelect{});
}

void Producer::publish_one(Random& random) {
  const auto queues = plain_queues();
  Sent sent;
  const std::size_t which = random() % (queues.size() + 1);
  const std::string key = which < queues.size() ? queues[which] : "all." + std::to_string(number_);
  sent.queues = which < queues.size() ? std::vector{queues[which]} : queues;
  sent.body = std::to_string(number_) + "/" + std::to_string(++made_);
  sent.body.resize(sent.body.size() + random() % 200, '.');
  for (const std::string& queue : sent.queues) {
    model_.published(queue, sent.body, channel_, made_);
  }
  publish(kTopic, key, {}, sent.body);
  unconfirmed_.emplace(++confirms_, std::move(sent));
}

void Producer::answered(const wire::AnyMethod& method) {
  if (std::holds_alternative<wire::ConfirmSelectOk>(method)) ready_ = true;
  const auto* ack = std::get_if<wire::BasicAck>(&method);
  if (ack == nullptr) return;
  const auto last = unconfirmed_.find(ack->delivery_tag);
  world().witness.expect(last != unconfirmed_.end(), "confirmed what was not waiting for it",
                         std::to_string(ack->delivery_tag));
  if (last == unconfirmed_.end()) return;
  const auto first = ack->multiple ? unconfirmed_.begin() : last;
  for (auto it = first; it != std::next(last); ++it) {
    for (const std::string& queue : it->second.queues) model_.confirmed(queue, it->second.body);
  }
  unconfirmed_.erase(first, std::next(last));
}

void Producer::lost() {
  ready_ = false;
  confirms_ = 0;
  unconfirmed_.clear();
}

// ---- Consumer ----

void Consumer::opened() {
  declare_queue(queue_);
  consume(queue_, prefetch_);
}

void Consumer::received(const Message& message) {
  model_.delivered(queue_, message.body, message.redelivered);
  if (!gentle_ && random_() % 20 == 0) return reject(message.tag);
  kept_.emplace_back(message.tag, message.body);
  // Now and then it lets several come together.
  if (gentle_ || prefetch_ == 1 || random_() % 3 == 0) acknowledge_all();
}

void Consumer::acknowledge_all() {
  if (!connected() || kept_.empty()) return;
  ack(kept_.back().first, true);
  for (auto& [tag, body] : kept_) acker_.sent(octets_sent(), std::move(body));
  kept_.clear();
}

void Consumer::progressed() {
  acker_.taken(octets_taken(), [&](const std::string& body) { model_.acknowledged(queue_, body); });
}

void Consumer::lost() {
  kept_.clear();
  acker_.taken(octets_read(),
               [&](const std::string& body) { model_.perhaps_acknowledged(queue_, body); });
  acker_.clear();
  model_.disturbed(queue_);
}

// ---- Tourist ----

void Tourist::answered(const wire::AnyMethod& method) {
  const auto* declared = std::get_if<wire::QueueDeclareOk>(&method);
  if (declared == nullptr) return;
  bind(declared->queue, "amq.topic", "#");
  consume(declared->queue, 0, true);
}

}  // namespace sim
