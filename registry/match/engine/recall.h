#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "registry/match/engine/input.h"
#include "registry/match/engine/machine.h"
#include "registry/match/engine/program.h"
#include "registry/match/engine/workspace.h"

namespace registry::match::engine {

/// What a match remembers of choices that failed: see README.md, "The memo". A failure is told by a
/// token, 0 for one that is not remembered.
///
/// A choice whose place decides has a bit for each place, any other one a name for each state that
/// it was met in.
template <typename Unit>
class Recall {
 public:
  /// `last` is where the latest piece ended, which \b{g} asks: what has failed says where.
  Recall(const Program& program, const Input<Unit>& input, Workspace& space, std::uint32_t& last,
         bool captures, Remember remember)
      : program_(program), input_(input), space_(space), last_(last) {
    reads_all_ = captures && program.leaves_captures;
    uses_javas_ = reads_all_ || !program.place_decides;
    const bool any = program.memo_slots > 0 || !program.state_points.empty();
    if (!any || remember == Remember::never) return;
    after_steps_ = remember == Remember::at_once ? 0 : kMemoAfterSteps;
  }

  /// What is known of a choice.
  struct Known {
    bool failed = false;
    std::uint32_t token = 0;
  };

  /// Of the choice `at` this place, in the state that the workspace is in.
  [[nodiscard]] Known known(const Instruction& at, std::uint32_t place, std::uint64_t& steps) {
    if (at.memo == kNoMemo || steps <= after_steps_) return {};
    if (!decides_by_place(at)) return known_state(at, place, steps);
    const std::uint32_t bit = bit_of(program_.memo_points[at.memo], place);
    return {bit != 0 && space_.memo.has(bit - 1), bit};
  }

  /// The same of a run, whose state is asked for apart.
  [[nodiscard]] Known known_state_of_run(const Instruction& run, std::uint32_t place,
                                         std::uint64_t& steps) {
    if (run.memo == kNoMemo || steps <= after_steps_ || decides_by_place(run)) return {};
    return known_state(run, place, steps);
  }

  /// The token of a run whose place decides.
  [[nodiscard]] std::uint32_t bit(const Instruction& run, std::uint32_t place,
                                  std::uint64_t steps) {
    if (steps <= after_steps_ || !decides_by_place(run)) return 0;
    return bit_of(program_.memo_points[run.memo], place);
  }

  /// The same at a place beyond all beginnings of iterations.
  [[nodiscard]] std::uint32_t moved_bit(const Instruction& run, std::uint32_t place,
                                        std::uint64_t steps) {
    if (steps <= after_steps_ || !decides_by_place(run)) return 0;
    return bit_in(program_.memo_points[run.memo].slot, place);
  }

  [[nodiscard]] bool has(std::uint32_t bit) const { return space_.memo.has(bit - 1); }

  /// The stack has come back to what the choice with this token left there.
  void fail(std::uint32_t token) {
    if ((token & kStateToken) == 0) return space_.memo.add(token - 1);
    const std::uint32_t name = token & ~kStateToken;
    if (leaves_state_as_it_was(name)) space_.states.fail(name, last_);
  }

  /// Java's memo gets this bit.
  void fail_in_java(std::uint32_t bit) {
    if (space_.memo.has(bit - 1)) return;
    space_.memo.add(bit - 1);
    ++java_bits_;
  }

  /// From `first` to `last`, both included.
  void fail_all(std::uint32_t first, std::uint32_t last) {
    space_.memo.add_range(first - 1, last - 1);
  }

  /// Java's own memo counts where failed ways leave something behind, captures or where the latest
  /// piece ended: what it skips leaves none. 0 where it is not asked.
  [[nodiscard]] std::uint32_t java_bit(std::uint32_t slot, std::uint32_t place) {
    return uses_javas_ && slot != 0 ? bit_in(slot, place) : 0;
  }

 private:
  static constexpr std::uint32_t kStateToken = 1U << 31;
  // What it takes to look a state up, in steps.
  static constexpr std::uint32_t kStepsPerState = 6;
  static constexpr std::uint32_t kWordsPerStep = 4;

  [[nodiscard]] bool decides_by_place(const Instruction& at) const {
    return at.memo < kFirstStatePoint && !reads_all_;
  }

