#include "core/unicode/graphemes.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/unicode/grapheme_break.h"
#include "core/unicode/tables.h"

namespace core::unicode {
namespace {

using enum GraphemeBreak;

bool is_control(GraphemeBreak value) { return value == cr || value == lf || value == control; }

/// Whether a syllable goes on (UAX #29, GB6 to GB8).
bool joins_hangul(GraphemeBreak left, GraphemeBreak right) {
  switch (left) {
    case hangul_l:
      return right == hangul_l || right == hangul_v || right == hangul_lv || right == hangul_lvt;
    case hangul_lv:
    case hangul_v:
      return right == hangul_v || right == hangul_t;
    case hangul_lvt:
    case hangul_t:
      return right == hangul_t;
    default:
      return false;
  }
}

/// Whether two neighbours always stay together (GB3 to GB9b).
bool joins(GraphemeBreak left, GraphemeBreak right) {
  if (left == cr && right == lf) return true;
  if (is_control(left) || is_control(right)) return false;
  if (joins_hangul(left, right)) return true;
  return right == extend || right == zwj || right == spacing_mark || left == prepend;
}

/// Reads on from the start of a cluster and knows what was read.
class Cluster {
 public:
  explicit Cluster(GraphemeBreak first)
      : last_(first),
        emoji_(first == extended_pictographic),
        odd_indicators_(first == regional_indicator) {}

  /// Whether `next` belongs to the cluster as well, which then has it.
  bool take(GraphemeBreak next) {
    if (!joins(last_, next) && !joins_emoji(next) && !joins_flag(next)) return false;
    last_ = next;
    odd_indicators_ = next == regional_indicator && !odd_indicators_;
    return true;
  }

 private:
  /// GB11: a joiner and the next pictograph. To Java it is enough that the cluster began with one.
  [[nodiscard]] bool joins_emoji(GraphemeBreak next) const {
    return emoji_ && last_ == zwj && next == extended_pictographic;
  }
  /// GB12: regional indicators in pairs.
  [[nodiscard]] bool joins_flag(GraphemeBreak next) const {
    return odd_indicators_ && next == regional_indicator;
  }

  GraphemeBreak last_;
  const bool emoji_;
  bool odd_indicators_;  // an odd number of them ends here
};

}  // namespace

GraphemeBreak grapheme_break(char32_t code_point) {
  // The table keeps the syllables AC00 to D7A3 together; every 28th has no final consonant.
  constexpr char32_t kSyllableFirst = 0xAC00;
  constexpr char32_t kFinalCount = 28;
  const auto breaks = tables::grapheme_breaks();
  const auto after = std::ranges::upper_bound(breaks, code_point, {},
                                              [](std::uint32_t entry) { return entry >> 8; });
  const auto value = static_cast<GraphemeBreak>(*std::prev(after) & 0xFF);
  if (value == hangul_lvt && (code_point - kSyllableFirst) % kFinalCount == 0) return hangul_lv;
  return value;
}

std::size_t next_grapheme_boundary(std::u32string_view text, std::size_t from) {
  CORE_CHECK(from < text.size());
  Cluster cluster(grapheme_break(text[from]));
  std::size_t end = from + 1;
  while (end < text.size() && cluster.take(grapheme_break(text[end]))) ++end;
  return end;
}

bool is_grapheme_boundary(std::u32string_view text, std::size_t at, std::size_t last) {
  if (at == 0 || at >= text.size()) return true;
  return next_grapheme_boundary(text, last) <= at;
}

}  // namespace core::unicode
