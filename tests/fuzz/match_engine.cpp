// The first line is a pattern, the rest an input. However it is run, the verdict is the same: by
// the automaton or by the backtracker, over octets or over code points, with captures (which narrow
// what may be remembered of failures) or without, with more steps than it needs or just so many. A
// budget is kept.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/check.h"
#include "registry/match/engine/automaton.h"
#include "registry/match/engine/backtracker.h"
#include "registry/match/syntax/parse.h"
#include "tests/fuzz/wide_text.h"

namespace {

using registry::match::engine::Automaton;
using registry::match::engine::Backtracker;
using registry::match::engine::Capture;
using registry::match::engine::Outcome;
using registry::match::engine::Verdict;

constexpr std::uint64_t kStepsMax = 100'000;

/// Over budget agrees with everything: other ways take other numbers of steps.
void check_same(Verdict left, Verdict right) {
  CORE_CHECK(left == right || left == Verdict::over_budget || right == Verdict::over_budget);
}

void check_captures(const std::vector<Capture>& captures, std::size_t length) {
  CORE_CHECK(captures.at(0).first == 0 && captures.at(0).last == length);
  for (const Capture& capture : captures) {
    const bool absent = capture.first == Capture::kNoPlace && capture.last == Capture::kNoPlace;
    CORE_CHECK(absent || (capture.first <= capture.last && capture.last <= length));
  }
}

/// The budget is looked at between instructions, and one of them may look at all of the input (a
/// look-behind twice).
std::uint64_t at_most(std::uint64_t budget, std::size_t input_size) {
  return budget + 4 * (input_size + 1);
}

template <typename Input>
Outcome check_budget(const Backtracker& backtracker, const Input& input) {
  const Outcome outcome = backtracker.match(input, kStepsMax);
  CORE_CHECK(outcome.steps <= at_most(kStepsMax, input.size()));
  if (outcome.verdict == Verdict::over_budget) return outcome;
  const Outcome enough = backtracker.match(input, outcome.steps);
  CORE_CHECK(enough.verdict == outcome.verdict && enough.steps == outcome.steps);
  const Outcome half = backtracker.match(input, outcome.steps / 2);
  check_same(half.verdict, outcome.verdict);
  CORE_CHECK(half.steps <= at_most(outcome.steps / 2, input.size()));
  std::vector<Capture> captures;
  const Outcome captured = backtracker.match(input, kStepsMax, &captures);
  check_same(captured.verdict, outcome.verdict);
  if (captured.verdict == Verdict::yes) check_captures(captures, input.size());
  return outcome;
}

std::optional<std::string> ascii(std::u32string_view input) {
  std::string octets;
  for (const char32_t c : input) {
    if (c >= 0x80) return std::nullopt;
    octets += static_cast<char>(c);
  }
  return octets;
}

void check_automaton(const Automaton& automaton, const std::string& path, Verdict verdict) {
  const bool matches = automaton.matches(path);
  const std::size_t viable = automaton.viable_prefix(path);
  CORE_CHECK(viable <= path.size() && (!matches || viable == path.size()));
  check_same(matches ? Verdict::yes : Verdict::no, verdict);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kInputMax = 1024;
  if (size > kInputMax) return 0;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const std::size_t line = text.find('\n');
  if (line == std::string_view::npos) return 0;
  const auto tree = registry::match::syntax::parse(fuzz::wide_text(text.substr(0, line)));
  if (!tree) return 0;
  const std::u32string input = fuzz::wide_text(text.substr(line + 1));
  const Backtracker backtracker{*tree};
  const Outcome wide = check_budget(backtracker, std::u32string_view{input});
  const auto octets = ascii(input);
  if (!octets) return 0;
  check_same(check_budget(backtracker, std::string_view{*octets}).verdict, wide.verdict);
  if (const auto automaton = Automaton::build(*tree)) {
    check_automaton(*automaton, *octets, wide.verdict);
  }
  return 0;
}
