#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "registry/match/engine/memo.h"
#include "registry/match/engine/state_memo.h"

namespace registry::match::engine {

inline constexpr std::uint32_t kNowherePlace = std::numeric_limits<std::uint32_t>::max();

/// What the machine goes back to, and what it undoes on the way there.
struct Frame {
  enum Kind : std::uint32_t {
    choice,            // go on at `at` and `place`; a: its token (Recall); b: Java's bit + 1, or 0
    restore_register,  // a: which, b: what was in it
    restore_capture,   // a: which, place and b: what was in it
    greedy_run,     // at: the run; place: the next end to try, a: the least one, b: the first one
    lazy_run,       // at: the run; place: the end tried last, a: the first one, b: how many since
    behind,         // at: the beginning of the look-behind; place: the next start, a: the least one
    failed_choice,  // a: the token; no way on from there is left
    failed_run,     // as greedy_run, with nothing left to try
    keep,           // a: a group, place and b: what to write to it when this part succeeds
  };
  static constexpr std::uint32_t kKindShift = 28;
  static constexpr std::uint32_t kAtMask = (1U << kKindShift) - 1;

  std::uint32_t kind_and_at = 0;
  std::uint32_t place = 0;
  std::uint32_t a = 0;
  std::uint32_t b = 0;

  [[nodiscard]] Kind kind() const { return static_cast<Kind>(kind_and_at >> kKindShift); }
  [[nodiscard]] std::uint32_t at() const { return kind_and_at & kAtMask; }
  void become(Kind kind) { kind_and_at = (static_cast<std::uint32_t>(kind) << kKindShift) | at(); }
};

/// How deep a match may have to remember its choices: 4 MiB per thread. A deeper one is over
/// budget.
inline constexpr std::size_t kFramesMax = (4U << 20) / sizeof(Frame);

/// A place in the input and the number of frames, as a look-around or an atomic part began.
struct Mark {
  std::uint32_t frames = 0;
  std::uint32_t place = 0;
};

struct Span {
  std::uint32_t first = kNowherePlace;
  std::uint32_t last = kNowherePlace;
};

/// What a match works with. A thread has one and uses it again; it grows to what the longest match
/// needed, which is bounded.
struct Workspace {
  std::vector<Frame> frames;  // its size is its capacity; the machine knows how many are in use
  std::vector<std::uint32_t> registers;
  std::vector<Span> captures;
  std::vector<Mark> marks;
  Memo memo;
  StateMemo states;
  std::vector<std::uint32_t> state;  // the one that is looked up
};

}  // namespace registry::match::engine
