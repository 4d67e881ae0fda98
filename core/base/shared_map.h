#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace core {

/// An ordered map that never changes: `with` and `without` give a map that shares with this one all
/// but what they touched, so that a change of one among n costs a copy of a few dozen entries and
/// of n / kChunkMax pointers. Copies of a map share everything. Any number of threads may read one.
///
/// Iterating gives the values in the order of their keys.
///
/// Invariants
///   no chunk is empty, and none holds more than kChunkMax entries
///   keys ascend within a chunk and from one chunk to the next
template <typename Key, typename Value>
class SharedMap {
 public:
  static constexpr std::size_t kChunkMax = 64;

  struct Entry {
    Key key;
    Value value;
  };

  SharedMap() = default;
  /// Entries in any order; of those with one key the last one stays.
  explicit SharedMap(std::vector<Entry> entries) {
    std::stable_sort(entries.begin(), entries.end(),
                     [](const Entry& left, const Entry& right) { return left.key < right.key; });
    if (entries.empty()) return;
    Slots slots;
    Chunk chunk;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (i + 1 < entries.size() && !(entries[i].key < entries[i + 1].key)) continue;
      chunk.push_back(std::move(entries[i]));
      ++size_;
      if (chunk.size() == kChunkMax / 2) slots.push_back(slot_for(std::exchange(chunk, {})));
    }
    if (!chunk.empty()) slots.push_back(slot_for(std::move(chunk)));
    slots_ = std::make_shared<const Slots>(std::move(slots));
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }

  /// The value of that key, as long as this map or a copy of it lives; null when there is none.
  [[nodiscard]] const Value* find(const Key& key) const {
    if (empty()) return nullptr;
    const auto slot = slot_of(*slots_, key);
    const auto entry = place_in(*slot->chunk, key);
    return entry == slot->chunk->end() || key < entry->key ? nullptr : &entry->value;
  }

  /// This map with that value for the key, which it may have had already.
  [[nodiscard]] SharedMap with(const Key& key, Value value) const {
    if (empty()) {
      Slots slots;
      slots.push_back(slot_for(Chunk{Entry{key, std::move(value)}}));
      return SharedMap{std::move(slots), 1};
    }
    Slots slots = *slots_;
    const auto slot = slots.begin() + (slot_of(*slots_, key) - slots_->begin());
    Chunk chunk = *slot->chunk;
    const auto place = chunk.begin() + (place_in(*slot->chunk, key) - slot->chunk->begin());
    const bool known = place != chunk.end() && !(key < place->key);
    if (known) {
      place->value = std::move(value);
    } else {
      chunk.insert(place, Entry{key, std::move(value)});
    }
    replace(slots, slot, std::move(chunk));
    return SharedMap{std::move(slots), known ? size_ : size_ + 1};
  }

  /// This map without that key, which it need not have.
  [[nodiscard]] SharedMap without(const Key& key) const {
    if (find(key) == nullptr) return *this;
    if (size_ == 1) return {};
    Slots slots = *slots_;
    const auto slot = slots.begin() + (slot_of(*slots_, key) - slots_->begin());
    Chunk chunk = *slot->chunk;
    chunk.erase(chunk.begin() + (place_in(*slot->chunk, key) - slot->chunk->begin()));
    replace(slots, slot, std::move(chunk));
    return SharedMap{std::move(slots), size_ - 1};
  }

 private:
  using Chunk = std::vector<Entry>;
  struct Slot {
    Key first;  // of the chunk
    std::shared_ptr<const Chunk> chunk;
  };
  using Slots = std::vector<Slot>;

 public:
  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = Value;
    using difference_type = std::ptrdiff_t;
    using pointer = const Value*;
    using reference = const Value&;

    Iterator() = default;
    reference operator*() const { return (*slot_->chunk)[place_].value; }
    pointer operator->() const { return &**this; }
    Iterator& operator++() {
      if (++place_ == slot_->chunk->size()) {
        ++slot_;
        place_ = 0;
      }
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    friend class SharedMap;
    explicit Iterator(typename Slots::const_iterator slot) : slot_(slot) {}
    typename Slots::const_iterator slot_{};
    std::size_t place_ = 0;
  };
  using value_type = Value;
  using const_iterator = Iterator;

  [[nodiscard]] Iterator begin() const { return empty() ? Iterator{} : Iterator{slots_->begin()}; }
  [[nodiscard]] Iterator end() const { return empty() ? Iterator{} : Iterator{slots_->end()}; }

 private:
  SharedMap(Slots slots, std::size_t size)
      : slots_(std::make_shared<const Slots>(std::move(slots))), size_(size) {}

  static Slot slot_for(Chunk chunk) {
    Key first = chunk.front().key;
    return {std::move(first), std::make_shared<const Chunk>(std::move(chunk))};
  }

  /// The last chunk that does not begin beyond `key`, or the first when all do.
  static typename Slots::const_iterator slot_of(const Slots& slots, const Key& key) {
    const auto beyond =
        std::upper_bound(slots.begin(), slots.end(), key,
                         [](const Key& wanted, const Slot& slot) { return wanted < slot.first; });
    return beyond == slots.begin() ? beyond : std::prev(beyond);
  }
  static typename Chunk::const_iterator place_in(const Chunk& chunk, const Key& key) {
    return std::lower_bound(
        chunk.begin(), chunk.end(), key,
        [](const Entry& entry, const Key& wanted) { return entry.key < wanted; });
  }

  /// Puts `chunk` in the place of the slot's: in two halves when it is too long, not at all when it
  /// is empty.
  static void replace(Slots& slots, typename Slots::iterator slot, Chunk chunk) {
    if (chunk.empty()) {
      slots.erase(slot);
      return;
    }
    if (chunk.size() > kChunkMax) {
      const auto middle = chunk.begin() + static_cast<std::ptrdiff_t>(chunk.size() / 2);
      Chunk upper{std::make_move_iterator(middle), std::make_move_iterator(chunk.end())};
      chunk.erase(middle, chunk.end());
      slot = std::prev(slots.insert(std::next(slot), slot_for(std::move(upper))));
    }
    *slot = slot_for(std::move(chunk));
  }

  std::shared_ptr<const Slots> slots_;  // null: the map is empty
  std::size_t size_ = 0;
};

}  // namespace core
