#include "registry/match/matcher.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "registry/match/pattern.h"

namespace registry::match {
namespace {

using PatternPtr = std::shared_ptr<const Pattern>;

/// Filters one by one, in the order of their numbers. An index over literals comes with the front
/// end for Java's syntax; until then a comparison with the literal prefix spares most of the work.
class OneByOne final : public Matcher {
 public:
  OneByOne(std::span<const Filter> filters, const OneByOne* previous) {
    for (const Filter& filter : filters) {
      if (PatternPtr pattern = pattern_of(filter.pattern, previous)) {
        entries_.push_back({filter.number, std::move(pattern)});
      }
    }
    std::stable_sort(entries_.begin(), entries_.end(), [](const Entry& left, const Entry& right) {
      return left.number < right.number;
    });
  }

  void match(std::string_view path, Matches& matches) const override {
    if (!is_ascii(path)) return;
    for (auto entry = entries_.begin(); entry != entries_.end();) {
      const std::uint32_t number = entry->number;
      const auto verdict = entry->pattern->match(path);
      if (verdict == Pattern::Verdict::over_budget) {
        matches.over_budget = true;
        matches.over_budget_number = number;
        return;
      }
      ++entry;
      if (verdict == Pattern::Verdict::no) continue;
      matches.numbers.push_back(number);
      while (entry != entries_.end() && entry->number == number) ++entry;  // each number once
    }
  }

 private:
  struct Entry {
    std::uint32_t number;
    PatternPtr pattern;
  };

  static bool is_ascii(std::string_view path) {
    return std::all_of(path.begin(), path.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  }

  /// The compiled form: the one we have, the one `previous` has, or a new one; null for what is no
  /// pattern.
  PatternPtr pattern_of(const std::string& text, const OneByOne* previous) {
    if (const auto known = by_text_.find(text); known != by_text_.end()) return known->second;
    PatternPtr pattern = previous == nullptr ? nullptr : previous->known(text);
    if (pattern == nullptr) pattern = compiled(text);
    return by_text_.emplace(text, std::move(pattern)).first->second;
  }
  [[nodiscard]] PatternPtr known(const std::string& text) const {
    const auto found = by_text_.find(text);
    return found == by_text_.end() ? nullptr : found->second;
  }
  static PatternPtr compiled(const std::string& text) {
    auto pattern = Pattern::compile(text);
    if (!pattern) return nullptr;
    (*pattern)->speed_up();
    return *pattern;
  }

  std::vector<Entry> entries_;                           // by number, ascending
  std::unordered_map<std::string, PatternPtr> by_text_;  // for the next matcher
};

}  // namespace

core::Result<void, PatternError> check_pattern(std::string_view pattern) {
  auto compiled = Pattern::compile(pattern);
  if (!compiled) return core::Unexpected{std::move(compiled).error()};
  return {};
}

std::shared_ptr<const Matcher> make_matcher(std::span<const Filter> filters,
                                            const Matcher* previous) {
  return std::make_shared<OneByOne>(filters, dynamic_cast<const OneByOne*>(previous));
}

}  // namespace registry::match
