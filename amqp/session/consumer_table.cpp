#include "amqp/session/consumer_table.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"

namespace amqp::session {

bool ConsumerTable::add(Consumer consumer) {
  CORE_CHECK(consumers_.empty() || consumers_.back()->id < consumer.id);
  auto added = std::make_unique<Consumer>(std::move(consumer));
  if (!by_tag_.try_emplace(added->tag, added.get()).second) return false;
  consumers_.push_back(std::move(added));
  return true;
}

void ConsumerTable::erase(port::ConsumerId id) {
  const std::size_t place = place_of(id);
  CORE_CHECK(place < consumers_.size() && consumers_[place]->id == id);
  by_tag_.erase(consumers_[place]->tag);
  consumers_.erase(consumers_.begin() + static_cast<std::ptrdiff_t>(place));
}

void ConsumerTable::clear() {
  by_tag_.clear();
  consumers_.clear();
}

Consumer* ConsumerTable::find(port::ConsumerId id) {
  if (last_found_ >= consumers_.size() || consumers_[last_found_]->id != id) {
    const std::size_t place = place_of(id);
    if (place == consumers_.size() || consumers_[place]->id != id) return nullptr;
    last_found_ = place;
  }
  return consumers_[last_found_].get();
}

const Consumer* ConsumerTable::find(std::string_view tag) const {
  const auto found = by_tag_.find(tag);
  return found == by_tag_.end() ? nullptr : found->second;
}

std::size_t ConsumerTable::place_of(port::ConsumerId id) const {
  const auto at = std::lower_bound(
      consumers_.begin(), consumers_.end(), id,
      [](const auto& consumer, port::ConsumerId wanted) { return consumer->id < wanted; });
  return static_cast<std::size_t>(at - consumers_.begin());
}

}  // namespace amqp::session
