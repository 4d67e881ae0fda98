#include "registry/match/groups.h"

#include <algorithm>
#include <utility>

namespace registry::match {

using engine::Capture;
using engine::Verdict;

core::Result<GroupPattern, PatternError> GroupPattern::compile(std::string_view pattern) {
  auto parsed = parse_pattern(pattern);
  if (!parsed) return core::Unexpected{std::move(parsed).error()};
  return GroupPattern{std::move(parsed->tree)};
}

GroupPattern::GroupPattern(syntax::Tree tree)
    : program_(tree), names_(std::move(tree.group_names)) {}

Verdict GroupPattern::match(std::string_view path, std::uint64_t& steps_left,
                            std::vector<NamedGroup>& groups) const {
  thread_local std::vector<Capture> captures;
  const auto outcome = program_.match(path, steps_left, &captures);
  steps_left -= std::min(outcome.steps, steps_left);
  if (outcome.verdict != Verdict::yes) return outcome.verdict;
  groups.clear();
  for (const syntax::GroupName& name : names_) {
    const Capture& capture = captures.at(name.number);
    NamedGroup& group = groups.emplace_back();
    group.name = name.name;
    if (capture.first != Capture::kNoPlace) {
      group.text = path.substr(capture.first, capture.last - capture.first);
    }
  }
  return Verdict::yes;
}

}  // namespace registry::match
