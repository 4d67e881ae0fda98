#include "registry/match/matcher.h"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include "core/base/ascii.h"
#include "core/base/check.h"
#include "core/base/shared_map.h"
#include "registry/match/index.h"
#include "registry/match/parallel.h"
#include "registry/match/recent_patterns.h"

namespace registry::match {
namespace {

using PatternPtr = std::shared_ptr<const Pattern>;

struct CompiledFilter {
  std::string text;
  PatternPtr pattern;
};
using FilterSet = std::vector<CompiledFilter>;  // each text once
using FilterSetPtr = std::shared_ptr<const FilterSet>;

/// What a look-up needs; made once per thread.
struct WorkingSpace {
  std::vector<Candidate> candidates;
  std::string folded;
};
WorkingSpace& working_space() {
  thread_local WorkingSpace space;
  return space;
}

void fold(std::string_view path, std::string& folded) {
  folded.assign(path);
  for (char& c : folded) c = core::ascii_lower(c);
}

/// In the order of their numbers, each filter once.
void put_in_order(std::vector<Candidate>& candidates) {
  if (!std::is_sorted(candidates.begin(), candidates.end(), comes_before)) {
    std::sort(candidates.begin(), candidates.end(), comes_before);
  }
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
}

/// Literals give the candidates, patterns the answer.
class IndexedMatcher final : public Matcher {
 public:
  IndexedMatcher() = default;

  void match(std::string_view path, Matches& matches) const override {
    if (!core::is_ascii(path)) return;
    std::uint64_t steps_left = kLookupStepsMax;
    auto& candidates = working_space().candidates;
    candidates.clear();
    const bool affordable = find_candidates(path, candidates, steps_left);
    if (affordable) {
      put_in_order(candidates);
      confirm(path, candidates, steps_left, matches);
    } else {
      refuse(candidates.back().number, matches);
    }
    matches.steps = kLookupStepsMax - steps_left;
  }

  [[nodiscard]] std::vector<std::string> warnings(FilterNumber number,
                                                  std::string_view pattern) const override {
    const FilterSetPtr* set = filters_.find(number);
    if (set == nullptr) return {};
    const auto found = std::find_if((*set)->begin(), (*set)->end(),
                                    [&](const auto& filter) { return filter.text == pattern; });
    return found == (*set)->end() ? std::vector<std::string>{} : found->pattern->warnings();
  }

  [[nodiscard]] std::size_t memory_bytes() const override {
    std::size_t bytes = exact_.memory_bytes() + folded_.memory_bytes();
    for (const FilterSetPtr& set : filters_) {
      for (const CompiledFilter& filter : *set) {
        bytes += sizeof filter + filter.text.capacity() + filter.pattern->memory_bytes();
      }
    }
    return bytes;
  }

  /// One with these filters, whose patterns are compiled in slices of kSlice.
  [[nodiscard]] static std::shared_ptr<const IndexedMatcher> made(std::span<const Filter> filters,
                                                                  const InParallel& in_parallel) {
    constexpr std::size_t kSlice = 256;
    std::vector<PatternPtr> patterns(filters.size());
    in_parallel((filters.size() + kSlice - 1) / kSlice, [&](std::size_t slice) {
      const std::size_t end = std::min(filters.size(), (slice + 1) * kSlice);
      for (std::size_t i = slice * kSlice; i < end; ++i) {
        if (auto pattern = Pattern::compile(filters[i].pattern)) patterns[i] = *std::move(pattern);
      }
    });
    std::unordered_map<std::string_view, PatternPtr> known;
    for (std::size_t i = 0; i < filters.size(); ++i) {
      known.emplace(filters[i].pattern, std::move(patterns[i]));
    }
    auto matcher = std::make_shared<IndexedMatcher>();
    ++matcher->revision_;
    matcher->put_in(sets_of(filters, known));
    return matcher;
  }

  /// The same with these filters instead of the ones of `gone`.
  [[nodiscard]] std::shared_ptr<const IndexedMatcher> changed(std::span<const FilterNumber> gone,
                                                              std::span<const Filter> added) const {
    auto next = std::make_shared<IndexedMatcher>(*this);
    ++next->revision_;
    std::unordered_map<std::string_view, PatternPtr> known;
    std::vector<FilterSetPtr> held;  // what `known` looks at
    for (const FilterNumber number : gone) {
      const FilterSetPtr* set = next->filters_.find(number);
      if (set == nullptr) continue;
      held.push_back(*set);
      for (const CompiledFilter& filter : *held.back()) known.emplace(filter.text, filter.pattern);
      next->take_out(number, *held.back());
    }
    next->put_in(sets_of(added, known));
    return next;
  }

