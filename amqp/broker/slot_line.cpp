#include "amqp/broker/slot_line.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"

namespace amqp::broker {

std::unique_ptr<Chunk> SlotPool::take(std::uint64_t number) {
  std::unique_ptr<Chunk> chunk;
  if (spare_.empty()) {
    chunk = std::make_unique<Chunk>();
  } else {
    chunk = std::move(spare_.back());
    spare_.pop_back();
  }
  chunk->number = number;
  return chunk;
}

void SlotPool::give(std::unique_ptr<Chunk> chunk) {
  CORE_CHECK(chunk->live == 0);
  if (spare_.size() < kSpareMax) spare_.push_back(std::move(chunk));
}

std::size_t SlotLine::index_of(std::uint64_t number) const {
  if (first_ == chunks_.size() || number <= chunks_[first_]->number) return first_;
  // Without gaps the chunk is here; a gap before it puts it nearer to the front.
  const std::uint64_t ahead = number - chunks_[first_]->number;
  const std::size_t size = chunks_.size() - first_;
  if (ahead < size && chunks_[first_ + ahead]->number == number) return first_ + ahead;
  if (chunks_.back()->number <= number) {
    return chunks_.back()->number == number ? chunks_.size() - 1 : chunks_.size();
  }
  const auto found =
      std::lower_bound(chunks_.begin() + static_cast<std::ptrdiff_t>(first_), chunks_.end(), number,
                       [](const std::unique_ptr<Chunk>& chunk, std::uint64_t wanted) {
                         return chunk->number < wanted;
                       });
  return static_cast<std::size_t>(found - chunks_.begin());
}

Slot* SlotLine::find(std::uint64_t position) {
  const std::uint64_t number = position / Chunk::kSlots;
  const std::size_t index = index_of(number);
  if (index == chunks_.size() || chunks_[index]->number != number) return nullptr;
  Slot& slot = chunks_[index]->slots[position % Chunk::kSlots];
  return slot.state == SlotState::vacant ? nullptr : &slot;
}

Slot& SlotLine::occupy(std::uint64_t position) {
  const std::uint64_t number = position / Chunk::kSlots;
  const std::size_t index = index_of(number);
  if (index == chunks_.size() || chunks_[index]->number != number) {
    chunks_.insert(chunks_.begin() + static_cast<std::ptrdiff_t>(index), pool_.take(number));
  }
  Chunk& chunk = *chunks_[index];
  Slot& slot = chunk.slots[position % Chunk::kSlots];
  CORE_CHECK(slot.state == SlotState::vacant);
  ++chunk.live;
  return slot;
}

void SlotLine::vacate(std::uint64_t position) {
  const std::size_t index = index_of(position / Chunk::kSlots);
  Chunk& chunk = *chunks_[index];
  Slot& slot = chunk.slots[position % Chunk::kSlots];
  CORE_CHECK(slot.state != SlotState::vacant);
  slot = Slot{};
  if (--chunk.live == 0) remove(index);
}

void SlotLine::remove(std::size_t index) {
  pool_.give(std::move(chunks_[index]));
  if (index != first_) {
    chunks_.erase(chunks_.begin() + static_cast<std::ptrdiff_t>(index));
    return;
  }
  ++first_;
  // Moving the rest forward costs what was taken from the front before, at most.
  if (first_ * 2 < chunks_.size()) return;
  chunks_.erase(chunks_.begin(), chunks_.begin() + static_cast<std::ptrdiff_t>(first_));
  first_ = 0;
}

void SlotLine::clear() {
  for (std::size_t i = first_; i < chunks_.size(); ++i) {
    for (Slot& slot : chunks_[i]->slots) slot = Slot{};
    chunks_[i]->live = 0;
    pool_.give(std::move(chunks_[i]));
  }
  chunks_.clear();
  first_ = 0;
}

}  // namespace amqp::broker
