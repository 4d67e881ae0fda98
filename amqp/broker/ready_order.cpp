#include "amqp/broker/ready_order.h"

#include <bit>

#include "core/base/check.h"

namespace amqp::broker {

std::size_t ReadyOrder::highest() const {
  CORE_CHECK(size_ > 0);
  std::size_t word = (levels_.size() - 1) / 64;
  while (busy_[word] == 0) --word;
  return word * 64 + 63 - static_cast<std::size_t>(std::countl_zero(busy_[word]));
}

void ReadyOrder::add(std::uint64_t position, std::uint8_t level) {
  Fifo<Run>& fresh = levels_[level].fresh;
  if (!fresh.empty() && fresh.back().first + fresh.back().count == position) {
    ++fresh.back().count;
  } else {
    fresh.push_back({position, 1});
  }
  mark(level);
  ++size_;
}

void ReadyOrder::came_back(std::uint64_t position, std::uint8_t level) {
  const bool is_new = levels_[level].returned.insert(position).second;
  CORE_CHECK(is_new);
  mark(level);
  ++size_;
}

std::uint64_t ReadyOrder::next() const {
  const Level& level = levels_[highest()];
  return level.returned.empty() ? level.fresh.front().first : *level.returned.begin();
}

std::uint64_t ReadyOrder::take_next() {
  const std::size_t number = highest();
  Level& level = levels_[number];
  std::uint64_t position = 0;
  if (!level.returned.empty()) {
    position = *level.returned.begin();
    level.returned.erase(level.returned.begin());
  } else {
    Run& run = level.fresh.front();
    position = run.first++;
    if (--run.count == 0) level.fresh.pop_front();
  }
  if (level.empty()) unmark(number);
  --size_;
  return position;
}

void ReadyOrder::clear() {
  for (Level& level : levels_) {
    level.fresh.clear();
    level.returned.clear();
  }
  busy_ = {};
  size_ = 0;
}

}  // namespace amqp::broker
