// The first line is a pattern, the rest a path. However the pattern is compiled, the verdict is the
// same: by the interpreter, by machine code, and wrapped in a group, which hides its literal
// prefix.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/check.h"
#include "registry/match/pattern.h"

namespace {

using registry::match::Pattern;
using Verdict = Pattern::Verdict;

/// Budgets are counted in other steps by other machinery: over budget agrees with everything.
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
  for (const char c : path) {
    if (static_cast<unsigned char>(c) >= 0x80) return 0;  // the matcher keeps these away
  }
  const std::string pattern{input.substr(0, line)};
  auto compiled = Pattern::compile(pattern);
  if (!compiled) {
    CORE_CHECK(!compiled.error().reason.empty() && compiled.error().position <= pattern.size());
    return 0;
  }
  const Verdict interpreted = (*compiled)->match(path);
  (*compiled)->speed_up();
  check_same(interpreted, (*compiled)->match(path));
  if (auto wrapped = Pattern::compile("(?:" + pattern + ")")) {
    check_same(interpreted, (*wrapped)->match(path));
  }
  return 0;
}
