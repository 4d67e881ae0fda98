// The first line is a pattern, the rest a path. The verdict is the same when the pattern is wrapped
// in a group, and a matcher, which finds its filters by their literals, says what the pattern
// itself says.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/check.h"
#include "registry/match/matcher.h"
#include "registry/match/pattern.h"

namespace {

using registry::match::Filter;
using registry::match::kLookupStepsMax;
using registry::match::Matches;
using registry::match::Pattern;
using Verdict = Pattern::Verdict;

Verdict verdict_of(const Pattern& pattern, std::string_view path) {
  std::uint64_t steps_left = kLookupStepsMax;
  return pattern.match(path, steps_left);
}

Verdict verdict_of_matcher(const std::string& pattern, std::string_view path) {
  const std::vector<Filter> filters{{pattern, 1}};
  Matches found;
  registry::match::make_matcher(filters)->match(path, found);
  if (found.over_budget) return Verdict::over_budget;
  return found.numbers.empty() ? Verdict::no : Verdict::yes;
}

/// Steps are spent in other places by other machinery: over budget agrees with everything.
void check_same(Verdict left, Verdict right) {
  CORE_CHECK(left == right || left == Verdict::over_budget || right == Verdict::over_budget);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kInputMax = 2048;
  if (size > kInputMax) return 0;
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  const std::size_t line = input.find('\n');
  if (line == std::string_view::npos) return 0;
  const std::string_view path = input.substr(line + 1);
  const bool ascii = std::all_of(path.begin(), path.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!ascii) return 0;  // the matcher keeps these away
  const std::string pattern{input.substr(0, line)};
  auto compiled = Pattern::compile(pattern);
  if (!compiled) {
    CORE_CHECK(!compiled.error().reason.empty() && compiled.error().position <= pattern.size());
    return 0;
  }
  const Verdict verdict = verdict_of(**compiled, path);
  check_same(verdict, verdict_of_matcher(pattern, path));
  if (auto wrapped = Pattern::compile("(?:" + pattern + ")")) {
    check_same(verdict, verdict_of(**wrapped, path));
  }
  return 0;
}
