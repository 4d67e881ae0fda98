#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace registry::match {

/// A pattern that is not one: what is wrong, and at which octet of it.
struct PatternError {
  std::string reason;
  std::size_t position = 0;
};

/// Whether `pattern` (java.util.regex syntax, UTF-8) compiles. What we cannot give the meaning that
/// Java gives it is refused rather than guessed (README.md has the list).
[[nodiscard]] core::Result<void, PatternError> check_pattern(std::string_view pattern);

/// A filter to be matched: its pattern and the number by which the caller knows it. Several filters
/// may have one number (the filters of one service).
struct Filter {
  std::string pattern;
  std::uint32_t number = 0;
};

/// What a look-up found: the numbers of all filters that match the whole path, ascending and each
/// once; or that one filter used up its budget of steps, and then the request must be refused.
struct Matches {
  std::vector<std::uint32_t> numbers;
  bool over_budget = false;
  std::uint32_t over_budget_number = 0;
};

/// An immutable set of filters: any number of threads may match against it. Patterns must match
/// the whole of a raw path (java.util.regex Matcher.matches). Work per filter and path is bounded.
class Matcher {
 public:
  virtual ~Matcher() = default;
  /// Appends to `matches`, which the caller clears and keeps, so that a look-up need not allocate.
  /// Ends with the first filter that goes over its budget. A path with an octet beyond ASCII, which
  /// RFC 3986 does not know, matches nothing.
  virtual void match(std::string_view path, Matches& matches) const = 0;
};

/// Compiles `filters`; those that do not compile are left out (check_pattern said so when they were
/// registered). Patterns that `previous`, a matcher made here, holds are shared and not compiled
/// again, so adding one filter to many costs one compilation.
[[nodiscard]] std::shared_ptr<const Matcher> make_matcher(std::span<const Filter> filters,
                                                          const Matcher* previous = nullptr);

}  // namespace registry::match
