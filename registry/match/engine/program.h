#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/unicode/code_point_set.h"
#include "registry/match/syntax/tree.h"

namespace registry::match::engine {

/// What an instruction does. "Fails" means: the matcher goes back to its latest choice.
enum class Op : std::uint8_t {
  accept,      // the end of the pattern: fails unless this is the end of the input
  character,   // a: the code point
  text,        // a, b: where in Program::text, and how many units
  set,         // a: the set
  run,         // a: the set, b: min, c: max, d: the follower; flag: Greed
  split,       // a: where to go first, b: where then; d: the slot in Java's memo, or 0
  jump,        // a: where
  open,        // a: the group; its beginning goes to register a
  close,       // a: the group; it has matched from register a to here
  keep,        // a: the group, b: a register; see README.md, "What a loop writes when it is left"
  piece,       // a, b: registers, where such a loop began and how wide its pieces are; c: one with
               // where this piece began; d: the way out of the loop
  note,        // a: a register, which gets the place
  even_piece,  // a, b: registers, where this piece began and how wide those before it are; d: the
               // way out of the loop; see README.md, "Pieces of different width"
  rematch,    // a, b, d: as even_piece; c: where to go at the beginning of a piece of another width
  note_last,  // a: a register, which gets the place where the latest piece ended
  leave_unless_moved,  // a: a register, b: where to go when the place is still the one in it; flag:
                       // the choice to do without this iteration falls away
  fail_unless_moved,   // a: a register
  count_from_zero,     // a: a register
  count_next,          // a: a register, b: min, c: max, d: the way out; flag: Greed
  count,       // a: a register, b: where to stop counting; d: the slot in Java's memo of the
               // count_next before this, or 0
  count_down,  // a: a register
  count_all_unless_moved,  // a: a register with a place, b: one that counts, c: what it gets when
                           // the place is still the same: all iterations to come will be like this;
                           // d: kNowhere, or a register with where the latest piece must have ended
  begin_atomic,            // a: a mark, b: where to go when what is inside fails, or kNowhere
  end_atomic,              // a: the mark
  begin_look,              // a: a mark, b: where to go when what is inside fails, or kNowhere
  end_look,                // a: the mark; flag: negated
  begin_behind,    // a: a mark, b: in Program::behinds, d: where to go when it fails, or kNowhere
  end_behind,      // a: the mark; flag: negated
  back_reference,  // a: the group; flag: CaseRule
  position,        // flag: Anchor
  grapheme_cluster,
};

inline constexpr std::uint32_t kNowhere = std::numeric_limits<std::uint32_t>::max();
inline constexpr std::uint16_t kNoMemo = std::numeric_limits<std::uint16_t>::max();
/// From here on an instruction's `memo` counts Program::state_points.
inline constexpr std::uint16_t kFirstStatePoint = 0x8000;

struct Instruction {
  Op op = Op::accept;
  std::uint8_t flag = 0;
  std::uint16_t memo = kNoMemo;  // its place in Program::memo_points, or see kFirstStatePoint
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint32_t c = 0;
  std::uint32_t d = 0;
};

/// A set of code points with the ASCII part as bits.
struct CharacterSet {
  core::unicode::CodePointSet all;
  std::array<std::uint64_t, 2> ascii{};

  [[nodiscard]] bool has_ascii(std::uint32_t code_point) const {
    return ((ascii[code_point >> 6] >> (code_point & 63)) & 1) != 0;
  }
  [[nodiscard]] bool contains(char32_t code_point) const {
    return code_point < 128 ? has_ascii(code_point) : all.contains(code_point);
  }
};

[[nodiscard]] CharacterSet make_character_set(const core::unicode::CodePointSet& set);

/// What must come right after a run, as far as one look at the input can tell.
struct Follower {
  enum class Kind : std::uint8_t { anything, unit, set, end } kind = Kind::anything;
  std::uint32_t value = 0;  // the unit, or the set
};

/// How far a look-behind looks: see syntax::Look.
struct Behind {
  std::uint32_t min = 0;
  std::uint32_t max = 0;
  std::uint32_t place_min = 0;
  bool counts_code_points = false;
  bool counts_forward = false;
};

/// A choice whose outcome depends on the place alone, and on whether each of the loops around it
/// that can match nothing began its iteration at this very place. It has a slot of bits for each
/// case.
struct MemoPoint {
  static constexpr std::size_t kLoopsMax = 3;
  std::uint32_t slot = 0;
  std::uint16_t state = kNoMemo;  // its state point, for when captures are told apart
  std::uint8_t loop_count = 0;
  std::array<std::uint32_t, kLoopsMax> loops{};  // the registers with their beginnings
};

/// A choice whose outcome depends on more than its place: on counters, or on what is referred to.
struct StatePoint {
  std::vector<std::uint32_t> loops;      // as in MemoPoint
  std::vector<std::uint32_t> registers;  // whose values count
  std::vector<std::uint32_t> pieces;     // the same, where more than the verdict counts
  std::uint32_t mark = kNowhere;         // of the look-behind that it is in
};

/// A pattern for the backtracking machine.
struct Program {
  std::vector<Instruction> code;
  std::vector<CharacterSet> sets;
  std::vector<Follower> followers;
  std::vector<Behind> behinds;
  std::vector<MemoPoint> memo_points;
  std::vector<StatePoint> state_points;
  std::vector<std::uint32_t> referenced;  // groups, when place_decides is not so
  std::u16string text;                    // literals; no surrogates
  std::uint32_t memo_slots = 0;
  std::uint32_t java_slots = 1;  // the choices for which Java has a memo, numbered from 1
  std::uint32_t registers = 0;   // the first group_count + 1 are the beginnings of groups
  std::uint32_t marks = 0;
  std::uint32_t group_count = 0;
  bool has_back_references = false;
  bool has_grapheme_boundaries = false;
  bool has_keeps = false;
  /// The pattern has neither back-references nor \b{g}: what comes of a place in the program
  /// depends on the place in the input, and not on what was matched before.
  bool place_decides = true;
  /// A group can be set by a way that failed in the end, as in Java: it is inside a look-around, an
  /// atomic or possessive part, or another group that is repeated as one piece.
  bool leaves_captures = false;

  [[nodiscard]] std::size_t memory_bytes() const;
};

}  // namespace registry::match::engine
