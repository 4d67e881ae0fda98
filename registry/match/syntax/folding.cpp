#include "registry/match/syntax/folding.h"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "core/unicode/case.h"
#include "registry/match/syntax/ascii.h"

namespace registry::match::syntax {
namespace {

using core::unicode::CaseMapping;
using core::unicode::CodePointRange;
using core::unicode::CodePointSet;

/// What Java compares under i and u.
char32_t fold(char32_t c) { return core::unicode::to_lower(core::unicode::to_upper(c)); }

struct Folded {
  char32_t folded = 0;
  char32_t code_point = 0;
  char32_t upper = 0;
};

/// All code points with a case, by what they fold to.
const std::vector<Folded>& folds() {
  static const std::vector<Folded> all = [] {
    std::vector<Folded> list;
    for (const CaseMapping& mapping : core::unicode::case_mappings()) {
      list.push_back({core::unicode::to_lower(mapping.upper), mapping.code_point, mapping.upper});
    }
    std::stable_sort(list.begin(), list.end(),
                     [](const Folded& a, const Folded& b) { return a.folded < b.folded; });
    return list;
  }();
  return all;
}

/// All that fold() takes to `folded`, and `folded` itself.
CodePointSet unfolded(char32_t folded) {
  std::vector<CodePointRange> ranges{{folded, folded}};
  auto one = std::lower_bound(folds().begin(), folds().end(), folded,
                              [](const Folded& a, char32_t c) { return a.folded < c; });
  for (; one != folds().end() && one->folded == folded; ++one) {
    ranges.push_back({one->code_point, one->code_point});
  }
  return CodePointSet{ranges};
}

CodePointSet ascii_pair(char32_t c) {
  const std::array<CodePointRange, 2> both{
      {{to_ascii_upper(c), to_ascii_upper(c)}, {to_ascii_lower(c), to_ascii_lower(c)}}};
  return CodePointSet{both};
}

bool within(char32_t c, char32_t first, char32_t last) { return first <= c && c <= last; }

}  // namespace

CodePointSet folded_literal(char32_t c, Flags flags) {
  if (!flags.ignore_case) return CodePointSet::of(c);
  if (!flags.unicode_case) return ascii_pair(c);
  // A code point with one case stands for itself alone, whatever folds to it.
  const char32_t upper = core::unicode::to_upper(c);
  const char32_t lower = core::unicode::to_lower(upper);
  return upper == lower ? CodePointSet::of(c) : unfolded(lower);
}

CodePointSet folded_in_run(char32_t c, Flags flags) {
  if (!flags.ignore_case || !flags.unicode_case) return folded_literal(c, flags);
  return unfolded(fold(c));
}

CodePointSet folded_range(char32_t first, char32_t last, Flags flags) {
  std::vector<CodePointRange> ranges{{first, last}};
  if (flags.ignore_case && flags.unicode_case) {
    for (const Folded& one : folds()) {
      if (within(one.upper, first, last) || within(one.folded, first, last)) {
        ranges.push_back({one.code_point, one.code_point});
      }
    }
  } else if (flags.ignore_case) {
    for (char32_t c = U'A'; c <= U'z'; ++c) {
      if (within(to_ascii_upper(c), first, last) || within(to_ascii_lower(c), first, last)) {
        ranges.push_back({c, c});
      }
    }
  }
  return CodePointSet{ranges};
}

}  // namespace registry::match::syntax
