#pragma once

#include <cstdint>

#include "core/unicode/graphemes.h"
#include "core/unicode/properties.h"
#include "registry/match/engine/input.h"
#include "registry/match/syntax/tree.h"

namespace registry::match::engine {

/// Conditions on a place, as java.util.regex of Java 17 decides them for a match of the whole
/// input. What takes longer than a step is added to `steps`.
template <typename Unit>
class Positions {
 public:
  explicit Positions(const Input<Unit>& input) : input_(input) {}

  /// `last` is where the latest piece that Java matches on its own ended: only \b{g} asks.
  [[nodiscard]] bool holds(syntax::Anchor anchor, std::uint32_t place, std::uint32_t last,
                           std::uint64_t& steps) const {
    using syntax::Anchor;
    switch (anchor) {
      case Anchor::begin_input:
        return place == 0;
      case Anchor::begin_line:
        return begins_line(place);
      case Anchor::begin_line_unix:
        return place < input_.size && (place == 0 || input_[place - 1] == '\n');
      case Anchor::end_input:
        return place == input_.size;
      case Anchor::end_or_terminator:
        return ends_input(place);
      case Anchor::end_or_newline:
        return place == input_.size || (place + 1 == input_.size && input_[place] == '\n');
      case Anchor::end_line:
        return place == input_.size || ends_line(place);
      case Anchor::end_line_unix:
        return place == input_.size || input_[place] == '\n';
      case Anchor::word_boundary:
        return is_word_boundary(place, false, steps);
      case Anchor::no_word_boundary:
        return !is_word_boundary(place, false, steps);
      case Anchor::word_boundary_unicode:
        return is_word_boundary(place, true, steps);
      case Anchor::no_word_boundary_unicode:
        return !is_word_boundary(place, true, steps);
      case Anchor::grapheme_boundary:
        return is_grapheme_boundary(place, last, steps);
    }
    return false;
  }

  /// Where the cluster ends that begins at `place`, which is below the input's size.
  [[nodiscard]] std::uint32_t cluster_end(std::uint32_t place) const {
    if constexpr (sizeof(Unit) == 1) {
      const bool crlf =
          input_[place] == '\r' && place + 1 < input_.size && input_[place + 1] == '\n';
      return place + (crlf ? 2 : 1);
    } else {
      // The second half of a pair, where only a look-behind can start, is a cluster of its own.
      if (is_inside_pair(place)) return place + 1;
      const std::size_t end =
          core::unicode::next_grapheme_boundary(input_.code_points, input_.code_point_of[place]);
      do {
        ++place;
      } while (place < input_.size && input_.code_point_of[place] < end);
      return place;
    }
  }

 private:
  static bool is_terminator(std::uint32_t unit) {
    return unit == '\n' || unit == '\r' || unit == 0x85 || (unit | 1) == 0x2029;
  }

  [[nodiscard]] bool is_inside_pair(std::uint32_t place) const {
    return place > 0 && input_.code_point_of[place - 1] == input_.code_point_of[place];
  }

  [[nodiscard]] bool is_inside_crlf(std::uint32_t place) const {
    return place > 0 && place < input_.size && input_[place - 1] == '\r' && input_[place] == '\n';
  }

  /// Not at the end of the input, even of an empty one.
  [[nodiscard]] bool begins_line(std::uint32_t place) const {
    if (place == input_.size) return false;
    return place == 0 || (is_terminator(input_[place - 1]) && !is_inside_crlf(place));
  }

  [[nodiscard]] bool ends_line(std::uint32_t place) const {
    return is_terminator(input_[place]) && !is_inside_crlf(place);
  }

  [[nodiscard]] bool ends_input(std::uint32_t place) const {
    const std::uint32_t left = input_.size - place;
    if (left == 0) return true;
    if (left == 2) return input_[place] == '\r' && input_[place + 1] == '\n';
    return left == 1 && ends_line(place);
  }

  [[nodiscard]] bool is_word_boundary(std::uint32_t place, bool unicode,
                                      std::uint64_t& steps) const {
    const bool left = place > 0 && is_word(input_.before(place), place - 1, unicode, steps);
    const bool right = place < input_.size && is_word(input_.at(place), place, unicode, steps);
    return left != right;
  }

  /// A non-spacing mark after a letter or digit belongs to the word.
  [[nodiscard]] bool is_word(char32_t code_point, std::uint32_t place, bool unicode,
                             std::uint64_t& steps) const {
    if (code_point < 128) return code_point == '_' || is_ascii_letter_or_digit(code_point);
    using core::unicode::Property;
    if (unicode) {
      if (has(Property::word, code_point)) return true;
    } else if (has(Property::letter_or_digit, code_point)) {
      return true;
    }
    return is_mark(code_point) && has_base(place, steps);
  }

  /// Looks back over marks, unit by unit as Java does: a base beyond the basic plane is not seen.
  [[nodiscard]] bool has_base(std::uint32_t place, std::uint64_t& steps) const {
    for (;; --place, ++steps) {
      const char32_t code_point = input_.at(place);
      if (is_letter_or_digit(code_point)) return true;
      if (!is_mark(code_point) || place == 0) return false;
    }
  }

  [[nodiscard]] bool is_grapheme_boundary(std::uint32_t place, std::uint32_t last,
                                          std::uint64_t& steps) const {
    if (place == 0 || place >= input_.size) return true;
    if constexpr (sizeof(Unit) > 1) {
      if (is_inside_pair(place)) return false;
    }
    if (last >= input_.size) return true;
    const std::uint32_t end = cluster_end(last);
    steps += end - last;
    return end <= place;
  }

  static bool is_ascii_letter_or_digit(char32_t c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }
  static bool has(core::unicode::Property property, char32_t code_point) {
    return core::unicode::contains(core::unicode::ranges_of(property), code_point);
  }
  static bool is_letter_or_digit(char32_t c) {
    if (c < 128) return is_ascii_letter_or_digit(c);
    return has(core::unicode::Property::letter_or_digit, c);
  }
  static bool is_mark(char32_t c) {
    static const auto kMarks = core::unicode::general_category(U"Mn");
    return c >= 128 && kMarks && core::unicode::contains(*kMarks, c);
  }

  const Input<Unit>& input_;
};

}  // namespace registry::match::engine
