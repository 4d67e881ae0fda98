#include "registry/match/engine/subset.h"

#include <algorithm>
#include <array>
#include <bit>
#include <bitset>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace registry::match::engine {
namespace {

constexpr std::size_t kAsciiSize = 128;
constexpr std::size_t kNeighbours = 5;

using Classes = std::bitset<kAsciiSize>;

AsciiSet all_of(Neighbour kind) {
  AsciiSet result;
  for (std::size_t octet = 0; octet < kAsciiSize; ++octet) {
    if (neighbour(octet) == kind) result.add(octet);
  }
  return result;
}

/// Characters that no set and no anchor tells apart are one class.
class Partition {
 public:
  explicit Partition(const Nfa& nfa) {
    size_[0] = kAsciiSize;
    for (const AsciiSet& set : nfa.sets) refine(set);
    if (nfa.has_conditions) {
      for (const auto kind : {Neighbour::word, Neighbour::newline, Neighbour::carriage_return}) {
        refine(all_of(kind));
      }
    }
    for (std::size_t octet = kAsciiSize; octet-- > 0;) example_[class_of[octet]] = octet;
  }

  std::array<std::uint8_t, kAsciiSize> class_of{};
  std::size_t count = 1;

  [[nodiscard]] std::size_t example(std::size_t of_class) const { return example_[of_class]; }

 private:
  /// A class that is partly in the set gives that part to a new class.
  void refine(const AsciiSet& set) {
    std::array<std::uint8_t, kAsciiSize> inside{};  // of each class: how many are in the set
    for_each(set, [&](std::size_t octet) { ++inside[class_of[octet]]; });
    std::array<std::uint8_t, kAsciiSize> part{};  // of each class: the new one, or 0
    for_each(set, [&](std::size_t octet) {
      const std::uint8_t old = class_of[octet];
      if (inside[old] == 0 || inside[old] == size_[old]) return;
      if (part[old] == 0) part[old] = static_cast<std::uint8_t>(count++);
      class_of[octet] = part[old];
      ++size_[part[old]];
    });
    for (std::size_t old = 0; old < count; ++old) {
      if (part[old] != 0) size_[old] = static_cast<std::uint8_t>(size_[old] - size_[part[old]]);
    }
  }

  static void for_each(const AsciiSet& set, const auto& visit) {
    for (std::size_t word = 0; word < 2; ++word) {
      for (std::uint64_t left = set.words[word]; left != 0; left &= left - 1) {
        visit(word * 64 + static_cast<std::size_t>(std::countr_zero(left)));
      }
    }
  }

  std::array<std::size_t, kAsciiSize> example_{};
  std::array<std::uint8_t, kAsciiSize> size_{};
};

/// Sets of NFA states, each with what came before it, numbered in the order of their discovery.
class Discovered {
 public:
  /// `sets`: how many there will be, about, and each with few members.
  explicit Discovered(std::size_t sets) : buckets_(kBucketsFirst, kEmpty) {
    pool_.reserve(2 * sets);
    begins_.reserve(sets);
    before_.reserve(sets);
  }

  [[nodiscard]] std::size_t size() const { return begins_.size(); }
  [[nodiscard]] Neighbour before(std::size_t id) const { return before_[id]; }
  [[nodiscard]] std::span<const std::uint32_t> members(std::size_t id) const {
    const std::size_t end = id + 1 < begins_.size() ? begins_[id + 1] : pool_.size();
    return {pool_.data() + begins_[id], end - begins_[id]};
  }

  std::size_t find_or_add(std::span<const std::uint32_t> set, Neighbour before) {
    if (begins_.size() * 2 >= buckets_.size()) rehash();
    std::size_t bucket = hash(set, before) & (buckets_.size() - 1);
    for (; buckets_[bucket] != kEmpty; bucket = (bucket + 1) & (buckets_.size() - 1)) {
      const std::size_t id = buckets_[bucket];
      if (before_[id] == before && std::ranges::equal(members(id), set)) return id;
    }
    buckets_[bucket] = static_cast<std::uint32_t>(begins_.size());
    begins_.push_back(pool_.size());
    before_.push_back(before);
    pool_.insert(pool_.end(), set.begin(), set.end());
    return begins_.size() - 1;
  }

