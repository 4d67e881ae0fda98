// One pattern and one path: what the automaton costs per octet, what a step of the backtracker
// costs, what building costs in time and memory, and how long the worst patterns take until their
// budget is spent.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "registry/match/engine/automaton.h"
#include "registry/match/engine/backtracker.h"
#include "registry/match/syntax/parse.h"

namespace {

using registry::match::engine::Automaton;
using registry::match::engine::Backtracker;

registry::match::syntax::Tree tree_of(std::string_view pattern) {
  auto parsed = registry::match::syntax::parse(std::u32string(pattern.begin(), pattern.end()));
  if (!parsed) std::abort();
  return *std::move(parsed);
}

constexpr const char* kFilters[] = {
    "/api/ext7/org/.*/backups",
    "/api/v[0-9]+/(vm|vapp|disk)/[^/]+/(start|stop|restart)/?",
    "/(?i:tenant|provider)/[a-z0-9-]{1,36}/ui(?:/.*)?",
    "/api/ext/[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}",
    "/api/admin/.*|/api/query.*|/api/.*/metadata",
};
constexpr const char* kPaths[] = {
    "/api/ext7/org/8a5f1b/vdc/12/backups",         "/api/v37/vapp/vapp-5b8c1a52-0b1e/restart",
    "/tenant/acme-organisation/ui/plugins/backup", "/api/ext/5b8c1a52-0b1e-4d7a-9a55-0f1e2d3c4b5a",
    "/api/vApp/vm-5b8c1a52-0b1e-4d7a/metadata",
};

void automaton_match(benchmark::State& state) {
  const auto at = static_cast<std::size_t>(state.range(0));
  const auto automaton = Automaton::build(tree_of(kFilters[at]));
  const std::string_view path = kPaths[at];
  if (!automaton || !automaton->matches(path)) std::abort();
  for (auto _ : state) benchmark::DoNotOptimize(automaton->matches(path));
  state.counters["octets"] = static_cast<double>(path.size());
  state.counters["states"] = static_cast<double>(automaton->state_count());
  state.counters["bytes"] = static_cast<double>(automaton->memory_bytes());
}
BENCHMARK(automaton_match)->DenseRange(0, 4);

void automaton_octets(benchmark::State& state) {
  const auto automaton = Automaton::build(tree_of("(?:/[a-z]+[0-9]*)*"));
  std::string path;
  while (path.size() < 8'192) path += "/abc12";
  for (auto _ : state) benchmark::DoNotOptimize(automaton->matches(path));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(path.size()));
}
BENCHMARK(automaton_octets);

void automaton_build(benchmark::State& state) {
  const auto tree = tree_of(kFilters[state.range(0)]);
  for (auto _ : state) benchmark::DoNotOptimize(Automaton::build(tree));
}
BENCHMARK(automaton_build)->DenseRange(0, 4);

void automaton_refused(benchmark::State& state) {
  constexpr const char* kLarge[] = {"(a{0,500}){0,500}", "(?:a|b)*a(?:a|b){12}",
                                    "(?:(?:(?:){9999}){9999}){9999}", ".*a.{60}b.{60}c.{60}"};
  const auto tree = tree_of(kLarge[state.range(0)]);
  for (auto _ : state) benchmark::DoNotOptimize(Automaton::build(tree));
}
BENCHMARK(automaton_refused)->DenseRange(0, 3);

void backtracker_match(benchmark::State& state) {
  const auto at = static_cast<std::size_t>(state.range(0));
  const Backtracker backtracker{tree_of(kFilters[at])};
  std::uint64_t steps = 0;
  for (auto _ : state) steps += backtracker.match(kPaths[at], 200'000).steps;
  state.counters["steps"] = static_cast<double>(steps) / static_cast<double>(state.iterations());
  state.counters["bytes"] = static_cast<double>(backtracker.memory_bytes());
}
BENCHMARK(backtracker_match)->DenseRange(0, 4);

void backtracker_build(benchmark::State& state) {
  const auto tree = tree_of(kFilters[state.range(0)]);
  for (auto _ : state) benchmark::DoNotOptimize(Backtracker{tree});
}
BENCHMARK(backtracker_build)->DenseRange(0, 4);

/// Paths of 8 KiB, and a budget of 200,000 or 2,000,000 steps.
void catastrophe(benchmark::State& state) {
  constexpr const char* kPatterns[] = {"(a+)+b",
                                       "(a|a)*b",
                                       "(.*a){20}b",
                                       "(?=(a+)+b).*",
                                       "(?:(?=(?:.*)*c)a)*b",
                                       "(a*)*\\1b",
                                       "(?:a|aa){2000,4000}b",
                                       "(x+x+)+y|(.*)(.*)(.*)(.*)\\4b"};
  const Backtracker backtracker{tree_of(kPatterns[state.range(0)])};
  const std::string path(8'192, 'a');
  const auto budget = static_cast<std::uint64_t>(state.range(1));
  registry::match::engine::Outcome outcome;
  for (auto _ : state) outcome = backtracker.match(path, budget);
  state.SetLabel(
      std::string(kPatterns[state.range(0)]) +
      (outcome.verdict == registry::match::engine::Verdict::no ? " no" : " over budget"));
  state.counters["steps"] = static_cast<double>(outcome.steps);
}
BENCHMARK(catastrophe)->ArgsProduct({{0, 1, 2, 3, 4, 5, 6, 7}, {200'000, 2'000'000}});

}  // namespace
