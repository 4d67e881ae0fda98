#include "tools/oriel/serve/floor_rows.h"

#include <chrono>
#include <unordered_map>

#include "amqp/broker/control_desk.h"
#include "amqp/broker/flow_desk.h"
#include "amqp/broker/routing_desk.h"

namespace oriel::serve {
namespace {

using http::operators::ConnectionRow;
using http::operators::PendingRow;
using http::operators::QueueRow;
using http::operators::RouteRow;
using http::operators::ShardMetrics;
using http::operators::ShardRow;

double seconds(core::Duration duration) { return std::chrono::duration<double>(duration).count(); }

ConnectionRow row_of(const core::SocketPump& pump, Floor& floor, const char* protocol) {
  ConnectionRow row;
  row.protocol = protocol;
  row.shard = floor.shard.self().value();
  row.remote = pump.peer().to_string();
  row.local = pump.local().to_string();
  row.tls = pump.is_tls();
  row.octets_in = pump.octets_in();
  row.octets_out = pump.octets_out();
  row.open_seconds = seconds(floor.shard.now() - pump.since());
  return row;
}

std::string last_stage(const core::StageRecord& record) {
  core::Stage last = core::Stage::accepted;
  for (std::size_t i = 0; i < core::kStages; ++i) {
    const auto stage = static_cast<core::Stage>(i);
    if (record.at(stage)) last = stage;
  }
  return std::string{http::dispatch::label(last)};
}

/// All warnings of a filter in one text.
std::string warnings_of(const registry::service::Routes& routes,
                        const registry::model::Service& service, const std::string& pattern) {
  std::string text;
  for (const std::string& one :
       routes.url_filters->warnings(registry::service::chain_place(service), pattern)) {
    text += (text.empty() ? "" : "; ") + one;
  }
  return text;
}

}  // namespace

ShardMetrics metrics_of(Floor& floor) {
  ShardMetrics metrics = floor.observer.metrics();
  metrics.http_connections = floor.http.connections();
  metrics.http_inflight = floor.gateway.in_use();
  metrics.amqp_connections = floor.amqp.connections();
  const amqp::broker::Counters& counters = floor.broker.counters();
  metrics.amqp_published = counters.published.value();
  metrics.amqp_delivered = counters.delivered.value();
  metrics.amqp_acknowledged = counters.acknowledged.value();
  metrics.amqp_returned = counters.unroutable.value();
  const amqp::broker::Holdings& held = floor.broker.held();
  const amqp::broker::FlowDesk& flow = floor.broker.flow_desk();
  metrics.queues = floor.broker.queue_count();
  metrics.messages_ready = held.ready;
  metrics.messages_unacknowledged = held.unacked;
  metrics.message_octets = held.octets();
  metrics.message_memory = amqp::broker::FlowDesk::octets_of(held);
  metrics.message_memory_max = flow.watermark();
  metrics.memory_alarms = flow.alarms();
  metrics.publishers_waiting = flow.flow() == amqp::port::Flow::wait ? 1 : 0;
  metrics.publishers_blocked = flow.flow() == amqp::port::Flow::blocked ? 1 : 0;
  const amqp::store::LogFigures log = floor.messages.log().figures();
  metrics.log_octets = log.octets;
  metrics.log_live_octets = log.live_octets;
  metrics.log_waiting_octets = log.waiting_octets;
  metrics.log_syncs = log.syncs;
  metrics.log_failures = log.failures;
  metrics.confirms_waiting = floor.broker.routing_desk().waiting_for_log();
  if (floor.shard.self() == core::kControlShard) {
    metrics.catalog_failures = floor.broker.control().refused_by_catalog();
  }
  return metrics;
}

ShardRow shard_row(Floor& floor) {
  const core::ShardCounters& counters = floor.shard.counters();
  ShardRow row;
  row.shard = floor.shard.self().value();
  row.http_connections = floor.http.connections();
  row.amqp_connections = floor.amqp.connections();
  row.pending = floor.gateway.courier().pending().size();
  row.queues = floor.broker.queue_count();
  row.turns = counters.turns.load(std::memory_order_relaxed);
  row.sleeps = counters.sleeps.load(std::memory_order_relaxed);
  row.letters_sent = counters.letters_sent.load(std::memory_order_relaxed);
  row.letters_run = counters.letters_run.load(std::memory_order_relaxed);
  row.letters_kept = counters.letters_kept.load(std::memory_order_relaxed);
  row.wake_ups = counters.wake_ups.load(std::memory_order_relaxed);
  row.registry_version = floor.registry.snapshot()->revision;
  return row;
}

std::vector<QueueRow> queue_rows(Floor& floor) {
  std::vector<QueueRow> rows;
  for (const amqp::broker::QueueView& queue : floor.broker.queues()) {
    QueueRow& row = rows.emplace_back();
    row.vhost = queue.vhost;
    row.name = queue.name;
    row.shard = floor.shard.self().value();
    row.durable = queue.durable;
    row.exclusive = queue.exclusive;
    row.auto_delete = queue.auto_delete;
    row.ready = queue.ready;
    row.unacknowledged = queue.unacknowledged;
    row.consumers = queue.consumers;
  }
  return rows;
}

std::vector<PendingRow> pending_rows(Floor& floor) {
  std::unordered_map<std::uint64_t, const http::message::Request*> requests;  // by opening
  floor.gateway.for_each_waiting(
      [&](const http::dispatch::Ticket& ticket, const http::message::Request& request) {
        requests.emplace(ticket.opening, &request);
      });
  const core::Instant now = floor.shard.now();
  std::vector<PendingRow> rows;
  floor.gateway.courier().pending().for_each([&](const http::dispatch::Ticket& ticket,
                                                 const http::dispatch::Waiting& waiting,
                                                 const core::StageRecord& record) {
    PendingRow& row = rows.emplace_back();
    row.request_id = waiting.request_id.to_string();
    row.shard = floor.shard.self().value();
    row.service = waiting.service->name;
    if (const auto found = requests.find(ticket.opening); found != requests.end()) {
      row.method = found->second->method;
      row.path = found->second->target.path;
    }
    row.stage = last_stage(record);
    row.waiting_seconds = seconds(now - waiting.since);
    row.left_seconds = seconds(waiting.deadline - now);
  });
  return rows;
}

std::vector<ConnectionRow> connection_rows(Floor& floor) {
  std::vector<ConnectionRow> rows;
  floor.http.each([&](http::net::HttpConnection& connection) {
    ConnectionRow row = row_of(connection, floor, "http");
    row.state = connection.session().waiting() > 0 ? "answering" : "idle";
    rows.push_back(std::move(row));
  });
  floor.amqp.each([&](amqp::net::AmqpConnection& connection) {
    const amqp::session::ConnectionInfo info = connection.session().info();
    ConnectionRow row = row_of(connection, floor, "amqp");
    row.user = info.user;
    row.vhost = info.vhost;
    row.state = info.phase;
    row.channels = info.channels;
    rows.push_back(std::move(row));
  });
  return rows;
}

std::vector<RouteRow> route_rows(Floor& floor) {
  std::vector<RouteRow> rows;
  const registry::service::Routes& routes = *floor.registry.snapshot()->routes;
  for (const auto& service : routes.services) {
    for (const registry::model::ApiFilter& filter : service->filters) {
      RouteRow& row = rows.emplace_back();
      row.service = service->name;
      row.service_namespace = service->namespace_;
      row.kind = filter.url_pattern ? "request" : "response";
      row.pattern = filter.url_pattern ? *filter.url_pattern
                                       : filter.response_content_type.value_or(std::string{});
      if (filter.url_pattern) row.warnings = warnings_of(routes, *service, *filter.url_pattern);
      row.priority = service->priority;
      row.enabled = service->enabled;
      row.exchange = service->exchange;
      row.routing_key = service->routing_key;
      row.reply_timeout_seconds =
          seconds(service->reply_timeout.value_or(floor.commons.gateway.courier.reply_timeout));
    }
  }
  return rows;
}

}  // namespace oriel::serve
