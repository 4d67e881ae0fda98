// The messages of a queue that only the log has.

#include <utility>

#include "amqp/broker/message_headers.h"
#include "amqp/broker/queue.h"
#include "core/base/check.h"

namespace amqp::broker {

void Queue::page_out(Position position, store::LogPlace place) {
  Slot* slot = slots_.find(position.value());
  CORE_CHECK(slot != nullptr && slot->state == SlotState::ready && slot->message && place);
  no_longer_ready(*slot);
  slot->message = nullptr;
  slot->place = place;
  now_ready(*slot);
}

Slot* Queue::next_without_message() {
  if (held_.paged == 0 || order_.size() == 0) return nullptr;
  Slot* slot = slots_.find(order_.next());
  return slot->message ? nullptr : slot;
}

bool Queue::next_is_paged() {
  const Slot* slot = next_without_message();
  return slot != nullptr && !slot->unreadable;
}

Queue::Wanted Queue::read_ahead(std::size_t octets_max) {
  Wanted wanted;
  std::size_t octets = 0;
  order_.look_ahead([&](std::uint64_t position) {
    const Slot& slot = *slots_.find(position);
    if (slot.unreadable) return true;
    if (slot.message) return false;  // what is behind it is read when that is gone
    wanted.positions.push_back(Position{position});
    wanted.places.push_back(slot.place);
    octets += slot.place.size;
    return octets < octets_max && wanted.positions.size() < kReadAheadCount;
  });
  return wanted;
}

void Queue::paged_in(Position position, port::MessagePtr message) {
  Slot* slot = slots_.find(position.value());
  if (slot == nullptr || slot->message || slot->state != SlotState::ready) return;
  if (!message) {
    slot->unreadable = true;
    return;
  }
  no_longer_ready(*slot);
  slot->message = std::move(message);
  if (policy_.type == QueueType::quorum && slot->returns > 0) {
    slot->message = with_delivery_count(*slot->message, slot->returns);
  }
  now_ready(*slot);
}

std::optional<Queue::Left> Queue::take_unreadable() {
  const Slot* slot = next_without_message();
  if (slot == nullptr || !slot->unreadable) return std::nullopt;
  return drop_next();
}

}  // namespace amqp::broker
