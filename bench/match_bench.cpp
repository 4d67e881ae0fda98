// Matching one path against N filters, one by one by PCRE2: the namespaced shape, where the literal
// prefix decides, and the shared-prefix shape, where every pattern must run.

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "registry/match/matcher.h"

namespace {

using registry::match::Filter;

std::vector<Filter> namespaced(std::size_t count) {
  std::vector<Filter> filters;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string name = "/api/ext" + std::to_string(i);
    filters.push_back({name + "/org/[^/]+/backups(/.*)?", static_cast<std::uint32_t>(i)});
  }
  return filters;
}

std::vector<Filter> shared_prefix(std::size_t count) {
  std::vector<Filter> filters;
  for (std::size_t i = 0; i < count; ++i) {
    filters.push_back(
        {"/api/org/[^/]+/ext" + std::to_string(i) + "(/.*)?", static_cast<std::uint32_t>(i)});
  }
  return filters;
}

void run(benchmark::State& state, const std::vector<Filter>& filters, const std::string& path) {
  const auto matcher = registry::match::make_matcher(filters);
  registry::match::Matches matches;
  for (auto _ : state) {
    matches.numbers.clear();
    matcher->match(path, matches);
    benchmark::DoNotOptimize(matches.numbers.data());
  }
  state.counters["matched"] = static_cast<double>(matches.numbers.size());
}

std::size_t count_of(const benchmark::State& state) {
  return static_cast<std::size_t>(state.range(0));
}

void BM_NamespacedHit(benchmark::State& state) {
  const std::string last = std::to_string(count_of(state) - 1);
  run(state, namespaced(count_of(state)), "/api/ext" + last + "/org/42/backups/17");
}
void BM_NamespacedMiss(benchmark::State& state) {
  run(state, namespaced(count_of(state)), "/api/vApp/vapp-42/power/action/powerOn");
}
void BM_SharedPrefixHit(benchmark::State& state) {
  const std::string last = std::to_string(count_of(state) - 1);
  run(state, shared_prefix(count_of(state)), "/api/org/42/ext" + last + "/17");
}
void BM_SharedPrefixMiss(benchmark::State& state) {
  run(state, shared_prefix(count_of(state)), "/api/org/42/catalogs/17");
}
BENCHMARK(BM_NamespacedHit)->RangeMultiplier(10)->Range(1, 1000);
BENCHMARK(BM_NamespacedMiss)->RangeMultiplier(10)->Range(1, 1000);
BENCHMARK(BM_SharedPrefixHit)->RangeMultiplier(10)->Range(1, 1000);
BENCHMARK(BM_SharedPrefixMiss)->RangeMultiplier(10)->Range(1, 1000);

/// What one more registration costs: a matcher of N filters made anew, sharing all but one.
void BM_AddOneFilter(benchmark::State& state) {
  auto filters = namespaced(count_of(state));
  const auto previous = registry::match::make_matcher(filters);
  std::uint64_t round = 0;
  for (auto _ : state) {
    filters.back().pattern = "/api/new" + std::to_string(round++) + "/.*";
    benchmark::DoNotOptimize(registry::match::make_matcher(filters, previous.get()));
  }
}
BENCHMARK(BM_AddOneFilter)->RangeMultiplier(10)->Range(1, 1000);

}  // namespace
