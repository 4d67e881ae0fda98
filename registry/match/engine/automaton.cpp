#include "registry/match/engine/automaton.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "registry/match/engine/minimise.h"
#include "registry/match/engine/nfa.h"
#include "registry/match/engine/subset.h"
#include "registry/match/engine/table.h"

namespace registry::match::engine {
namespace {

constexpr std::size_t kAsciiSize = 128;
constexpr std::size_t kNarrowStatesMax = 256;
constexpr std::size_t kNoState = static_cast<std::size_t>(-1);

/// The accepting state that every class leads back to, or kNoState.
std::size_t find_all(const Table& table) {
  for (std::size_t state = 1; state < table.size(); ++state) {
    if (!table.accepting[state]) continue;
    const auto* const row = &table.next[state * table.classes];
    if (std::all_of(row, row + table.classes, [&](auto next) { return next == state; })) {
      return state;
    }
  }
  return kNoState;
}

/// The states in the order of Automaton's invariants.
std::vector<std::size_t> in_order(const Table& table, std::size_t all) {
  std::vector<std::size_t> order{Table::kDead};
  if (all != kNoState) order.push_back(all);
  for (const bool accepting : {false, true}) {
    for (std::size_t state = 1; state < table.size(); ++state) {
      if (state != all && table.accepting[state] == accepting) order.push_back(state);
    }
  }
  return order;
}

}  // namespace

std::optional<Automaton> Automaton::build(const syntax::Tree& tree) {
  const auto nfa = build_nfa(tree);
  if (!nfa) return std::nullopt;
  auto table = determinise(*nfa, kAutomatonStatesMax);
  if (!table) return std::nullopt;
  return Automaton{minimise(*std::move(table))};
}

Automaton::Automaton(const Table& table) : states_(table.size()), classes_(table.classes + 1) {
  const std::size_t all = find_all(table);
  has_all_ = all != kNoState;
  sinks_ = has_all_ ? 2 : 1;
  const auto order = in_order(table, all);
  std::vector<State> number(states_);
  for (std::size_t i = 0; i < order.size(); ++i) number[order[i]] = static_cast<State>(i);
  start_ = number[table.start];
  first_accepting_ = static_cast<State>(states_);
  while (first_accepting_ > sinks_ && table.accepting[order[first_accepting_ - 1u]]) {
    --first_accepting_;
  }

  class_of_.fill(static_cast<std::uint8_t>(table.classes));
  std::ranges::copy(table.class_of, class_of_.begin());
  const bool narrow = states_ <= kNarrowStatesMax;
  (narrow ? narrow_.resize(states_ * classes_) : wide_.resize(states_ * classes_));
  for (std::size_t c = 0; c < table.classes; ++c) {
    for (std::size_t i = 0; i < states_; ++i) {
      const State next = number[table.next[order[i] * table.classes + c]];
      if (narrow) {
        narrow_[c * states_ + i] = static_cast<std::uint8_t>(next);
      } else {
        wide_[c * states_ + i] = next;
      }
    }
  }
  find_prefix();
}

/// Goes on while a single octet does not lead to the dead state.
void Automaton::find_prefix() {
  std::vector<std::size_t> members(classes_, 0);
  std::vector<char> member(classes_, 0);
  for (std::size_t octet = 0; octet < kAsciiSize; ++octet) {
    ++members[class_of_[octet]];
    member[class_of_[octet]] = static_cast<char>(octet);
  }
  after_prefix_ = start_;
  while (!is_accepting(after_prefix_) && prefix_.size() < states_) {
    std::size_t ways = 0;
    std::size_t way = 0;
    for (std::size_t c = 0; c < classes_; ++c) {
      if (is_dead(entry(c, after_prefix_))) continue;
      ways += members[c];
      way = c;
    }
    if (ways != 1) break;
    prefix_.push_back(member[way]);
    after_prefix_ = entry(way, after_prefix_);
  }
  prefix_.shrink_to_fit();
}

bool Automaton::matches(std::string_view path) const {
  if (path.size() < prefix_.size()) return false;
  if (std::memcmp(path.data(), prefix_.data(), prefix_.size()) != 0) return false;
  path.remove_prefix(prefix_.size());
  return narrow_.empty() ? scan(wide_.data(), path) : scan(narrow_.data(), path);
}

template <typename Entry>
bool Automaton::scan(const Entry* table, std::string_view rest) const {
  const auto* octet = reinterpret_cast<const unsigned char*>(rest.data());
  const auto* const end = octet + rest.size();
  const std::size_t states = states_;
  std::size_t state = after_prefix_;
  while (end - octet >= 4) {
    const Entry* const first = table + class_of_[octet[0]] * states;
    const Entry* const second = table + class_of_[octet[1]] * states;
    const Entry* const third = table + class_of_[octet[2]] * states;
    const Entry* const fourth = table + class_of_[octet[3]] * states;
    state = fourth[third[second[first[state]]]];
    if (state < sinks_) return state == kAll;
    octet += 4;
  }
  for (; octet != end; ++octet) state = table[class_of_[*octet] * states + state];
  return is_accepting(static_cast<State>(state));
}

std::size_t Automaton::viable_prefix(std::string_view path) const {
  State state = start_;
  if (is_dead(state)) return 0;
  for (std::size_t i = 0; i < path.size(); ++i) {
    state = step(state, static_cast<unsigned char>(path[i]));
    if (is_dead(state)) return i;
  }
  return path.size();
}

std::size_t Automaton::memory_bytes() const {
  return sizeof *this + narrow_.capacity() + wide_.capacity() * sizeof wide_[0] +
         prefix_.capacity();
}

}  // namespace registry::match::engine
