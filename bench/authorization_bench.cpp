// What authorization costs a request (spec section 5): nothing for a service that does not ask for
// it, and less than a microsecond for one that does, whatever the number of resources and services.

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "registry/authorization/authorize.h"
#include "tests/unit/registry/authorization/photos.h"

namespace {

using registry::authorization::authorize;
using registry::authorization::Decision;
using registry::authorization::Photos;
using registry::authorization::Principal;
using registry::authorization::Table;

/// Services with a class of four actions each; the first one has `count` resources.
struct Registered {
  Registered(std::int64_t services, std::int64_t count, std::string_view pattern)
      : organisation(photos.organisation("acme")) {
    for (std::int64_t i = 0; i < services; ++i) add_service(pattern);
    for (std::int64_t i = 0; i < count; ++i) {
      ids.push_back(core::Uuid::random().to_string());
      photos.photo(first_class, organisation, ids.back());
    }
    table = Table{photos.there};
  }
  void add_service(std::string_view pattern) {
    const core::Uuid service = photos.service();
    const core::Uuid type = photos.resource_class(service, "application/org.example.photo+xml");
    if (first.is_nil()) first = service, first_class = type;
    for (const std::string_view method : {"POST", "PUT", "DELETE", "GET"}) {
      const core::Uuid action = photos.action(type, method, pattern);
      photos.rule(action, {}, {}, {"Entity", core::Uuid::random(), "user"});
      photos.rule(action, {}, {}, {"Entity", right, "right"});
    }
  }
  [[nodiscard]] Principal caller() const {
    return {.user = user, .organisation = organisation, .rights = rights};
  }

  Photos photos;
  core::Uuid organisation;
  core::Uuid first;
  core::Uuid first_class;
  core::Uuid user = core::Uuid::random();
  core::Uuid right = core::Uuid::random();
  std::vector<core::Uuid> rights{core::Uuid::random(), core::Uuid::random(), right};
  std::vector<std::string> ids;
  Table table;
};

void run(benchmark::State& state, std::string_view pattern) {
  const Registered registered{state.range(0), state.range(1), pattern};
  std::vector<std::string> paths;
  for (const std::string& id : registered.ids) paths.push_back("/api/photos/" + id + "/list");
  std::size_t at = 0;
  for (auto _ : state) {
    const Decision decision = authorize(registered.table, registered.photos.there, registered.first,
                                        registered.caller(), "GET", paths[at]);
    if (decision != Decision::allowed) return state.SkipWithError("refused");
    at = (at + 7919) % paths.size();
  }
}

/// The pattern is a text around the group: one pass of its automaton.
void framed(benchmark::State& state) { run(state, "/api/photos/(?<id>[-a-f0-9]+)/list"); }
BENCHMARK(framed)->Args({1, 1})->Args({1, 10'000})->Args({1'000, 10'000});

/// The group is found by the backtracker.
void unframed(benchmark::State& state) { run(state, "/api/photos?/(?<id>[-a-f0-9]+)/list"); }
BENCHMARK(unframed)->Args({1, 1})->Args({1, 10'000});

/// A service that asks for no authorization.
void open_service(benchmark::State& state) {
  Registered registered{state.range(0), 0, "/api/photos/(?<id>[0-9]+)"};
  const core::Uuid open = registered.photos.service(false);
  for (auto _ : state) {
    benchmark::DoNotOptimize(authorize(registered.table, registered.photos.there, open,
                                       registered.caller(), "GET", "/api/photos/17"));
  }
}
BENCHMARK(open_service)->Arg(1)->Arg(1'000);

}  // namespace