 private:
  static constexpr std::uint32_t kEmpty = static_cast<std::uint32_t>(-1);
  static constexpr std::size_t kBucketsFirst = 256;

  static std::size_t hash(std::span<const std::uint32_t> set, Neighbour before) {
    std::uint64_t value = static_cast<std::uint64_t>(before) + 1;
    for (const std::uint32_t member : set) {
      value = (value ^ member) * 0x9E3779B97F4A7C15U;
      value ^= value >> 29;
    }
    return static_cast<std::size_t>(value);
  }

  void rehash() {
    std::vector<std::uint32_t> larger(buckets_.size() * 2, kEmpty);
    for (std::uint32_t id = 0; id < begins_.size(); ++id) {
      std::size_t bucket = hash(members(id), before_[id]) & (larger.size() - 1);
      while (larger[bucket] != kEmpty) bucket = (bucket + 1) & (larger.size() - 1);
      larger[bucket] = id;
    }
    buckets_ = std::move(larger);
  }

  std::vector<std::uint32_t> pool_;
  std::vector<std::size_t> begins_;
  std::vector<Neighbour> before_;
  std::vector<std::uint32_t> buckets_;
};

class Determiniser {
 public:
  Determiniser(const Nfa& nfa, std::size_t states_max)
      : nfa_(nfa),
        states_max_(states_max),
        partition_(nfa),
        discovered_(expected()),
        seen_(nfa.states.size(), 0) {
    classes_of_set_.reserve(nfa.sets.size());
    table_.next.reserve(expected() * partition_.count);
    table_.accepting.reserve(expected());
    for (const AsciiSet& set : nfa.sets) {
      Classes& classes = classes_of_set_.emplace_back();
      for (std::size_t c = 0; c < partition_.count; ++c) {
        if (set.has(partition_.example(c))) classes.set(c);
      }
    }
  }

  std::optional<Table> determinise() && {
    table_.class_of = partition_.class_of;
    table_.classes = partition_.count;
    discovered_.find_or_add({}, Neighbour::other);  // the dead state
    begin_set();
    reach(nfa_.start);
    table_.start = static_cast<std::uint16_t>(add_set(Neighbour::none));
    for (std::size_t id = 0; id < discovered_.size(); ++id) {
      if (discovered_.size() > states_max_ || work_ > kSubsetWorkMax) return std::nullopt;
      add_row(id);
    }
    return std::move(table_);
  }

 private:
  /// Most automata are as large as the pattern is long; for the others it is a beginning.
  [[nodiscard]] std::size_t expected() const {
    constexpr std::size_t kExpectedMax = 256;
    return std::min(nfa_.states.size() + 1, kExpectedMax);
  }

  void add_row(std::size_t id) {
    table_.next.resize(table_.next.size() + partition_.count, Table::kDead);
    const auto members = discovered_.members(id);
    const bool conditions = std::ranges::any_of(members, [&](std::uint32_t member) {
      return nfa_.states[member].kind == Nfa::Kind::condition;
    });
    if (!conditions) {
      resolved_.assign(members.begin(), members.end());
      table_.accepting.push_back(accepts());
      add_ways(id, Classes{}.set());
      return;
    }
    resolve(id, Neighbour::none);
    table_.accepting.push_back(accepts());
    for (std::size_t kind = 1; kind < kNeighbours; ++kind) {
      const auto after = static_cast<Neighbour>(kind);
      Classes classes;
      for (std::size_t c = 0; c < partition_.count; ++c) {
        if (neighbour(partition_.example(c)) == after) classes.set(c);
      }
      if (classes.none()) continue;
      resolve(id, after);
      add_ways(id, classes);
    }
  }

