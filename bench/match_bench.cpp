// Finding the services whose filters match a path, among 1 to 10,000, on the work of
// `oriel bench match`; compiling them, and registering one more. Other engines: match/compare.py.

#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <vector>

#include "registry/match/matcher.h"
#include "registry/service/snapshot.h"
#include "tools/oriel/bench/match_workload.h"

namespace {

using oriel::bench::KnownLookup;
using oriel::bench::MatchWorkload;
using oriel::bench::PatternSet;
using registry::match::Filter;
using registry::service::Routes;

constexpr auto kNamespaced = static_cast<std::int64_t>(PatternSet::namespaced);
constexpr auto kSharedPrefix = static_cast<std::int64_t>(PatternSet::shared_prefix);

PatternSet set_of(const benchmark::State& state) { return static_cast<PatternSet>(state.range(0)); }
std::size_t count_of(const benchmark::State& state) {
  return static_cast<std::size_t>(state.range(1));
}

std::vector<Filter> filters_of(const MatchWorkload& work) {
  std::vector<Filter> filters;
  for (const std::string& pattern : work.patterns) filters.push_back({pattern, filters.size()});
  return filters;
}

void look_up(benchmark::State& state, std::vector<KnownLookup> MatchWorkload::*paths) {
  const MatchWorkload work = oriel::bench::make_workload(set_of(state), count_of(state));
  const auto matcher = registry::match::make_matcher(filters_of(work));
  registry::match::Matches matches;
  std::size_t next = 0;
  for (auto _ : state) {
    matches.numbers.clear();
    matcher->match((work.*paths)[next].path, matches);
    benchmark::DoNotOptimize(matches.numbers.data());
    if (++next == (work.*paths).size()) next = 0;
  }
  state.SetLabel(std::string{label(set_of(state))});
}

void BM_Hit(benchmark::State& state) { look_up(state, &MatchWorkload::hits); }
void BM_Miss(benchmark::State& state) { look_up(state, &MatchWorkload::misses); }
void BM_Mix(benchmark::State& state) { look_up(state, &MatchWorkload::mix); }
void BM_Fresh(benchmark::State& state) { look_up(state, &MatchWorkload::fresh); }

void BM_Compile(benchmark::State& state) {
  const auto filters = filters_of(oriel::bench::make_workload(set_of(state), count_of(state)));
  for (auto _ : state) benchmark::DoNotOptimize(registry::match::make_matcher(filters));
  state.SetLabel(std::string{label(set_of(state))});
}

/// One registration more: all that the routes have of it, not only its filter.
void BM_AddOneService(benchmark::State& state) {
  std::vector<Routes::ServicePtr> services;
  for (std::size_t i = 0; i < count_of(state); ++i) {
    services.push_back(oriel::bench::service_with(oriel::bench::pattern_of(set_of(state), i), i + 1));
  }
  const auto routes = registry::service::make_routes(services);
  const std::size_t next = 2 * count_of(state);
  const auto added = oriel::bench::service_with(oriel::bench::pattern_of(set_of(state), next), next);
  const registry::service::ServiceChange change{added->id, added};
  for (auto _ : state) {
    benchmark::DoNotOptimize(registry::service::change_routes(*routes, {&change, 1}));
  }
  state.SetLabel(std::string{label(set_of(state))});
}

void sizes(benchmark::internal::Benchmark* bench) {
  for (const std::int64_t set : {kNamespaced, kSharedPrefix}) {
    for (const std::int64_t count : {1, 10, 100, 1000, 10'000}) bench->Args({set, count});
  }
}
BENCHMARK(BM_Hit)->Apply(sizes);
BENCHMARK(BM_Miss)->Apply(sizes);
BENCHMARK(BM_Mix)->Apply(sizes);
BENCHMARK(BM_Fresh)->Apply(sizes);
BENCHMARK(BM_Compile)->Apply(sizes)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_AddOneService)->Apply(sizes)->Unit(benchmark::kMicrosecond);

}  // namespace
