#include "tests/sim/actors.h"

namespace sim {

namespace wire = amqp::wire;

namespace {
constexpr std::uint8_t kPersistent = 2;  // delivery-mode
}  // namespace

std::vector<std::string> plain_queues() { return {"plain.0", "plain.1", "plain.2"}; }
std::vector<std::string> work_queues() { return {"work.0", "work.1"}; }

// ---- Producer ----

void Producer::opened() {
  channel_ = model_.new_channel();
  const bool durable = lasting_ == Lasting::yes;
  declare_exchange(kTopic, "topic", durable);
  for (const std::string& queue : plain_queues()) {
    declare_queue(queue, false, durable);
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
  const bool persistent = lasting_ == Lasting::yes && random() % 4 != 0;
  for (const std::string& queue : sent.queues) {
    model_.published(queue, sent.body, channel_, made_, persistent);
  }
  amqp::wire::Properties properties;
  if (persistent) properties.delivery_mode = kPersistent;
  publish(kTopic, key, properties, sent.body);
  unconfirmed_.emplace(++confirms_, std::move(sent));
}

void Producer::answered(const wire::AnyMethod& method) {
  if (std::holds_alternative<wire::ConfirmSelectOk>(method)) ready_ = true;
  if (const auto* ack = std::get_if<wire::BasicAck>(&method)) {
    told(ack->delivery_tag, ack->multiple, true);
  } else if (const auto* nack = std::get_if<wire::BasicNack>(&method)) {
    told(nack->delivery_tag, nack->multiple, false);
  }
}

void Producer::told(std::uint64_t tag, bool multiple, bool confirmed) {
  const auto last = unconfirmed_.find(tag);
  world().witness.expect(last != unconfirmed_.end(), "confirmed what was not waiting for it",
                         std::to_string(tag));
  if (last == unconfirmed_.end()) return;
  const auto first = multiple ? unconfirmed_.begin() : last;
  for (auto it = first; confirmed && it != std::next(last); ++it) {
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
  declare_queue(queue_, false, lasting_ == Lasting::yes);
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
