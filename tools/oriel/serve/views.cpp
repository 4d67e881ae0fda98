#include "tools/oriel/serve/views.h"

#include <string>
#include <unordered_map>
#include <utility>

#include "core/metrics/process.h"
#include "tools/oriel/serve/floor_rows.h"
#include "tools/oriel/serve/gather.h"

#ifndef ORIEL_VERSION
#error "the build says which version this is"
#endif

namespace oriel::serve {

using http::operators::ConnectionRow;
using http::operators::Metrics;
using http::operators::PendingRow;
using http::operators::QueueRow;
using http::operators::Readiness;
using http::operators::RouteRow;
using http::operators::ShardMetrics;
using http::operators::ShardRow;

void Views::readiness(Done<Readiness> done) {
  gather<std::uint64_t>(
      floors_, [](Floor& floor) { return floor.registry.snapshot()->revision; },
      [this, done = std::move(done)](const std::vector<std::uint64_t>& revisions) {
        Readiness readiness;
        readiness.draining = commons_.draining.load(std::memory_order_relaxed);
        readiness.checks.push_back({"shards", true, std::to_string(revisions.size()) + " answer"});
        readiness.checks.push_back(
            {"registry", true, "version " + std::to_string(revisions.front())});
        const bool ready = floors_.front()->port.state() != amqp::port::PortState::away;
        readiness.checks.push_back({"broker", ready, ready ? "embedded" : "away"});
        done(std::move(readiness));
      });
}

void Views::metrics(Done<Metrics> done) {
  gather<ShardMetrics>(
      floors_, &metrics_of, [this, done = std::move(done)](const std::vector<ShardMetrics>& shards) {
        Metrics metrics;
        for (const ShardMetrics& one : shards) metrics.shards.merge(one);
        const registry::service::Snapshot& snapshot = *floors_.front()->registry.snapshot();
        metrics.shard_count = shards.size();
        metrics.registry_version = snapshot.revision;
        metrics.services = snapshot.routes->services.size();
        metrics.version = ORIEL_VERSION;
        metrics.draining = commons_.draining.load(std::memory_order_relaxed);
        metrics.process = core::metrics::read_process_facts();
        done(std::move(metrics));
      });
}

void Views::routes(Done<std::vector<RouteRow>> done) {
  gather<ShardMetrics>(
      floors_, &metrics_of, [this, done = std::move(done)](const std::vector<ShardMetrics>& shards) {
        std::unordered_map<std::string, std::uint64_t> requests;  // by service
        for (const ShardMetrics& one : shards) {
          for (const auto& row : one.requests.rows()) requests[row.values.front()] += row.count;
        }
        std::vector<RouteRow> rows = route_rows(*floors_.front());
        for (RouteRow& row : rows) {
          if (const auto found = requests.find(row.service); found != requests.end()) {
            row.matched = found->second;
          }
        }
        done(std::move(rows));
      });
}

void Views::queues(Done<std::vector<QueueRow>> done) { gather_rows<QueueRow>(floors_, &queue_rows, std::move(done)); }
void Views::pending(Done<std::vector<PendingRow>> done) {
  gather_rows<PendingRow>(floors_, &pending_rows, std::move(done));
}
void Views::connections(Done<std::vector<ConnectionRow>> done) {
  gather_rows<ConnectionRow>(floors_, &connection_rows, std::move(done));
}
void Views::shards(Done<std::vector<ShardRow>> done) { gather<ShardRow>(floors_, &shard_row, std::move(done)); }

}  // namespace oriel::serve
