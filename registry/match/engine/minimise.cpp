#include "registry/match/engine/minimise.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace registry::match::engine {
namespace {

/// What can come of a state.
enum class Fate : std::uint8_t { dead, open, accepting };

/// States in blocks: `order` has the states of each block side by side.
///
/// Invariant: order[position[s]] == s, and block_of[s] is the block whose range has position[s].
class Blocks {
 public:
  /// One block for each kind of state that there is, in the order of the kinds.
  explicit Blocks(const std::vector<Fate>& fates)
      : order_(fates.size()), position_(fates.size()), block_of_(fates.size(), 0) {
    for (auto* ends : {&begin_, &end_, &marked_}) ends->reserve(fates.size());
    std::uint32_t filled = 0;
    for (const Fate fate : {Fate::dead, Fate::open, Fate::accepting}) {
      const std::uint32_t first = filled;
      for (std::uint32_t state = 0; state < fates.size(); ++state) {
        if (fates[state] != fate) continue;
        block_of_[state] = count();
        position_[state] = filled;
        order_[filled++] = state;
      }
      if (filled > first) add(first, filled);
    }
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
    if (size(block) == 1) return;  // nothing to split
    const std::uint32_t front = begin_[block] + marked_[block];
    if (position_[state] < front) return;
    if (marked_[block]++ == 0) touched_.push_back(block);
    const std::uint32_t other = order_[front];
    std::swap(order_[front], order_[position_[state]]);
    position_[other] = position_[state];
    position_[state] = front;
  }

  /// Makes the smaller part of each block with marked and other states a new block, and tells
  /// `split(new block)`.
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
      split(fresh);
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

/// A way to a state: from where, and with which class.
struct Way {
  std::uint16_t of_class = 0;
  std::uint16_t source = 0;
};

/// For each state: the ways that lead there, in the order of their classes. Those that lead to the
/// dead state, nearly all, are left out.
class Sources {
 public:
  explicit Sources(const Table& table) : begins_(table.size() + 1, 0) {
    for (const std::uint16_t next : table.next) {
      if (next != Table::kDead) ++begins_[next + 1u];
    }
    for (std::size_t i = 1; i < begins_.size(); ++i) begins_[i] += begins_[i - 1];
    ways_.resize(begins_.back());
    std::vector<std::uint32_t> filled(begins_.begin(), begins_.end() - 1);
    for (std::size_t c = 0; c < table.classes; ++c) {
      const std::uint16_t* next = table.next.data() + c;
      for (std::size_t source = 0; source < table.size(); ++source, next += table.classes) {
        if (*next == Table::kDead) continue;
        ways_[filled[*next]++] = {static_cast<std::uint16_t>(c),
                                  static_cast<std::uint16_t>(source)};
      }
    }
  }

  [[nodiscard]] std::span<const Way> ways_to(std::uint32_t state) const {
    return {ways_.data() + begins_[state], begins_[state + 1] - begins_[state]};
  }

 private:
  std::vector<std::uint32_t> begins_;
  std::vector<Way> ways_;
};

std::vector<Fate> find_fates(const Table& table, const Sources& sources) {
  std::vector<Fate> fates(table.size(), Fate::dead);
  std::vector<std::uint32_t> pending;
  for (std::uint32_t state = 0; state < table.size(); ++state) {
    if (!table.accepting[state]) continue;
    fates[state] = Fate::accepting;
    pending.push_back(state);
  }
  while (!pending.empty()) {
    const std::uint32_t state = pending.back();
    pending.pop_back();
    for (const Way& way : sources.ways_to(state)) {
      if (fates[way.source] != Fate::dead) continue;
      fates[way.source] = Fate::open;
      pending.push_back(way.source);
    }
  }
  return fates;
}

/// All ways into a block, in the order of their classes.
class WaysIn {
 public:
  WaysIn(const Sources& sources, std::size_t classes) : sources_(sources), begins_(classes + 1) {}

  const std::vector<Way>& of(const Blocks& blocks, std::uint32_t block) {
    ways_.clear();
    for (std::uint32_t i = 0; i < blocks.size(block); ++i) {
      const auto more = sources_.ways_to(blocks.member(block, i));
      ways_.insert(ways_.end(), more.begin(), more.end());
    }
    if (blocks.size(block) > 1) put_in_order();
    return ways_;
  }

 private:
  void put_in_order() {
    std::ranges::fill(begins_, 0);
    for (const Way& way : ways_) ++begins_[way.of_class + 1u];
    for (std::size_t c = 1; c < begins_.size(); ++c) begins_[c] += begins_[c - 1];
    ordered_.resize(ways_.size());
    for (const Way& way : ways_) ordered_[begins_[way.of_class]++] = way;
    ways_.swap(ordered_);
  }

  const Sources& sources_;
  std::vector<std::uint32_t> begins_;  // of each class in the order
  std::vector<Way> ways_;
  std::vector<Way> ordered_;
};

/// Splits blocks until no two states in one differ. What leads to the dead block is as good as no
/// way (Valmari and Lehtinen), so it splits nothing; all others begin as splitters.
void refine(const Table& table, const Sources& sources, Blocks& blocks) {
  std::vector<std::uint32_t> pending;
  pending.reserve(table.size());
  std::vector<bool> is_pending(table.size() + 3, false);
  const auto add = [&](std::uint32_t block) {
    if (!is_pending[block]) pending.push_back(block);
    is_pending[block] = true;
  };
  for (std::uint32_t block = 1; block < blocks.count(); ++block) add(block);

  WaysIn ways_in(sources, table.classes);
  while (!pending.empty()) {
    const std::uint32_t splitter = pending.back();
    pending.pop_back();
    is_pending[splitter] = false;
    const auto& ways = ways_in.of(blocks, splitter);
    for (std::size_t i = 0; i < ways.size();) {
      const std::uint16_t of_class = ways[i].of_class;
      for (; i < ways.size() && ways[i].of_class == of_class; ++i) blocks.mark(ways[i].source);
      // The new block is the smaller part: with it, the old one is known as well as it was.
      blocks.split_marked([&](std::uint32_t fresh) { add(fresh); });
    }
  }
}

}  // namespace

Table minimise(Table table) {
  const Sources sources(table);
  Blocks blocks(find_fates(table, sources));
  refine(table, sources, blocks);
  if (blocks.count() == table.size()) return table;

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
