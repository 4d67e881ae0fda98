#include "registry/match/engine/state_memo.h"

#include <algorithm>
#include <utility>

namespace registry::match::engine {
namespace {

std::uint32_t hash_of(std::span<const std::uint32_t> state) {
  std::uint64_t hash = 0;
  for (const std::uint32_t word : state) {
    hash = (hash ^ word) * 0x9E3779B97F4A7C15U;
    hash ^= hash >> 32U;
  }
  return static_cast<std::uint32_t>(hash);
}

}  // namespace

void StateMemo::clear() {
  words_.clear();
  slots_.assign(kSlotsFirst, Slot{});
  states_ = 0;
}

std::uint32_t StateMemo::find_or_add(std::span<const std::uint32_t> state) {
  const std::uint32_t hash = hash_of(state);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < kProbesMax; ++i) {
    Slot& slot = slots_[(hash + i) & mask];
    if (slot.name != kUnknown) {
      if (slot.hash == hash && is_at(slot, state)) return slot.name;
      continue;
    }
    if (states_ == kStatesMax || words_.size() + state.size() >= kWordsMax) return kUnknown;
    words_.push_back(0);
    const auto name = static_cast<std::uint32_t>(words_.size());
    slot = {name, hash};
    words_.insert(words_.end(), state.begin(), state.end());
    if (++states_ * 2 > slots_.size()) grow();
    return name;
  }
  return kUnknown;
}

bool StateMemo::is_at(const Slot& slot, std::span<const std::uint32_t> state) const {
  // States of different lengths differ in their first words.
  if (words_.size() - slot.name < state.size()) return false;
  const auto known = words_.begin() + static_cast<std::ptrdiff_t>(slot.name);
  return std::equal(state.begin(), state.end(), known);
}

/// A state that finds no slot near its own is not found any more, which does no harm.
void StateMemo::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  std::swap(old, slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.name == kUnknown) continue;
    for (std::size_t i = 0; i < kProbesMax; ++i) {
      Slot& place = slots_[(slot.hash + i) & mask];
      if (place.name != kUnknown) continue;
      place = slot;
      break;
    }
  }
}

}  // namespace registry::match::engine
