#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "registry/match/pattern.h"

namespace registry::match {

/// Whether `pattern` (java.util.regex syntax, UTF-8) compiles; then what whoever registers it
/// should know (Pattern::warnings).
[[nodiscard]] core::Result<std::vector<std::string>, PatternError> check_pattern(
    std::string_view pattern);

/// By which the caller knows whose a filter is. Numbers need not be dense, and their order is that
/// in which matches are given, so a caller who chooses them well need never renumber.
using FilterNumber = std::uint64_t;

/// A filter to be matched. Several filters may have one number (the filters of one service).
struct Filter {
  std::string pattern;
  FilterNumber number = 0;
};

/// What a look-up found: the numbers of all filters that match the whole path, ascending and each
/// once; or that the look-up used up its budget of steps at that filter, and then the request must
/// be refused.
struct Matches {
  std::vector<FilterNumber> numbers;
  bool over_budget = false;
  FilterNumber over_budget_number = 0;
  std::uint64_t steps = 0;  // spent, of kLookupStepsMax
};

/// An immutable set of filters: any number of threads may match against it. Patterns must match
/// the whole of a raw path (java.util.regex Matcher.matches).
class Matcher {
 public:
  virtual ~Matcher() = default;
  /// Appends to `matches`, which the caller clears and keeps, so that a look-up need not allocate.
  /// Spends kLookupStepsMax steps at most. A path with an octet beyond ASCII, which RFC 3986 does
  /// not know, matches nothing.
  virtual void match(std::string_view path, Matches& matches) const = 0;
  /// What the filter with that pattern among those of `number` should be known for.
  [[nodiscard]] virtual std::vector<std::string> warnings(
      [[maybe_unused]] FilterNumber number, [[maybe_unused]] std::string_view pattern) const {
    return {};
  }
  /// Of patterns and index.
  [[nodiscard]] virtual std::size_t memory_bytes() const { return 0; }
};

/// Compiles `filters`; those that do not compile are left out (check_pattern said so when they were
/// registered).
[[nodiscard]] std::shared_ptr<const Matcher> make_matcher(std::span<const Filter> filters);

/// `previous`, a matcher made here, without the filters of the numbers `gone`, and then with
/// `added`, whose numbers it has no filters of by then. It shares everything else, and patterns
/// that were among those of `gone` are not compiled again: the cost is that of the filters named,
/// however many there are. `previous` stays as it was.
[[nodiscard]] std::shared_ptr<const Matcher> change_matcher(const Matcher& previous,
                                                            std::span<const FilterNumber> gone,
                                                            std::span<const Filter> added);

}  // namespace registry::match
