#include "core/unicode/code_point_set.h"

#include <algorithm>

#include "core/base/check.h"

namespace core::unicode {
namespace {

/// Appends ranges in ascending order of their first code points, joining what touches.
class Joiner {
 public:
  explicit Joiner(std::size_t range_count_max) { ranges_.reserve(range_count_max); }

  void add(CodePointRange range) {
    if (!ranges_.empty() && range.first <= ranges_.back().last + 1) {
      ranges_.back().last = std::max(ranges_.back().last, range.last);
    } else {
      ranges_.push_back(range);
    }
  }

  std::vector<CodePointRange> take() { return std::move(ranges_); }

 private:
  std::vector<CodePointRange> ranges_;
};

bool by_first(const CodePointRange& left, const CodePointRange& right) {
  return left.first < right.first;
}

}  // namespace

CodePointSet::CodePointSet(std::span<const CodePointRange> ranges) {
  for (const CodePointRange& range : ranges) {
    CORE_CHECK(range.first <= range.last && range.last <= kCodePointMax);
  }
  std::vector<CodePointRange> sorted(ranges.begin(), ranges.end());
  if (!std::ranges::is_sorted(sorted, by_first)) std::ranges::sort(sorted, by_first);
  Joiner joiner(sorted.size());
  for (const CodePointRange& range : sorted) joiner.add(range);
  ranges_ = joiner.take();
}

CodePointSet CodePointSet::of(char32_t code_point) { return of(code_point, code_point); }

CodePointSet CodePointSet::of(char32_t first, char32_t last) {
  CORE_CHECK(first <= last && last <= kCodePointMax);
  CodePointSet set;
  set.ranges_.push_back({first, last});
  return set;
}

CodePointSet CodePointSet::all() { return of(0, kCodePointMax); }

bool CodePointSet::contains(char32_t code_point) const {
  const auto after = std::ranges::upper_bound(ranges_, code_point, {}, &CodePointRange::first);
  return after != ranges_.begin() && code_point <= std::prev(after)->last;
}

std::size_t CodePointSet::size() const {
  std::size_t count = 0;
  for (const CodePointRange& range : ranges_) count += range.last - range.first + 1;
  return count;
}

CodePointSet CodePointSet::complement() const {
  CodePointSet result;
  result.ranges_.reserve(ranges_.size() + 1);
  char32_t missing = 0;  // the first code point after the ranges so far
  for (const CodePointRange& range : ranges_) {
    if (missing < range.first) result.ranges_.push_back({missing, range.first - 1});
    missing = range.last + 1;
  }
  if (missing <= kCodePointMax) result.ranges_.push_back({missing, kCodePointMax});
  return result;
}

CodePointSet CodePointSet::unite(const CodePointSet& other) const {
  Joiner joiner(ranges_.size() + other.ranges_.size());
  auto left = ranges_.begin();
  auto right = other.ranges_.begin();
  while (left != ranges_.end() && right != other.ranges_.end()) {
    joiner.add(by_first(*left, *right) ? *left++ : *right++);
  }
  for (; left != ranges_.end(); ++left) joiner.add(*left);
  for (; right != other.ranges_.end(); ++right) joiner.add(*right);
  CodePointSet result;
  result.ranges_ = joiner.take();
  return result;
}

CodePointSet CodePointSet::intersect(const CodePointSet& other) const {
  CodePointSet result;
  auto left = ranges_.begin();
  auto right = other.ranges_.begin();
  while (left != ranges_.end() && right != other.ranges_.end()) {
    const char32_t first = std::max(left->first, right->first);
    const char32_t last = std::min(left->last, right->last);
    if (first <= last) result.ranges_.push_back({first, last});
    // The one that ends first can meet nothing more.
    if (left->last < right->last) {
      ++left;
    } else {
      ++right;
    }
  }
  return result;
}

CodePointSet CodePointSet::subtract(const CodePointSet& other) const {
  CodePointSet result;
  auto hole = other.ranges_.begin();
  for (CodePointRange rest : ranges_) {
    while (hole != other.ranges_.end() && hole->last < rest.first) ++hole;
    for (; hole != other.ranges_.end() && hole->first <= rest.last; ++hole) {
      if (rest.first < hole->first) result.ranges_.push_back({rest.first, hole->first - 1});
      rest.first = hole->last + 1;
      if (rest.first > rest.last) break;  // this hole may reach into the next range
    }
    if (rest.first <= rest.last) result.ranges_.push_back(rest);
  }
  return result;
}

}  // namespace core::unicode
