#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "registry/match/engine/backtracker.h"
#include "registry/match/pattern.h"

namespace registry::match {

/// What a named group of a pattern matched: a part of the path; nullopt when it took no part.
struct NamedGroup {
  std::string_view name;  // lives as long as the pattern
  std::optional<std::string_view> text;
};

/// A pattern whose named groups are read, as authorization reads `(?<id>…)`. It is compiled by
/// those who need it: the filters of services do not, so they keep no program for it beside their
/// automaton.
class GroupPattern {
 public:
  [[nodiscard]] static core::Result<GroupPattern, PatternError> compile(std::string_view pattern);

  /// As Pattern::match; after a yes `groups` holds the named groups in the order of their numbers.
  [[nodiscard]] engine::Verdict match(std::string_view path, std::uint64_t& steps_left,
                                      std::vector<NamedGroup>& groups) const;

 private:
  explicit GroupPattern(syntax::Tree tree);

  engine::Backtracker program_;
  std::vector<syntax::GroupName> names_;
};

}  // namespace registry::match
