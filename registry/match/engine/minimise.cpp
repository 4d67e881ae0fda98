#include "registry/match/engine/minimise.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace registry::match::engine {
namespace {

/// States in blocks: `order` has the states of each block side by side.
///
/// Invariant: order[position[s]] == s, and block_of[s] is the block whose range has position[s].
class Blocks {
 public:
  explicit Blocks(const std::vector<bool>& accepting)
      : order_(accepting.size()), position_(accepting.size()), block_of_(accepting.size(), 0) {
    std::iota(order_.begin(), order_.end(), 0U);
    std::ranges::stable_partition(order_, [&](std::uint32_t s) { return !accepting[s]; });
    for (std::uint32_t i = 0; i < order_.size(); ++i) position_[order_[i]] = i;
    const auto others = static_cast<std::uint32_t>(std::ranges::count(accepting, false));
    add(0, others);
    if (others == order_.size()) return;
    add(others, static_cast<std::uint32_t>(order_.size()));
    for (std::uint32_t i = others; i < order_.size(); ++i) block_of_[order_[i]] = 1;
  }

  [[nodiscard]] std::uint32_t count() const { return static_cast<std::uint32_t>(begin_.size()); }
  [[nodiscard]] std::uint32_t of(std::uint32_t state) const { return block_of_[state]; }
  [[nodiscard]] std::uint32_t size(std::uint32_t block) const {
    return end_[block] - begin_[block];
  }
  [[nodiscard]] std::uint32_t member(std::uint32_t block, std::uint32_t i) const {
    return order_[begin_[block] + i];
  }

  /// Takes a state to the marked ones, at the front of its block.
  void mark(std::uint32_t state) {
    const std::uint32_t block = block_of_[state];
    const std::uint32_t front = begin_[block] + marked_[block];
    if (position_[state] < front) return;
    if (marked_[block]++ == 0) touched_.push_back(block);
    const std::uint32_t other = order_[front];
    std::swap(order_[front], order_[position_[state]]);
    position_[other] = position_[state];
    position_[state] = front;
  }

  /// Makes the smaller part of each block with marked and other states a new block, and tells
  /// `split(old block, new block)`.
  void split_marked(const auto& split) {
    for (const std::uint32_t block : touched_) {
      const std::uint32_t marked = std::exchange(marked_[block], 0);
      const std::uint32_t middle = begin_[block] + marked;
      if (middle == end_[block]) continue;
      const bool front = marked <= end_[block] - middle;
      const std::uint32_t first = front ? begin_[block] : middle;
      const std::uint32_t last = front ? middle : end_[block];
      (front ? begin_[block] : end_[block]) = middle;
      const std::uint32_t fresh = count();
      add(first, last);
      for (std::uint32_t i = first; i < last; ++i) block_of_[order_[i]] = fresh;
      split(block, fresh);
    }
    touched_.clear();
  }

 private:
  void add(std::uint32_t begin, std::uint32_t end) {
    begin_.push_back(begin);
    end_.push_back(end);
    marked_.push_back(0);
  }

  std::vector<std::uint32_t> order_;
  std::vector<std::uint32_t> position_;
  std::vector<std::uint32_t> block_of_;
  std::vector<std::uint32_t> begin_;
  std::vector<std::uint32_t> end_;
  std::vector<std::uint32_t> marked_;  // of each block: how many, at its front
  std::vector<std::uint32_t> touched_;
};

/// For each class and state: the states that lead there.
class Sources {
 public:
  explicit Sources(const Table& table)
      : states_(table.size()), begins_(table.classes * table.size() + 1, 0) {
    for_each_way(table, [&](std::uint32_t, std::size_t slot) { ++begins_[slot + 1]; });
    for (std::size_t i = 1; i < begins_.size(); ++i) begins_[i] += begins_[i - 1];
    sources_.resize(table.next.size());
    std::vector<std::uint32_t> filled(begins_.begin(), begins_.end() - 1);
    for_each_way(
        table, [&](std::uint32_t source, std::size_t slot) { sources_[filled[slot]++] = source; });
  }

  void for_each(std::size_t of_class, std::uint32_t state, const auto& visit) const {
    const std::size_t at = of_class * states_ + state;
    for (std::uint32_t i = begins_[at]; i < begins_[at + 1]; ++i) visit(sources_[i]);
  }

 private:
  static void for_each_way(const Table& table, const auto& visit) {
    const std::uint16_t* next = table.next.data();
    for (std::uint32_t source = 0; source < table.size(); ++source) {
      for (std::size_t c = 0; c < table.classes; ++c) visit(source, c * table.size() + *next++);
    }
  }

  std::size_t states_;
  std::vector<std::uint32_t> begins_;
  std::vector<std::uint32_t> sources_;
};

void refine(const Table& table, Blocks& blocks) {
  const Sources sources(table);
  std::vector<std::uint32_t> pending;
  std::vector<bool> is_pending(table.size() + 2, false);
  const auto add = [&](std::uint32_t block) {
    if (!is_pending[block]) pending.push_back(block);
    is_pending[block] = true;
  };
  // One of the two is enough: what it tells apart, the other does.
  if (blocks.count() > 1) add(blocks.size(0) < blocks.size(1) ? 0 : 1);

  std::vector<std::uint32_t> members;
  while (!pending.empty()) {
    const std::uint32_t splitter = pending.back();
    pending.pop_back();
    is_pending[splitter] = false;
    members.clear();
    for (std::uint32_t i = 0; i < blocks.size(splitter); ++i) {
      members.push_back(blocks.member(splitter, i));
    }
    for (std::size_t c = 0; c < table.classes; ++c) {
      for (const std::uint32_t state : members) {
        sources.for_each(c, state, [&](std::uint32_t source) { blocks.mark(source); });
      }
      // The new block is the smaller part: with it, the old one is known as well as it was.
      blocks.split_marked([&](std::uint32_t, std::uint32_t fresh) { add(fresh); });
    }
  }
}

}  // namespace

Table minimise(const Table& table) {
  Blocks blocks(table.accepting);
  refine(table, blocks);

  // Block numbers in the order of the states, so that the dead state stays first.
  constexpr std::uint16_t kNone = 0xFFFF;
  std::vector<std::uint16_t> number(blocks.count(), kNone);
  std::vector<std::uint32_t> example;
  for (std::uint32_t state = 0; state < table.size(); ++state) {
    std::uint16_t& fresh = number[blocks.of(state)];
    if (fresh != kNone) continue;
    fresh = static_cast<std::uint16_t>(example.size());
    example.push_back(state);
  }
  Table result;
  result.class_of = table.class_of;
  result.classes = table.classes;
  result.start = number[blocks.of(table.start)];
  result.next.reserve(example.size() * table.classes);
  for (const std::uint32_t state : example) {
    result.accepting.push_back(table.accepting[state]);
    for (std::size_t c = 0; c < table.classes; ++c) {
      result.next.push_back(number[blocks.of(table.next[state * table.classes + c])]);
    }
  }
  return result;
}

}  // namespace registry::match::engine
