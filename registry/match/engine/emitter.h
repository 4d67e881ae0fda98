#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "registry/match/engine/program.h"
#include "registry/match/syntax/tree.h"

namespace registry::match::engine {

inline std::uint8_t as_flag(auto value) { return static_cast<std::uint8_t>(value); }

/// What is around the node that is being written.
struct Surroundings {
  /// The registers with the beginnings of the iterations of loops whose body can match nothing.
  std::vector<std::uint32_t> loops;
  /// Other registers on which depends what comes of a choice.
  std::vector<std::uint32_t> registers;
  std::vector<std::uint32_t> pieces;  // the same, of loops of pieces
  std::uint32_t mark = kNowhere;      // of the look-behind around this
  bool memo = true;                   // choices are worth to be remembered
  bool repeated = false;  // this may be passed more than once, without an end of its own between
};

/// Writes single instructions and what belongs to them.
class Emitter {
 protected:
  std::uint32_t split() { return emit({.op = Op::split, .memo = memo_point()}); }

  void order(std::uint32_t choice, syntax::Greed greed, std::uint32_t body, std::uint32_t rest) {
    const bool lazy = greed == syntax::Greed::lazy;
    program_.code[choice].a = lazy ? rest : body;
    program_.code[choice].b = lazy ? body : rest;
  }

  std::uint16_t memo_point() {
    if (!around_.memo) return kNoMemo;
    const bool by_place = program_.place_decides && around_.registers.empty() &&
                          around_.mark == kNowhere && around_.loops.size() <= MemoPoint::kLoopsMax;
    return by_place ? place_point() : state_point();
  }

  std::uint16_t place_point() {
    if (program_.memo_points.size() == kFirstStatePoint) return kNoMemo;
    MemoPoint point{.slot = program_.memo_slots,
                    .state = program_.group_count > 0 ? state_point() : kNoMemo,
                    .loop_count = static_cast<std::uint8_t>(around_.loops.size())};
    std::ranges::copy(around_.loops, point.loops.begin());
    program_.memo_slots += 1U << around_.loops.size();
    program_.memo_points.push_back(point);
    return static_cast<std::uint16_t>(program_.memo_points.size() - 1);
  }

  std::uint16_t state_point() {
    const std::size_t number = kFirstStatePoint + program_.state_points.size();
    if (number == kNoMemo) return kNoMemo;
    program_.state_points.push_back(
        {around_.loops, around_.registers, around_.pieces, around_.mark});
    return static_cast<std::uint16_t>(number);
  }

  std::uint32_t emit(Instruction instruction) {
    program_.code.push_back(instruction);
    return here() - 1;
  }
  [[nodiscard]] std::uint32_t here() const {
    return static_cast<std::uint32_t>(program_.code.size());
  }

  void write_set(const core::unicode::CodePointSet& set) {
    if (set.ranges().size() == 1 && set.ranges().front().first == set.ranges().front().last) {
      emit({.op = Op::character, .a = set.ranges().front().first});
    } else {
      emit({.op = Op::set, .a = set_of(set)});
    }
  }

  std::uint32_t set_of(const core::unicode::CodePointSet& set) {
    const auto known = std::ranges::find(program_.sets, set, &CharacterSet::all);
    if (known != program_.sets.end()) {
      return static_cast<std::uint32_t>(known - program_.sets.begin());
    }
    program_.sets.push_back(make_character_set(set));
    return static_cast<std::uint32_t>(program_.sets.size() - 1);
  }

  struct CountedLoop {
    std::uint32_t next = 0;  // the instruction count_next
    std::uint32_t counter = 0;
  };

  CountedLoop begin_count(std::uint32_t min, std::uint32_t max, syntax::Greed greed) {
    return begin_count(min, max, greed, [](std::uint32_t) {});
  }

  CountedLoop begin_count(std::uint32_t min, std::uint32_t max, syntax::Greed greed,
                          const auto& write_before) {
    const std::uint32_t counter = program_.registers++;
    around_.registers.push_back(counter);
    emit({.op = Op::count_from_zero, .a = counter});
    write_before(counter);
    const std::uint32_t next = emit({.op = Op::count_next,
                                     .flag = as_flag(greed),
                                     .memo = min != max ? memo_point() : kNoMemo,
                                     .a = counter,
                                     .b = min,
                                     .c = max});
    emit({.op = Op::count, .a = counter, .b = max == syntax::kUnbounded ? min : max});
    return {next, counter};
  }

  void end_count(const CountedLoop& loop) {
    emit({.op = Op::jump, .a = loop.next});
    program_.code[loop.next].d = here();
    around_.registers.pop_back();
  }

  [[nodiscard]] bool is_referenced(std::uint32_t group) const {
    return std::ranges::find(program_.referenced, group) != program_.referenced.end();
  }

  Program program_;
  Surroundings around_;
};

}  // namespace registry::match::engine
