#pragma once

#include <algorithm>
#include <cstdint>

#include "core/unicode/case.h"
#include "registry/match/engine/input.h"
#include "registry/match/engine/program.h"
#include "registry/match/engine/workspace.h"
#include "registry/match/syntax/tree.h"

namespace registry::match::engine {

inline constexpr std::uint32_t kUnitsPerStep = 8;  // of a literal, a run or a back-reference

/// Holds parts of the input against parts of a program. What takes longer than a step is added to
/// `steps`.
template <typename Unit>
class Reader {
 public:
  Reader(const Program& program, const Input<Unit>& input, std::uint64_t& steps)
      : program_(program), input_(input), steps_(steps) {}

  /// Goes beyond the code point at `place` if it is one of `set`.
  [[nodiscard]] bool advance(const CharacterSet& set, std::uint32_t& place) const {
    if (place == input_.size) return false;
    const char32_t code_point = input_.at(place);
    if (!set.contains(code_point)) return false;
    place += Input<Unit>::width(code_point);
    return true;
  }

  [[nodiscard]] bool can_follow(Follower follower, std::uint32_t place) const {
    switch (follower.kind) {
      case Follower::Kind::anything:
        return true;
      case Follower::Kind::end:
        return place == input_.size;
      case Follower::Kind::unit:
        return place < input_.size && input_[place] == follower.value;
      case Follower::Kind::set:
        return place < input_.size && program_.sets[follower.value].contains(input_.at(place));
    }
    return true;
  }

  [[nodiscard]] bool has_text(const Instruction& text, std::uint32_t place) const {
    if (input_.size - place < text.b) return false;
    const char16_t* const units = program_.text.data() + text.a;
    std::uint32_t i = 0;
    while (i < text.b && input_[place + i] == units[i]) ++i;
    steps_ += i / kUnitsPerStep;
    return i == text.b;
  }

  /// Goes beyond what matches `span`, which is what the reference's group has matched.
  [[nodiscard]] bool refer_back(const Instruction& reference, Span span,
                                std::uint32_t& place) const {
    if (span.first == kNowherePlace) return false;
    const std::uint32_t length = span.last - span.first;
    if (length > input_.size - place) return false;
    const auto rule = static_cast<syntax::CaseRule>(reference.flag);
    const bool unicode = rule == syntax::CaseRule::unicode;
    const bool same = rule == syntax::CaseRule::exact
                          ? has_same_units(span.first, place, length)
                          : has_same_letters(span.first, place, length, unicode);
    if (same) place += length;
    return same;
  }

  /// So many units, or code points, before `place`; 0 when there are not so many.
  [[nodiscard]] std::uint32_t back_from(std::uint32_t place, std::uint32_t count,
                                        const Behind& behind) const {
    if (!behind.counts_code_points) return place < count ? 0 : place - count;
    for (; count > 0 && place > 0; --count, ++steps_) {
      place -= Input<Unit>::width(input_.before(place));
    }
    return place;
  }

  /// As many units before `place` as `count` code points behind it have.
  [[nodiscard]] std::uint32_t as_far_back(std::uint32_t place, std::uint32_t count) const {
    std::uint32_t end = place;
    for (; count > 0 && end < input_.size; --count, ++steps_) {
      end += Input<Unit>::width(input_.at(end));
    }
    return place - std::min(place, end - place);
  }

 private:
  [[nodiscard]] bool has_same_units(std::uint32_t from, std::uint32_t place,
                                    std::uint32_t length) const {
    std::uint32_t i = 0;
    while (i < length && input_[from + i] == input_[place + i]) ++i;
    steps_ += i / kUnitsPerStep;
    return i == length;
  }

  /// As Java does it, which compares as many code points as the group has units, and so looks
  /// further than the group when there are pairs of surrogates in it.
  [[nodiscard]] bool has_same_letters(std::uint32_t from, std::uint32_t place, std::uint32_t length,
                                      bool unicode) const {
    for (std::uint32_t i = 0; i < length; ++i) {
      if (from >= input_.size || place >= input_.size) return false;
      const char32_t one = input_.at(place);
      const char32_t other = input_.at(from);
      if (!same_letter(one, other, unicode)) return false;
      place += Input<Unit>::width(one);
      from += Input<Unit>::width(other);
      if (i % kUnitsPerStep == 0) ++steps_;
    }
    return true;
  }

  [[nodiscard]] static bool same_letter(char32_t one, char32_t other, bool unicode) {
    if (one == other) return true;
    if (!unicode) {
      const auto lower = [](char32_t c) { return c >= 'A' && c <= 'Z' ? c + 0x20 : c; };
      return lower(one) == lower(other);
    }
    const char32_t upper = core::unicode::to_upper(one);
    const char32_t other_upper = core::unicode::to_upper(other);
    return upper == other_upper ||
           core::unicode::to_lower(upper) == core::unicode::to_lower(other_upper);
  }

  const Program& program_;
  const Input<Unit>& input_;
  std::uint64_t& steps_;
};

}  // namespace registry::match::engine
