#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "registry/match/engine/ascii_set.h"
#include "registry/match/syntax/tree.h"

namespace registry::match::engine {

/// Bounds of the way to an automaton, next to kAutomatonStatesMax: what needs more is left to the
/// backtracker, and is refused before it has cost a millisecond or two.
inline constexpr std::size_t kNfaStatesMax = 4'000;  // with repetitions written out
inline constexpr std::size_t kNfaWorkMax = 40'000;   // nodes visited for that

/// A regular pattern over ASCII with ways that are taken at once (Thompson's construction).
struct Nfa {
  enum class Kind : std::uint8_t {
    set,        // a character of sets[value], then `next`
    split,      // `next` and `other`
    condition,  // `next` when the place fulfils the Anchor `value`
    accept,
  };
  struct State {
    Kind kind = Kind::accept;
    std::uint32_t value = 0;
    std::uint32_t next = 0;
    std::uint32_t other = 0;
  };

  static constexpr std::uint32_t kAccept = 0;  // the only accepting state

  std::vector<State> states;
  std::vector<AsciiSet> sets;
  std::uint32_t start = 0;
  bool has_conditions = false;
};

/// nullopt when the pattern is not regular or too large.
[[nodiscard]] std::optional<Nfa> build_nfa(const syntax::Tree& tree);

/// What a character is to an anchor.
enum class Neighbour : std::uint8_t { none, word, newline, carriage_return, other };

[[nodiscard]] Neighbour neighbour(std::size_t octet);

/// Whether the anchor holds between two characters; `none` is the beginning or the end of the
/// input. Only for the anchors that build_nfa keeps.
[[nodiscard]] bool holds_between(syntax::Anchor anchor, Neighbour before, Neighbour after);

}  // namespace registry::match::engine
