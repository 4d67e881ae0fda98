#include "tools/oriel/serve/views.h"

#include <iterator>
#include <string>
#include <unordered_map>
#include <utility>

#include "core/metrics/process.h"
#include "tools/oriel/serve/floor_rows.h"

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

template <typename T>
void Views::gather(T (*part)(Floor&), std::function<void(std::vector<T>)> done) {
  struct Collection {
    std::vector<T> parts;
    std::size_t missing = 0;
    std::function<void(std::vector<T>)> done;
  };
  auto collection = std::make_shared<Collection>();
  collection->parts.resize(floors_.size());
  collection->missing = floors_.size();
  collection->done = std::move(done);

  core::Shard& home = floors_.front()->shard;
  for (const auto& asked : floors_) {
    Floor& floor = *asked;
    // `collection` is looked at on the home shard only; in between it travels.
    home.send(floor.shard.self(), [&floor, home_id = home.self(), part, collection]() mutable {
      const std::size_t index = floor.shard.self().value();
      auto answer = std::make_unique<T>(part(floor));
      floor.shard.send(home_id,
                       [collection = std::move(collection), index, answer = std::move(answer)] {
                         collection->parts[index] = std::move(*answer);
                         if (--collection->missing == 0)
                           collection->done(std::move(collection->parts));
                       });
    });
  }
}

template <typename Row>
void Views::gather_rows(std::vector<Row> (*part)(Floor&), Done<std::vector<Row>> done) {
  gather<std::vector<Row>>(part, [done = std::move(done)](std::vector<std::vector<Row>> parts) {
    std::vector<Row> all;
    for (std::vector<Row>& rows : parts) {
      all.insert(all.end(), std::make_move_iterator(rows.begin()),
                 std::make_move_iterator(rows.end()));
    }
    done(std::move(all));
  });
}

void Views::readiness(Done<Readiness> done) {
  gather<std::uint64_t>(
      [](Floor& floor) { return floor.registry.snapshot()->revision; },
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
      &metrics_of, [this, done = std::move(done)](const std::vector<ShardMetrics>& shards) {
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
      &metrics_of, [this, done = std::move(done)](const std::vector<ShardMetrics>& shards) {
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

void Views::queues(Done<std::vector<QueueRow>> done) { gather_rows(&queue_rows, std::move(done)); }
void Views::pending(Done<std::vector<PendingRow>> done) {
  gather_rows(&pending_rows, std::move(done));
}
void Views::connections(Done<std::vector<ConnectionRow>> done) {
  gather_rows(&connection_rows, std::move(done));
}
void Views::shards(Done<std::vector<ShardRow>> done) { gather(&shard_row, std::move(done)); }

}  // namespace oriel::serve