  /// The members of `id`, and what they lead to through the anchors that hold before `after`.
  void resolve(std::size_t id, Neighbour after) {
    begin_set();
    const Neighbour before = discovered_.before(id);
    for (const std::uint32_t member : discovered_.members(id)) reach(member);
    for (std::size_t i = 0; i < set_.size(); ++i) {  // it grows
      const Nfa::State& state = nfa_.states[set_[i]];
      if (state.kind != Nfa::Kind::condition) continue;
      if (holds_between(static_cast<syntax::Anchor>(state.value), before, after)) {
        reach(state.next);
      }
    }
    resolved_ = set_;
  }

  [[nodiscard]] bool accepts() const {
    return std::ranges::find(resolved_, Nfa::kAccept) != resolved_.end();
  }

  /// Where the resolved states lead with each of `classes`.
  void add_ways(std::size_t id, const Classes& classes) {
    Classes live;
    for (const std::uint32_t member : resolved_) {
      const Nfa::State& state = nfa_.states[member];
      if (state.kind == Nfa::Kind::set) live |= classes_of_set_[state.value];
    }
    live &= classes;
    signatures_.clear();
    for (std::size_t c = 0; c < partition_.count; ++c) {
      if (live.test(c)) table_.next[id * partition_.count + c] = way(c);
    }
  }

  /// Classes with which the same states go on lead to the same state: the search for it is made
  /// once.
  std::uint16_t way(std::size_t of_class) {
    std::uint64_t signature = 0;
    const bool short_enough = resolved_.size() <= 64 && !nfa_.has_conditions;
    if (short_enough) {
      for (std::size_t i = 0; i < resolved_.size(); ++i) {
        signature |= std::uint64_t{goes_on(resolved_[i], of_class)} << i;
      }
      for (const auto& [known, target] : signatures_) {
        if (known == signature) return target;
      }
    }
    begin_set();
    for (const std::uint32_t member : resolved_) {
      if (goes_on(member, of_class)) reach(nfa_.states[member].next);
    }
    work_ += resolved_.size();
    const auto target =
        static_cast<std::uint16_t>(add_set(neighbour(partition_.example(of_class))));
    if (short_enough) signatures_.emplace_back(signature, target);
    return target;
  }

  [[nodiscard]] bool goes_on(std::uint32_t member, std::size_t of_class) const {
    const Nfa::State& state = nfa_.states[member];
    return state.kind == Nfa::Kind::set && classes_of_set_[state.value].test(of_class);
  }

  void begin_set() {
    set_.clear();
    ++round_;
  }

  /// Adds `state` to the set, or what it leads to without reading.
  void reach(std::uint32_t state) {
    pending_.push_back(state);
    while (!pending_.empty()) {
      const std::uint32_t next = pending_.back();
      pending_.pop_back();
      if (seen_[next] == round_) continue;
      seen_[next] = round_;
      ++work_;
      if (nfa_.states[next].kind == Nfa::Kind::split) {
        pending_.push_back(nfa_.states[next].other);
        pending_.push_back(nfa_.states[next].next);
      } else {
        set_.push_back(next);
      }
    }
  }

  /// The number of the set. What came before it counts only when an anchor is to be decided.
  std::size_t add_set(Neighbour before) {
    std::ranges::sort(set_);
    const bool conditions =
        nfa_.has_conditions && std::ranges::any_of(set_, [&](std::uint32_t member) {
          return nfa_.states[member].kind == Nfa::Kind::condition;
        });
    return discovered_.find_or_add(set_, conditions ? before : Neighbour::other);
  }

  const Nfa& nfa_;
  const std::size_t states_max_;
  Partition partition_;
  std::vector<Classes> classes_of_set_;
  Discovered discovered_;
  Table table_;
  std::vector<std::uint32_t> seen_;  // the round in which a state was last reached
  std::uint32_t round_ = 0;
  std::vector<std::uint32_t> pending_;
  std::vector<std::uint32_t> set_;
  std::vector<std::uint32_t> resolved_;
  std::vector<std::pair<std::uint64_t, std::uint16_t>> signatures_;
  std::size_t work_ = 0;
};

}  // namespace

std::optional<Table> determinise(const Nfa& nfa, std::size_t states_max) {
  return Determiniser{nfa, states_max}.determinise();
}

}  // namespace registry::match::engine
