#include "amqp/broker/queue_consumers.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"

namespace amqp::broker {

bool QueueConsumers::add(QueueConsumer consumer) {
  if (consumer.exclusive && (single_active_ || !order_.empty())) return false;
  if (order_.size() == 1 && order_.front()->exclusive) return false;

  if (free_numbers_.empty()) {
    numbered_.emplace_back();
    free_numbers_.push_back(static_cast<std::uint32_t>(numbered_.size()));
  }
  consumer.number = free_numbers_.back();
  free_numbers_.pop_back();
  auto added = std::make_unique<QueueConsumer>(std::move(consumer));
  QueueConsumer& held = *added;
  numbered_[held.number - 1] = std::move(added);
  const bool is_new = by_id_.emplace(held.id, &held).second;
  CORE_CHECK(is_new);
  order_.push_back(&held);

  auto line = std::find_if(lines_.begin(), lines_.end(),
                           [&](const Line& one) { return one.priority <= held.priority; });
  if (line == lines_.end() || line->priority != held.priority) {
    line = lines_.insert(line, Line{.priority = held.priority});
  }
  ++line->members;
  if (single_active_ && active_ == nullptr) active_ = &held;
  line_up(held);
  return true;
}

bool QueueConsumers::remove(port::ConsumerId id) {
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return false;
  QueueConsumer& consumer = *found->second;
  step_out(consumer);
  by_id_.erase(found);
  order_.erase(std::find(order_.begin(), order_.end(), &consumer));
  if (Line& line = line_of(consumer); --line.members == 0) {
    lines_.erase(lines_.begin() + (&line - lines_.data()));
  }
  consumer.gone = true;
  const bool was_active = active_ == &consumer;
  if (consumer.unacked == 0) forget(consumer);
  if (was_active) choose_active();
  return true;
}

void QueueConsumers::choose_active() {
  active_ = nullptr;
  for (QueueConsumer* consumer : order_) {
    if (active_ == nullptr || consumer->priority > active_->priority) active_ = consumer;
  }
  if (active_ != nullptr) line_up(*active_);
}

void QueueConsumers::forget(QueueConsumer& consumer) {
  const std::uint32_t number = consumer.number;
  free_numbers_.push_back(number);
  numbered_[number - 1] = nullptr;
}

QueueConsumer* QueueConsumers::next() const {
  if (in_line_ == 0) return nullptr;
  for (const Line& line : lines_) {
    if (line.front != nullptr) return line.front;
  }
  return nullptr;
}

void QueueConsumers::given(QueueConsumer& consumer) {
  if (consumer.window != 0) ++consumer.under_way;
  if (!consumer.no_ack) ++consumer.unacked;
  step_out(consumer);
  line_up(consumer);
}

void QueueConsumers::released(std::uint32_t number) {
  if (number == 0) return;
  QueueConsumer& consumer = *numbered_[number - 1];
  CORE_CHECK(consumer.unacked > 0);
  --consumer.unacked;
  if (!consumer.gone) {
    line_up(consumer);
  } else if (consumer.unacked == 0) {
    forget(consumer);
  }
}

void QueueConsumers::arrived(QueueConsumer& consumer, std::uint32_t count) {
  CORE_CHECK(consumer.under_way >= count);
  consumer.under_way -= count;
  line_up(consumer);
}

void QueueConsumers::block(QueueConsumer& consumer) {
  consumer.blocked = true;
  step_out(consumer);
}

void QueueConsumers::unblock(QueueConsumer& consumer) {
  consumer.blocked = false;
  line_up(consumer);
}

QueueConsumer* QueueConsumers::find(port::ConsumerId consumer) {
  const auto found = by_id_.find(consumer);
  return found == by_id_.end() ? nullptr : found->second;
}

const QueueConsumer* QueueConsumers::numbered(std::uint32_t number) const {
  if (number == 0) return nullptr;
  const QueueConsumer* consumer = numbered_[number - 1].get();
  return consumer == nullptr || consumer->gone ? nullptr : consumer;
}

QueueConsumers::Line& QueueConsumers::line_of(const QueueConsumer& consumer) {
  if (lines_.size() == 1) return lines_.front();
  return *std::lower_bound(
      lines_.begin(), lines_.end(), consumer.priority,
      [](const Line& line, std::int64_t wanted) { return line.priority > wanted; });
}

void QueueConsumers::line_up(QueueConsumer& consumer) {
  if (consumer.in_line || !consumer.has_credit() || !is_active(consumer)) return;
  Line& line = line_of(consumer);
  consumer.ahead = line.back;
  consumer.behind = nullptr;
  (line.back == nullptr ? line.front : line.back->behind) = &consumer;
  line.back = &consumer;
  consumer.in_line = true;
  ++in_line_;
}

void QueueConsumers::step_out(QueueConsumer& consumer) {
  if (!consumer.in_line) return;
  Line& line = line_of(consumer);
  (consumer.ahead == nullptr ? line.front : consumer.ahead->behind) = consumer.behind;
  (consumer.behind == nullptr ? line.back : consumer.behind->ahead) = consumer.ahead;
  consumer.in_line = false;
  --in_line_;
}

void QueueConsumers::check_invariants() const {
  std::size_t in_lines = 0;
  std::size_t members = 0;
  for (const Line& line : lines_) {
    const QueueConsumer* ahead = nullptr;
    for (const QueueConsumer* one = line.front; one != nullptr; one = one->behind) {
      CORE_CHECK(one->in_line && one->ahead == ahead && one->priority == line.priority);
      ahead = one;
      ++in_lines;
    }
    CORE_CHECK(line.back == ahead && line.members > 0);
    members += line.members;
  }
  CORE_CHECK(in_lines == in_line_ && members == order_.size());
  CORE_CHECK(by_id_.size() == order_.size());
  for (const QueueConsumer* consumer : order_) {
    CORE_CHECK(!consumer->gone && numbered_[consumer->number - 1].get() == consumer);
    CORE_CHECK(consumer->in_line == (consumer->has_credit() && is_active(*consumer)));
  }
  CORE_CHECK(!single_active_ || (active_ == nullptr) == order_.empty());
}

}  // namespace amqp::broker
