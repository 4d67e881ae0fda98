#include "amqp/broker/queue.h"

#include <algorithm>
#include <chrono>

#include "amqp/broker/message_headers.h"
#include "core/base/check.h"
#include "core/memory/prefetch.h"

namespace amqp::broker {
namespace {

void measure(Slot& slot) {
  slot.properties_octets = static_cast<std::uint32_t>(slot.message->properties.size());
  slot.body_octets = static_cast<std::uint32_t>(slot.message->body.size());
}

}  // namespace

Queue::Queue(port::QueueId id, bool auto_delete, QueuePolicy policy, SlotPool& pool)
    : id_(id),
      auto_delete_(auto_delete),
      policy_(std::move(policy)),
      held_by_all_(pool.held),
      slots_(pool),
      order_(policy_.priority_max),
      consumers_(policy_.single_active_consumer) {}

Queue::~Queue() { clear(); }

void Queue::now_ready(const Slot& slot) {
  ready_body_octets_ += slot.body_octets;
  for (Holdings* held : {&held_, &held_by_all_}) {
    ++held->ready;
    held->ready_octets += slot.octets();
    if (slot.message) continue;
    ++held->paged;
    held->paged_octets += slot.octets();
  }
}

void Queue::no_longer_ready(const Slot& slot) {
  ready_body_octets_ -= slot.body_octets;
  for (Holdings* held : {&held_, &held_by_all_}) {
    --held->ready;
    held->ready_octets -= slot.octets();
    if (slot.message) continue;
    --held->paged;
    held->paged_octets -= slot.octets();
  }
}

void Queue::now_unacked(const Slot& slot) {
  for (Holdings* held : {&held_, &held_by_all_}) {
    ++held->unacked;
    held->unacked_octets += slot.octets();
  }
}

void Queue::no_longer_unacked(const Slot& slot) {
  for (Holdings* held : {&held_, &held_by_all_}) {
    --held->unacked;
    held->unacked_octets -= slot.octets();
  }
}

core::Instant Queue::expiry(const port::Message& message, core::Instant now) const {
  core::Instant expires = message.expires;
  const auto live_for = [&](const std::optional<core::Duration>& ttl) {
    // A message that may not wait at all may still be given out in this very turn.
    if (ttl) expires = std::min(expires, now + std::max(*ttl, core::Duration{1}));
  };
  live_for(policy_.message_ttl);
  live_for(message.traits.ttl);
  return expires;
}

Queue::Position Queue::enqueue(port::MessagePtr message, core::Instant expires,
                               store::LogPlace place) {
  const std::uint64_t position = next_position_++;
  Slot& slot = slots_.occupy(position);
  slot.level = order_.level_of(message->traits.priority);
  slot.message = std::move(message);
  measure(slot);
  slot.expires = expires;
  slot.place = place;
  now_in_line(position, slot);
  return Position{position};
}

void Queue::now_in_line(std::uint64_t position, Slot& slot) {
  slot.state = SlotState::ready;
  if (slot.expires != core::Instant::max()) may_expire_ = true;
  order_.add(position, slot.level);
  now_ready(slot);
}

void Queue::restore(Restored restored) {
  const std::uint64_t position = restored.position.value();
  CORE_CHECK(position >= next_position_ && (restored.message || restored.place));
  next_position_ = position + 1;
  Slot& slot = slots_.occupy(position);
  slot.properties_octets = restored.properties_octets;
  slot.body_octets = restored.body_octets;
  slot.level = order_.level_of(restored.message ? restored.message->traits.priority
                                                : restored.priority);
  slot.message = std::move(restored.message);
  if (slot.message) measure(slot);
  slot.expires = restored.expires;
  slot.place = restored.place;
  slot.redelivered = restored.redelivered;
  now_in_line(position, slot);
}

void Queue::continue_after(Position position) {
  next_position_ = std::max(next_position_, position.value() + 1);
}

std::uint32_t Queue::second_of(core::Instant now) {
  return static_cast<std::uint32_t>(
      std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count());
}

/// Messages that waited for long are in no cache any more. The next but one is fetched while the
/// ones before it are written out, which takes longer.
void Queue::fetch_ahead(std::uint64_t position, const Slot& slot) {
  constexpr std::size_t kAhead = 2;
  if (position % Chunk::kSlots + kAhead >= Chunk::kSlots) return;
  const Slot& ahead = *(&slot + kAhead);  // in the same chunk, vacant perhaps
  if (ahead.message) core::prefetch(ahead.message.get(), sizeof(port::Message) + ahead.octets());
}

Queue::Taken Queue::take_next() {
  const std::uint64_t position = order_.take_next();
  Slot* slot = slots_.find(position);
  CORE_CHECK(slot != nullptr);
  fetch_ahead(position, *slot);
  no_longer_ready(*slot);
  return {Position{position}, slot};
}

Queue::Left Queue::remove(Taken taken) {
  Left left{taken.position, std::move(taken.slot->message), taken.slot->place};
  slots_.vacate(taken.position.value());
  return left;
}

std::optional<Queue::Delivery> Queue::deliver(core::Instant now) {
  if (order_.size() == 0) return std::nullopt;
  QueueConsumer* consumer = consumers_.next();
  if (consumer == nullptr || next_without_message() != nullptr) return std::nullopt;
  consumers_.given(*consumer);
  return hand_over(*consumer, now);
}

std::optional<Queue::Delivery> Queue::get(bool no_ack, core::Instant now) {
  if (order_.size() == 0 || next_without_message() != nullptr) return std::nullopt;
  QueueConsumer nobody;
  nobody.no_ack = no_ack;
  return hand_over(nobody, now);
}

std::optional<Queue::Delivery> Queue::hand_over(const QueueConsumer& to, core::Instant now) {
  const Taken taken = take_next();
  Slot& slot = *taken.slot;
  std::optional<Delivery> delivery{std::in_place};
  delivery->message.consumer = to.id;
  delivery->message.queue = id_;
  delivery->message.position = taken.position;
  delivery->message.redelivered = slot.redelivered;
  delivery->no_ack = to.no_ack;
  delivery->place = slot.place;
  delivery->expires = slot.expires;
  if (to.no_ack) {
    delivery->message.message = std::move(remove(taken).message);
    return delivery;
  }
  delivery->message.message = slot.message;
  slot.state = SlotState::unacked;
  slot.consumer = to.number;
  slot.given_second = second_of(now);
  now_unacked(slot);
  return delivery;
}

Slot* Queue::unacked(Position position) {
  Slot* slot = slots_.find(position.value());
  return slot != nullptr && slot->state == SlotState::unacked ? slot : nullptr;
}

void Queue::give_back(const port::Delivery& delivery, bool no_ack, store::LogPlace place,
                      core::Instant expires) {
  QueueConsumer* consumer = consumers_.find(delivery.consumer);
  if (consumer != nullptr && consumer->window != 0) consumers_.arrived(*consumer, 1);
  Slot* slot = nullptr;
  if (no_ack) {
    slot = &slots_.occupy(delivery.position.value());
    slot->message = delivery.message;
    measure(*slot);
    slot->level = order_.level_of(delivery.message->traits.priority);
    slot->expires = std::min(expires, delivery.message->expires);
    slot->place = place;
    slot->redelivered = delivery.redelivered;
  } else {
    slot = unacked(delivery.position);
    if (slot == nullptr) return;  // settled by a client in a hurry
    no_longer_unacked(*slot);
    consumers_.released(slot->consumer);
  }
  slot->state = SlotState::ready;
  order_.came_back(delivery.position.value(), slot->level);
  now_ready(*slot);
}

void Queue::turned_down(const port::Delivery& delivery, bool no_ack, store::LogPlace place,
                        core::Instant expires) {
  QueueConsumer* consumer = consumers_.find(delivery.consumer);
  if (consumer != nullptr) consumers_.block(*consumer);
  give_back(delivery, no_ack, place, expires);
}

void Queue::put_back(const port::Delivery& delivery, bool no_ack, store::LogPlace place,
                     core::Instant expires) {
  give_back(delivery, no_ack, place, expires);
}

void Queue::resume(port::ConsumerId id) {
  QueueConsumer* consumer = consumers_.find(id);
  if (consumer != nullptr) consumers_.unblock(*consumer);
}

void Queue::arrived(port::ConsumerId id, std::uint32_t count) {
  QueueConsumer* consumer = consumers_.find(id);
  if (consumer != nullptr) consumers_.arrived(*consumer, count);
}

std::optional<Queue::Left> Queue::settle(Position position) {
  Slot* slot = unacked(position);
  if (slot == nullptr) return std::nullopt;
  no_longer_unacked(*slot);
  consumers_.released(slot->consumer);
  return remove({position, slot});
}

Queue::Requeued Queue::requeue(Position position) {
  Slot* slot = unacked(position);
  if (slot == nullptr) return {};
  ++slot->returns;
  if (policy_.delivery_limit && slot->returns > *policy_.delivery_limit) {
    return {true, settle(position)};
  }
  no_longer_unacked(*slot);
  consumers_.released(slot->consumer);
  if (policy_.type == QueueType::quorum) {
    slot->message = with_delivery_count(*slot->message, slot->returns);
    measure(*slot);
  }
  slot->state = SlotState::ready;
  slot->redelivered = true;
  order_.came_back(position.value(), slot->level);
  now_ready(*slot);
  return {true, std::nullopt};
}

core::Instant Queue::next_expiry() {
  if (!may_expire_ || order_.size() == 0) return core::Instant::max();
  return slots_.find(order_.next())->expires;
}

std::optional<Queue::Left> Queue::take_expired(core::Instant now) {
  if (next_expiry() > now) return std::nullopt;
  return drop_next();
}

Queue::Left Queue::drop_next() { return remove(take_next()); }

void Queue::clear() {
  held_by_all_.ready -= held_.ready;
  held_by_all_.ready_octets -= held_.ready_octets;
  held_by_all_.unacked -= held_.unacked;
  held_by_all_.unacked_octets -= held_.unacked_octets;
  held_by_all_.paged -= held_.paged;
  held_by_all_.paged_octets -= held_.paged_octets;
  held_ = {};
  ready_body_octets_ = 0;
  order_.clear();
  slots_.clear();
}

bool Queue::over_limit() const {
  return (policy_.length_max && order_.size() > *policy_.length_max) ||
         (policy_.octets_max && ready_body_octets_ > *policy_.octets_max);
}

bool Queue::would_overflow(const port::Message& message) const {
  return (policy_.length_max && order_.size() >= *policy_.length_max) ||
         (policy_.octets_max && ready_body_octets_ + message.body.size() > *policy_.octets_max);
}

bool Queue::add_consumer(QueueConsumer consumer) {
  if (!consumers_.add(std::move(consumer))) return false;
  was_consumed_ = true;
  return true;
}

Queue::Overdue Queue::overdue(std::uint32_t second) {
  Overdue overdue;
  slots_.each([&](std::uint64_t, const Slot& slot) {
    if (slot.state != SlotState::unacked) return;
    const QueueConsumer* consumer = consumers_.numbered(slot.consumer);
    if (consumer == nullptr) return;
    if (slot.given_second > second) {
      overdue.next_second = std::min(overdue.next_second, slot.given_second);
    } else if (std::find(overdue.consumers.begin(), overdue.consumers.end(), consumer->id) ==
               overdue.consumers.end()) {
      overdue.consumers.push_back(consumer->id);
    }
  });
  return overdue;
}

bool Queue::moved(Position position, store::LogPlace place) {
  Slot* slot = slots_.find(position.value());
  if (slot == nullptr) return false;
  slot->place = place;
  return true;
}

void Queue::check_invariants() {
  Holdings counted;
  slots_.each([&](std::uint64_t position, const Slot& slot) {
    const bool ready = slot.state == SlotState::ready;
    CORE_CHECK(position < next_position_ && (slot.message || (ready && slot.place)));
    if (!slot.message) ++counted.paged;
    ++(ready ? counted.ready : counted.unacked);
    (ready ? counted.ready_octets : counted.unacked_octets) += slot.octets();
  });
  CORE_CHECK(counted.ready == held_.ready && counted.unacked == held_.unacked);
  CORE_CHECK(counted.paged == held_.paged);
  CORE_CHECK(counted.octets() == held_.octets() && held_.ready == order_.size());
  order_.each([&](std::uint64_t position, std::uint8_t level) {
    const Slot* slot = slots_.find(position);
    CORE_CHECK(slot != nullptr && slot->state == SlotState::ready && slot->level == level);
  });
  consumers_.check_invariants();
}

}  // namespace amqp::broker
