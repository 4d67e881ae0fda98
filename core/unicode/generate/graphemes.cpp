#include "core/unicode/generate/graphemes.h"

#include <algorithm>
#include <utility>

#include "core/unicode/grapheme_break.h"

namespace core::unicode::generate {
namespace {

struct Entry {
  CodePointRange range;
  GraphemeBreak value = GraphemeBreak::other;
};

class Collector {
 public:
  void add(const CodePointSet& set, GraphemeBreak value) {
    for (const CodePointRange& range : set.ranges()) entries_.push_back({range, value});
  }

  [[nodiscard]] std::vector<std::uint32_t> table() {
    std::ranges::sort(entries_, {}, [](const Entry& entry) { return entry.range.first; });
    std::vector<std::uint32_t> table;
    char32_t next = 0;
    for (const Entry& entry : entries_) {
      if (next < entry.range.first) table.push_back(packed(next, GraphemeBreak::other));
      table.push_back(packed(entry.range.first, entry.value));
      next = entry.range.last + 1;
    }
    if (next <= kCodePointMax) table.push_back(packed(next, GraphemeBreak::other));
    return table;
  }

 private:
  static std::uint32_t packed(char32_t first, GraphemeBreak value) {
    return static_cast<std::uint32_t>(first) << 8 | static_cast<std::uint32_t>(value);
  }

  std::vector<Entry> entries_;
};

/// Where Java 17 goes its own way: vowel signs that Unicode counts as extending are spacing marks,
/// and so are two of Ahom that are neither.
CodePointSet spacing_marks(const Database& database) {
  const CodePointSet extending = database.grapheme_breaks.at("Extend");
  return database.grapheme_breaks.at("SpacingMark")
      .unite(extending)
      .intersect(database.category("Mc"))
      .unite(database.grapheme_breaks.at("SpacingMark"))
      .subtract(database.category("Mn"))
      .unite(CodePointSet::of(0x11720, 0x11721));
}

/// To Java, whatever is not assigned is a control; but 0378, an example in Unicode's tests, is
/// none.
CodePointSet controls(const Database& database) {
  return database.grapheme_breaks.at("Control")
      .unite(database.category("Cn"))
      .unite(database.category("Cs"))
      .subtract(CodePointSet::of(0x378))
      .subtract(database.extended_pictographic);
}

}  // namespace

std::vector<std::uint32_t> grapheme_breaks(const Database& database) {
  const auto& breaks = database.grapheme_breaks;
  const CodePointSet spacing = spacing_marks(database);
  Collector collector;
  collector.add(breaks.at("CR"), GraphemeBreak::cr);
  collector.add(breaks.at("LF"), GraphemeBreak::lf);
  collector.add(controls(database), GraphemeBreak::control);
  collector.add(breaks.at("Extend").unite(breaks.at("SpacingMark")).subtract(spacing),
                GraphemeBreak::extend);
  collector.add(breaks.at("ZWJ"), GraphemeBreak::zwj);
  collector.add(breaks.at("Regional_Indicator"), GraphemeBreak::regional_indicator);
  collector.add(breaks.at("Prepend"), GraphemeBreak::prepend);
  collector.add(spacing, GraphemeBreak::spacing_mark);
  collector.add(breaks.at("L"), GraphemeBreak::hangul_l);
  collector.add(breaks.at("V"), GraphemeBreak::hangul_v);
  collector.add(breaks.at("T"), GraphemeBreak::hangul_t);
  collector.add(breaks.at("LV").unite(breaks.at("LVT")), GraphemeBreak::hangul_lvt);
  collector.add(database.extended_pictographic, GraphemeBreak::extended_pictographic);
  return collector.table();
}

}  // namespace core::unicode::generate