  [[nodiscard]] std::uint32_t bit_of(const MemoPoint& point, std::uint32_t place) {
    std::uint32_t slot = point.slot;
    for (std::uint32_t i = 0; i < point.loop_count; ++i) {
      slot += (space_.registers[point.loops[i]] == place ? 1U : 0U) << i;
    }
    return bit_in(slot, place);
  }

  [[nodiscard]] std::uint32_t bit_in(std::uint32_t slot, std::uint32_t place) {
    if (!has_bits_) {
      space_.memo.clear();
      has_bits_ = true;
    }
    const std::uint64_t bit = std::uint64_t{slot} * (std::uint64_t{input_.size} + 1) + place;
    return bit < Memo::kBits ? static_cast<std::uint32_t>(bit) + 1 : 0;
  }

  [[nodiscard]] Known known_state(const Instruction& at, std::uint32_t place,
                                  std::uint64_t& steps) {
    const std::uint16_t number =
        at.memo >= kFirstStatePoint ? at.memo : program_.memo_points[at.memo].state;
    if (number == kNoMemo) return {};
    if (!has_states_) {
      space_.states.clear();
      has_states_ = true;
    }
    const StatePoint& point = program_.state_points[number - kFirstStatePoint];
    auto& state = space_.state;
    state.assign({number, place});
    add_left(state);
    for (const std::uint32_t loop : point.loops) {
      state.push_back(space_.registers[loop] == place ? 1 : 0);
    }
    for (const std::uint32_t which : point.registers) state.push_back(space_.registers[which]);
    if (reads_all_ || !program_.place_decides) {
      for (const std::uint32_t which : point.pieces) state.push_back(space_.registers[which]);
    }
    if (point.mark != kNowhere) state.push_back(space_.marks[point.mark].place);
    if (program_.has_grapheme_boundaries) state.push_back(last_);
    steps += kStepsPerState + state.size() / kWordsPerStep;
    const std::uint32_t name = space_.states.find_or_add(state);
    if (name == StateMemo::kUnknown) return {};
    const bool failed = space_.states.has_failed(name);
    if (failed) last_ = space_.states.end_of(name);
    return {failed, name | kStateToken};
  }

  using GroupWords = std::array<std::uint32_t, 2>;

  /// What a reference to a group depends on: not on where nothing or one letter was matched.
  [[nodiscard]] GroupWords words_of(const Span& span) const {
    constexpr std::uint32_t kLetter = 1U << 31;  // above all places
    if (span.first == kNowherePlace) return {kNowherePlace, kNowherePlace};
    const std::uint32_t length = span.last - span.first;
    if (length == 0) return {0, 0};
    if (length == 1 && input_[span.first] < 0x80) return {kLetter | input_[span.first], 1};
    return {span.first, span.last};
  }

  /// What ways that fail may leave behind: bits in Java's memo, and captures, which count where
  /// they are read.
  void add_left(std::vector<std::uint32_t>& words) const {
    if (uses_javas_ && program_.java_slots > 1) words.push_back(java_bits_);
    if (reads_all_) {
      for (const Span& span : space_.captures) {
        words.push_back(span.first);
        words.push_back(span.last);
      }
      return;
    }
    for (const std::uint32_t group : program_.referenced) {
      for (const std::uint32_t word : words_of(space_.captures[group])) words.push_back(word);
    }
  }

  /// Otherwise the same state would not fail in the same way the next time.
  [[nodiscard]] bool leaves_state_as_it_was(std::uint32_t name) {
    if (!program_.leaves_captures && !program_.has_grapheme_boundaries) return true;
    auto& left = space_.state;
    left.clear();
    add_left(left);
    constexpr std::size_t kBefore = 2;  // words of a state: its point and its place
    const auto then = space_.states.state(name, kBefore + left.size()).subspan(kBefore);
    return std::ranges::equal(left, then);
  }

  const Program& program_;
  const Input<Unit>& input_;
  Workspace& space_;
  std::uint32_t& last_;
  std::uint32_t java_bits_ = 0;  // in Java's memo
  std::uint64_t after_steps_ = std::numeric_limits<std::uint64_t>::max();
  bool reads_all_ = false;  // captures, and failed ways may leave some behind
  bool uses_javas_ = false;
  bool has_bits_ = false;
  bool has_states_ = false;
};

}  // namespace registry::match::engine