 private:
  using SharedFilters = core::SharedMap<FilterNumber, FilterSetPtr>;
  using Sets = std::map<FilterNumber, FilterSet>;

  static Sets sets_of(std::span<const Filter> filters,
                      const std::unordered_map<std::string_view, PatternPtr>& known) {
    Sets sets;
    for (const Filter& filter : filters) {
      FilterSet& set = sets[filter.number];
      const bool twin = std::any_of(
          set.begin(), set.end(), [&](const auto& other) { return other.text == filter.pattern; });
      if (twin) continue;
      const auto found = known.find(filter.pattern);
      if (PatternPtr pattern = found != known.end() ? found->second : compiled(filter.pattern)) {
        set.push_back({filter.pattern, std::move(pattern)});
      }
    }
    return sets;
  }
  static PatternPtr compiled(const std::string& text) {
    if (PatternPtr judged = RecentPatterns::of_this_thread().take(text)) return judged;
    auto pattern = Pattern::compile(text);
    return pattern ? *std::move(pattern) : nullptr;
  }

  void put_in(Sets sets) {
    std::vector<SharedFilters::Entry> entries;
    for (auto& [number, set] : sets) {
      CORE_CHECK(filters_.find(number) == nullptr);
      for (const CompiledFilter& filter : set) {
        const Candidate candidate{number, filter.pattern.get()};
        for (const LiteralKey& key : filter.pattern->keys()) {
          index_of(key).add(key, candidate, revision_);
        }
      }
      entries.push_back({number, std::make_shared<const FilterSet>(std::move(set))});
    }
    if (filters_.empty()) {
      filters_ = SharedFilters{std::move(entries)};
    } else {
      for (auto& [number, set] : entries) filters_ = filters_.with(number, std::move(set));
    }
  }

  void take_out(FilterNumber number, const FilterSet& set) {
    for (const CompiledFilter& filter : set) {
      const Candidate candidate{number, filter.pattern.get()};
      for (const LiteralKey& key : filter.pattern->keys()) {
        index_of(key).remove(key, candidate, revision_);
      }
    }
    filters_ = filters_.without(number);
  }

  Index& index_of(const LiteralKey& key) { return key.folded ? folded_ : exact_; }

  bool find_candidates(std::string_view path, std::vector<Candidate>& candidates,
                       std::uint64_t& steps_left) const {
    if (!exact_.find(path, candidates, steps_left)) return false;
    if (folded_.empty()) return true;
    fold(path, working_space().folded);
    return folded_.find(working_space().folded, candidates, steps_left);
  }

  static void confirm(std::string_view path, const std::vector<Candidate>& candidates,
                      std::uint64_t& steps_left, Matches& matches) {
    std::optional<FilterNumber> matched;
    for (const Candidate& candidate : candidates) {
      if (candidate.number == matched) continue;
      const auto verdict = candidate.pattern->match(path, steps_left);
      if (verdict == Pattern::Verdict::over_budget) return refuse(candidate.number, matches);
      if (verdict == Pattern::Verdict::no) continue;
      matched = candidate.number;
      matches.numbers.push_back(candidate.number);
    }
  }
  static void refuse(FilterNumber number, Matches& matches) {
    matches.over_budget = true;
    matches.over_budget_number = number;
  }

  SharedFilters filters_;  // own the patterns that the indices point to
  Index exact_;            // by literals as they are
  Index folded_;           // by literals in lower case
  Revision revision_ = 0;
};

}  // namespace

core::Result<std::vector<std::string>, PatternError> check_pattern(std::string_view pattern) {
  auto compiled = Pattern::compile(pattern);
  if (!compiled) return core::Unexpected{std::move(compiled).error()};
  RecentPatterns::of_this_thread().keep(pattern, *compiled);
  return (*compiled)->warnings();
}

std::shared_ptr<const Matcher> make_matcher(std::span<const Filter> filters) {
  return IndexedMatcher{}.changed({}, filters);
}

std::shared_ptr<const Matcher> make_matcher(std::span<const Filter> filters,
                                            const InParallel& in_parallel) {
  return IndexedMatcher::made(filters, in_parallel);
}

std::shared_ptr<const Matcher> change_matcher(const Matcher& previous,
                                              std::span<const FilterNumber> gone,
                                              std::span<const Filter> added) {
  const auto* indexed = dynamic_cast<const IndexedMatcher*>(&previous);
  CORE_CHECK(indexed != nullptr);
  return indexed->changed(gone, added);
}

}  // namespace registry::match
