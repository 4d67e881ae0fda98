#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/match/syntax/tree.h"

namespace registry::match::engine {

struct Table;

/// How large an automaton may become, before it is made small, until the backtracker takes the
/// pattern over.
inline constexpr std::size_t kAutomatonStatesMax = 2'000;

/// A deterministic automaton over ASCII that decides a full match in one pass: at most one step an
/// octet. Built eagerly, so a path can add nothing to it. Immutable, and as small as it can be: no
/// two states have the same future.
///
/// Invariants
///   state 0 is dead: nothing leads away from it, and no other state has lost
///   state 1 is the one in which everything to come is accepted, when there is such a state
///   the states from first_accepting_ on are accepting; below them only state 1 may be
class Automaton {
 public:
  using State = std::uint16_t;

  /// nullopt when the pattern is not regular (look-around, back-reference, possessive or atomic
  /// part, \X, a `$` that is not at the end) or needs more than kAutomatonStatesMax states or the
  /// bounds in nfa.h and subset.h.
  [[nodiscard]] static std::optional<Automaton> build(const syntax::Tree& tree);

  /// Whether the whole of `path` matches. `path` is ASCII; another octet matches nothing.
  [[nodiscard]] bool matches(std::string_view path) const;

  /// How many octets of `path` can begin a match: path.size() when all can (and then it may still
  /// be too short to match). The first place where a filter failed.
  [[nodiscard]] std::size_t viable_prefix(std::string_view path) const;

  /// What every match begins with, as far as each octet leaves no choice; matches() compares it
  /// first.
  [[nodiscard]] std::string_view prefix() const { return prefix_; }

  // For those who walk over it, as one does who looks for an example or for what two have in
  // common.

  [[nodiscard]] State start() const { return start_; }
  [[nodiscard]] State step(State state, unsigned char octet) const {
    return entry(class_of_[octet], state);
  }
  [[nodiscard]] bool is_accepting(State state) const {
    return state >= first_accepting_ || (state == kAll && has_all_);
  }
  /// Nothing that begins with what led here matches.
  [[nodiscard]] static bool is_dead(State state) { return state == kDead; }

  [[nodiscard]] std::size_t state_count() const { return states_; }
  [[nodiscard]] std::size_t memory_bytes() const;

 private:
  static constexpr State kDead = 0;
  static constexpr State kAll = 1;

  explicit Automaton(const Table& table);

  void find_prefix();
  template <typename Entry>
  [[nodiscard]] bool scan(const Entry* table, std::string_view rest) const;
  [[nodiscard]] State entry(std::size_t of_class, State state) const {
    const std::size_t at = of_class * states_ + state;
    return narrow_.empty() ? wide_[at] : State{narrow_[at]};
  }

  // Octets of one class lead from each state to the same one; the last class is that of the octets
  // beyond ASCII. A row for each class, so that the row of the next octet is known before its state
  // is: what one octet waits for of the one before is a single load.
  std::array<std::uint8_t, 256> class_of_{};
  std::vector<std::uint8_t> narrow_;  // up to 256 states
  std::vector<std::uint16_t> wide_;   // more
  std::size_t states_ = 0;
  std::size_t classes_ = 0;
  State start_ = 0;
  State after_prefix_ = 0;
  State first_accepting_ = 0;
  State sinks_ = 1;  // states below this one are never left
  bool has_all_ = false;
  std::string prefix_;
};

}  // namespace registry::match::engine
