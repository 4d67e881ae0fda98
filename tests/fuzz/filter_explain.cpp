// The first line is a pattern, the rest a path. Whatever the pattern is, explaining it ends, and
// what is said is true: samples match, a dead pattern does not match the path, and the graph of its
// paths agrees with the engine.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/check.h"
#include "core/encoding/code_points.h"
#include "registry/match/explain/explanation.h"
#include "registry/match/explain/hints.h"
#include "registry/match/explain/near_miss.h"
#include "registry/match/explain/paths.h"

namespace explain = registry::match::explain;
using registry::match::engine::Verdict;

namespace {

void check_path(const explain::Subject& subject, const explain::Explanation& all,
                const std::string& path) {
  const Verdict verdict = explain::verdict_of(subject, path);
  CORE_CHECK(!(all.dead.all && verdict == Verdict::yes));
  if (subject.graph && verdict != Verdict::over_budget) {
    CORE_CHECK(subject.graph->has(path) == (verdict == Verdict::yes));
  }
  const explain::Miss miss = explain::miss_of(subject, path);
  CORE_CHECK(!miss.viable || *miss.viable <= path.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kInputMax = 300;
  if (size > kInputMax) return 0;
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  const std::size_t line = input.find('\n');
  const auto pattern = core::code_points_of(input.substr(0, line));
  if (!pattern) return 0;
  const auto subject = explain::subject_of(*pattern);
  if (!subject) {
    static_cast<void>(explain::hint_for(*pattern, subject.error()));
    return 0;
  }
  const explain::Explanation all = explain::explain(*subject);
  CORE_CHECK(!all.alternatives.empty());
  for (const explain::Alternative& one : all.alternatives) {
    for (const std::string& sample : one.samples) {
      CORE_CHECK(explain::verdict_of(*subject, sample) == Verdict::yes && !all.dead.all);
    }
  }
  const std::string path{line == std::string_view::npos ? "" : input.substr(line + 1)};
  if (explain::is_path(path)) check_path(*subject, all, path);
  return 0;
}
