#include "amqp/broker/queue.h"

#include <algorithm>

#include "core/base/check.h"

namespace amqp::broker {

Queue::Queue(port::QueueId id, std::string name, bool auto_delete)
    : id_(id), name_(std::move(name)), auto_delete_(auto_delete) {}

Queue::Position Queue::enqueue(port::MessagePtr message) {
  const Position position{next_position_++};
  fresh_.push_back({position, std::move(message)});
  return position;
}

port::Delivery Queue::take_oldest() {
  port::Delivery oldest;
  oldest.queue = id_;
  if (!returned_.empty()) {
    auto node = returned_.extract(returned_.begin());
    oldest.position = node.key();
    oldest.redelivered = node.mapped().redelivered;
    oldest.message = std::move(node.mapped().message);
  } else {
    oldest.position = fresh_.front().position;
    oldest.message = std::move(fresh_.front().message);
    fresh_.pop_front();
  }
  return oldest;
}

std::optional<Queue::Delivery> Queue::deliver() {
  if (line_.empty() || ready_count() == 0) return std::nullopt;
  QueueConsumer& consumer = *line_.front();
  line_.pop_front();
  consumer.in_line = false;

  Delivery delivery{take_oldest(), consumer.no_ack};
  delivery.message.consumer = consumer.id;
  if (consumer.window != 0) ++consumer.under_way;
  if (!consumer.no_ack) {
    ++consumer.unacked;
    unacked_.emplace(delivery.message.position,
                     Held{delivery.message.message, delivery.message.redelivered});
  }
  line_up(consumer);
  return delivery;
}

std::optional<port::Delivery> Queue::get(bool no_ack) {
  if (ready_count() == 0) return std::nullopt;
  port::Delivery delivery = take_oldest();
  if (!no_ack) {
    unacked_.emplace(delivery.position, Held{delivery.message, delivery.redelivered});
  }
  return delivery;
}

void Queue::give_back(const port::Delivery& delivery, bool no_ack) {
  QueueConsumer* consumer = find(delivery.consumer);
  if (consumer != nullptr && consumer->window != 0) {
    CORE_CHECK(consumer->under_way > 0);
    --consumer->under_way;
    line_up(*consumer);
  }
  if (!no_ack) {
    if (unacked_.erase(delivery.position) == 0) return;  // settled by a client in a hurry
    release(delivery.consumer);
  }
  returned_.emplace(delivery.position, Held{delivery.message, delivery.redelivered});
}

void Queue::turned_down(const port::Delivery& delivery, bool no_ack) {
  if (QueueConsumer* consumer = find(delivery.consumer); consumer != nullptr) {
    consumer->blocked = true;
    if (consumer->in_line) {
      line_.erase(std::find(line_.begin(), line_.end(), consumer));
      consumer->in_line = false;
    }
  }
  give_back(delivery, no_ack);
}

void Queue::put_back(const port::Delivery& delivery, bool no_ack) { give_back(delivery, no_ack); }

void Queue::resume(port::ConsumerId id) {
  QueueConsumer* consumer = find(id);
  if (consumer == nullptr) return;
  consumer->blocked = false;
  line_up(*consumer);
}

void Queue::arrived(port::ConsumerId id, std::uint32_t count) {
  QueueConsumer* consumer = find(id);
  if (consumer == nullptr) return;
  CORE_CHECK(consumer->under_way >= count);
  consumer->under_way -= count;
  line_up(*consumer);
}

port::MessagePtr Queue::settle(Position position, port::ConsumerId consumer) {
  auto node = unacked_.extract(position);
  if (node.empty()) return nullptr;
  release(consumer);
  return std::move(node.mapped().message);
}

bool Queue::requeue(Position position, port::ConsumerId consumer) {
  auto node = unacked_.extract(position);
  if (node.empty()) return false;
  release(consumer);
  returned_.emplace(position, Held{std::move(node.mapped().message), true});
  return true;
}

std::vector<Queue::Purged> Queue::take_expired(core::Instant now) {
  std::vector<Purged> expired;
  const auto is_due = [now](const port::MessagePtr& message) { return message->expires <= now; };
  while (!returned_.empty() && is_due(returned_.begin()->second.message)) {
    auto node = returned_.extract(returned_.begin());
    expired.push_back({node.key(), std::move(node.mapped().message)});
  }
  while (returned_.empty() && !fresh_.empty() && is_due(fresh_.front().message)) {
    expired.push_back({fresh_.front().position, std::move(fresh_.front().message)});
    fresh_.pop_front();
  }
  return expired;
}

std::vector<Queue::Purged> Queue::purge() {
  std::vector<Purged> purged;
  purged.reserve(ready_count());
  for (auto& [position, held] : returned_) purged.push_back({position, std::move(held.message)});
  for (Fresh& fresh : fresh_) purged.push_back({fresh.position, std::move(fresh.message)});
  returned_.clear();
  fresh_.clear();
  return purged;
}

std::vector<Queue::Purged> Queue::take_all() {
  std::vector<Purged> all = purge();
  for (auto& [position, held] : unacked_) all.push_back({position, std::move(held.message)});
  unacked_.clear();
  return all;
}

bool Queue::add_consumer(QueueConsumer consumer) {
  const auto exclusive = [](const auto& held) { return held.second->exclusive; };
  if (consumer.exclusive && !consumers_.empty()) return false;
  if (consumers_.size() == 1 && exclusive(*consumers_.begin())) return false;

  auto added = std::make_unique<QueueConsumer>(std::move(consumer));
  QueueConsumer& held = *added;
  const bool is_new = consumers_.emplace(held.id, std::move(added)).second;
  CORE_CHECK(is_new);
  order_.push_back(held.id);
  was_consumed_ = true;
  line_up(held);
  return true;
}

bool Queue::remove_consumer(port::ConsumerId id) {
  const auto found = consumers_.find(id);
  if (found == consumers_.end()) return false;
  if (found->second->in_line) {
    line_.erase(std::find(line_.begin(), line_.end(), found->second.get()));
  }
  consumers_.erase(found);
  order_.erase(std::find(order_.begin(), order_.end(), id));
  return true;
}

QueueConsumer* Queue::find(port::ConsumerId consumer) {
  const auto found = consumers_.find(consumer);
  return found == consumers_.end() ? nullptr : found->second.get();
}

void Queue::line_up(QueueConsumer& consumer) {
  if (consumer.in_line || !consumer.has_credit()) return;
  consumer.in_line = true;
  line_.push_back(&consumer);
}

void Queue::release(port::ConsumerId id) {
  QueueConsumer* consumer = find(id);
  if (consumer == nullptr || consumer->no_ack) return;
  CORE_CHECK(consumer->unacked > 0);
  --consumer->unacked;
  line_up(*consumer);
}

void Queue::check_invariants() const {
  for (const auto& [position, held] : returned_) {
    CORE_CHECK(held.message != nullptr);
    CORE_CHECK(unacked_.count(position) == 0);
    CORE_CHECK(fresh_.empty() || position < fresh_.front().position);
  }
  for (std::size_t i = 1; i < fresh_.size(); ++i) {
    CORE_CHECK(fresh_[i - 1].position < fresh_[i].position);
  }
  for (const auto& [position, held] : unacked_) {
    CORE_CHECK(held.message != nullptr);
    CORE_CHECK(fresh_.empty() || position < fresh_.front().position);
  }
  for (const auto& [id, consumer] : consumers_) {
    CORE_CHECK(consumer->in_line == consumer->has_credit());
    CORE_CHECK(std::count(line_.begin(), line_.end(), consumer.get()) ==
               (consumer->in_line ? 1 : 0));
  }
  CORE_CHECK(consumers_.size() == order_.size());
}

}  // namespace amqp::broker
