// What the query service takes over 10,000 services with five filters each (spec section 2.5): the
// time of one request, from its route to the rendered page.

#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/check.h"
#include "http/vcloud/vcloud_api.h"
#include "registry/kinds/kinds.h"
#include "registry/resource/resources.h"
#include "registry/service/registry.h"

namespace {

namespace kinds = registry::kinds;
using registry::resource::Resource;
using registry::resource::ResourcePtr;
using registry::resource::Resources;

constexpr std::size_t kServices = 10'000;
constexpr std::size_t kFiltersOfEach = 5;

/// A registry that shows one snapshot and changes nothing.
class Still final : public registry::service::Registry {
 public:
  Still() {
    std::vector<ResourcePtr> all;
    std::uint64_t created = 0;
    const auto blank = [&](const registry::resource::Kind& kind) {
      auto made = std::make_shared<Resource>();
      made->kind = &kind;
      made->id = core::Uuid::random();
      made->created = ++created;
      made->values.fields.resize(kind.shape.fields.size());
      return made;
    };
    for (std::size_t i = 0; i < kServices; ++i) {
      const auto service = blank(kinds::service());
      const std::string number = std::to_string(i);
      service->set("name", "service " + number);
      service->set("Namespace", "org.example.s" + number);
      service->set("Enabled", i % 2 == 0);
      service->set("Exchange", std::string{"exchange"});
      service->set("RoutingKey", "key." + number);
      service->set("Priority", static_cast<std::int64_t>(i % 101));
      all.push_back(service);
      for (std::size_t j = 0; j < kFiltersOfEach; ++j) {
        const auto filter = blank(kinds::api_filter());
        filter->parent = service->id;
        filter->set("UrlPattern", "/api/s" + number + "/" + std::to_string(j) + "/.*");
        all.push_back(filter);
      }
      if (i == kServices / 2) service_ = service->id;
    }
    auto snapshot = std::make_shared<registry::service::Snapshot>();
    snapshot->resources = std::make_shared<const Resources>(std::move(all));
    snapshot_ = std::move(snapshot);
  }
  void submit(registry::service::Command, registry::service::CommandDone) override {}
  const registry::service::SnapshotPtr& snapshot() const override { return snapshot_; }
  std::string service() const { return service_.to_string(); }

 private:
  registry::service::SnapshotPtr snapshot_;
  core::Uuid service_;
};

Still& still() {
  static Still registry;
  return registry;
}

void ask(benchmark::State& state, const std::string& path, const std::string& query) {
  http::vcloud::VcloudApi api{still(), {}};
  registry::access::Caller caller;
  caller.role = registry::model::Role::system_administrator;
  http::message::Request request;
  request.method = "GET";
  request.target.path = path;
  request.target.query = query;
  request.headers.add("Host", "vcd.example.org");
  request.headers.add("Accept", "application/*+xml;version=36.0");
  for (auto _ : state) {
    api.handle(request, &caller, {}, [](const http::message::Response& response) {
      CORE_CHECK(response.status == 200);
      benchmark::DoNotOptimize(response.body.size());
    });
  }
}

void first_page_of_services(benchmark::State& state) {
  ask(state, "/api/admin/extension/service/query", "pageSize=25");
}
void services_by_name_and_namespace(benchmark::State& state) {
  ask(state, "/api/query",
      "type=adminService&filter=name==service%205000;namespace==org.example.s5000");
}
void services_in_order(benchmark::State& state) {
  ask(state, "/api/query", "type=adminService&sortDesc=priority&pageSize=128");
}
void filters_of_a_service_by_reference(benchmark::State& state) {
  ask(state, "/api/query", "type=apiFilter&filter=service==" + still().service());
}
void filters_of_a_service_by_its_url(benchmark::State& state) {
  ask(state, "/api/admin/extension/service/" + still().service() + "/apifilters", "");
}
void filters_by_a_pattern_of_text(benchmark::State& state) {
  ask(state, "/api/query", "type=apiFilter&filter=urlPattern==*5000*");
}

}  // namespace

BENCHMARK(first_page_of_services);
BENCHMARK(services_by_name_and_namespace);
BENCHMARK(services_in_order);
BENCHMARK(filters_of_a_service_by_reference);
BENCHMARK(filters_of_a_service_by_its_url);
BENCHMARK(filters_by_a_pattern_of_text);
