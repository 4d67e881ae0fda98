// What authorization costs a request (spec section 5): nothing for a service that does not ask for
// it, and less than a microsecond for one that does, whatever the number of resources and services.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/memory/prefetch.h"
#include "registry/authorization/authorize.h"
#include "tests/unit/registry/authorization/photos.h"

namespace {

using registry::authorization::authorize;
using registry::authorization::Decision;
using registry::authorization::kStepsMax;
using registry::authorization::Photos;
using registry::authorization::Principal;
using registry::authorization::Table;

constexpr std::size_t kStride = 7919;  // from one request to the next: no order that helps

/// A request as it comes: its path in one cache line.
struct alignas(64) Asked {
  std::array<char, 56> path{};
  std::uint32_t path_size = 0;
  std::uint32_t service = 0;

  [[nodiscard]] std::string_view text() const { return {path.data(), path_size}; }
};

/// Services with a class of four actions each, and as many resources.
struct Registered {
  Registered(std::int64_t service_count, std::int64_t resources, std::string_view pattern)
      : organisation(photos.organisation("acme")) {
    for (std::int64_t i = 0; i < service_count; ++i) add_service(resources, pattern);
    table = Table{photos.there};
  }
  void add_service(std::int64_t resources, std::string_view pattern) {
    const core::Uuid service = photos.service();
    const core::Uuid type = photos.resource_class(service, "application/org.example.photo+xml");
    for (const std::string_view method : {"POST", "PUT", "DELETE", "GET"}) {
      const core::Uuid action = photos.action(type, method, pattern);
      photos.rule(action, {}, {}, {"Entity", core::Uuid::random(), "user"});
      photos.rule(action, {}, {}, {"Entity", right, "right"});
    }
    for (std::int64_t i = 0; i < resources; ++i) add_resource(type);
    services.push_back(service);
  }
  void add_resource(const core::Uuid& type) {
    const std::string id = core::Uuid::random().to_string();
    photos.photo(type, organisation, id);
    Asked asked;
    const std::string path = "/api/photos/" + id + "/list";
    std::copy(path.begin(), path.end(), asked.path.begin());
    asked.path_size = static_cast<std::uint32_t>(path.size());
    asked.service = static_cast<std::uint32_t>(services.size());
    requests.push_back(asked);
  }
  [[nodiscard]] Principal caller() const {
    return {.user = user, .organisation = organisation, .rights = rights};
  }

  Photos photos;
  core::Uuid organisation;
  core::Uuid user = core::Uuid::random();
  core::Uuid right = core::Uuid::random();
  std::vector<core::Uuid> rights{core::Uuid::random(), core::Uuid::random(), right};
  std::vector<core::Uuid> services;
  std::vector<Asked> requests;
  Table table;
};

void run(benchmark::State& state, std::string_view pattern) {
  const Registered registered{state.range(0), state.range(1), pattern};
  const auto& requests = registered.requests;
  std::size_t at = 0;
  for (auto _ : state) {
    const Asked& asked = requests[at];
    at = (at + kStride) % requests.size();
    // A request has just been read from its socket when it is judged: it is in the cache.
    core::prefetch(&requests[at], sizeof(Asked));
    std::uint64_t steps_left = kStepsMax;
    const Decision decision =
        authorize(registered.table, registered.photos.there, registered.services[asked.service],
                  registered.caller(), "GET", asked.text(), steps_left);
    if (decision != Decision::allowed) return state.SkipWithError("refused");
  }
}

/// The pattern is a text around the group: one pass of its automaton.
void framed(benchmark::State& state) { run(state, "/api/photos/(?<id>[-a-f0-9]+)/list"); }
/// The group is found by the backtracker.
void unframed(benchmark::State& state) { run(state, "/api/photos?/(?<id>[-a-f0-9]+)/list"); }

/// Services, and the resources of each: one service with ever more of them, and requests that go to
/// services in turn.
void sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgNames({"services", "resources"});
  benchmark->Args({1, 1})->Args({1, 10'000})->Args({1, 100'000})->Args({1'000, 10});
}
BENCHMARK(framed)->Apply(sizes);
BENCHMARK(unframed)->Apply(sizes);

/// A service that asks for no authorization.
void open_service(benchmark::State& state) {
  Registered registered{state.range(0), 0, "/api/photos/(?<id>[0-9]+)"};
  const core::Uuid open = registered.photos.service(false);
  for (auto _ : state) {
    std::uint64_t steps_left = kStepsMax;
    benchmark::DoNotOptimize(authorize(registered.table, registered.photos.there, open,
                                       registered.caller(), "GET", "/api/photos/17", steps_left));
  }
}
BENCHMARK(open_service)->ArgName("services")->Arg(1)->Arg(1'000);

}  // namespace
