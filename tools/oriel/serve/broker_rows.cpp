// What the administration shows of the broker, collected from all floors.

#include <algorithm>
#include <memory>
#include <tuple>
#include <utility>

#include "amqp/broker/flow_desk.h"
#include "amqp/broker/queue_desk.h"
#include "amqp/broker/topology.h"
#include "amqp/wire/error.h"
#include "core/metrics/process.h"
#include "tools/oriel/serve/broker_administration.h"

#ifndef ORIEL_VERSION
#error "the build says which version this is"
#endif

namespace oriel::serve {

using amqp::broker::Vhost;
using amqp::port::BindingRow;
using amqp::port::ConnectionRow;
using amqp::port::ExchangeRow;
using amqp::port::NodeRow;
using amqp::port::QueueRow;

namespace {

std::string name_of(const amqp::net::AmqpConnection& connection) {
  return connection.peer().to_string() + " -> " + connection.local().to_string();
}

std::vector<QueueRow> queues_of(Floor& floor) {
  std::vector<QueueRow> rows;
  for (amqp::broker::QueueView& view : floor.broker.queues()) {
    QueueRow& row = rows.emplace_back();
    row.vhost = std::move(view.vhost);
    row.name = std::move(view.name);
    row.shard = floor.shard.self().value();
    row.durable = view.durable;
    row.exclusive = view.exclusive;
    row.auto_delete = view.auto_delete;
    row.ready = view.ready;
    row.unacknowledged = view.unacknowledged;
    row.consumers = view.consumers;
    const auto vhost = floor.broker.topology().find_vhost(row.vhost);
    const auto* entry = vhost ? floor.broker.topology().vhost(*vhost).queue(row.name) : nullptr;
    if (entry != nullptr) row.arguments = entry->traits.arguments;
  }
  return rows;
}

std::vector<ConnectionRow> connections_of(Floor& floor) {
  std::vector<ConnectionRow> rows;
  floor.amqp.each([&](amqp::net::AmqpConnection& connection) {
    amqp::session::ConnectionInfo info = connection.session().info();
    if (info.phase != "running") return;
    ConnectionRow& row = rows.emplace_back();
    row.name = name_of(connection);
    row.user = std::move(info.user);
    row.vhost = std::move(info.vhost);
    row.state = info.phase;
    row.peer_host = connection.peer().host();
    row.peer_port = connection.peer().port();
    row.host = connection.local().host();
    row.port = connection.local().port();
    row.tls = connection.is_tls();
    row.client_product = std::move(info.client_product);
    row.client_version = std::move(info.client_version);
    row.channels = info.channels;
    row.octets_in = connection.octets_in();
    row.octets_out = connection.octets_out();
    row.open_seconds =
        std::chrono::duration<double>(floor.shard.now() - connection.since()).count();
  });
  return rows;
}

/// One floor's share of the node.
NodeRow share_of(Floor& floor) {
  NodeRow row;
  const amqp::broker::Counters& counters = floor.broker.counters();
  row.published = counters.published.value();
  row.delivered = counters.delivered.value();
  row.acknowledged = counters.acknowledged.value();
  return row;
}

/// Whether there was such a connection; it is told why it goes.
bool close(Floor& floor, const std::string& name, const std::string& reason) {
  bool found = false;
  floor.amqp.each([&](amqp::net::AmqpConnection& connection) {
    if (found || name_of(connection) != name) return;
    found = true;
    connection.session().close(amqp::wire::kConnectionForced, reason, floor.shard.now());
    connection.session_changed();
  });
  return found;
}

template <typename See>
void each_vhost(Floor& floor, See&& see) {
  for (const auto& vhost : floor.broker.topology().vhosts()) {
    if (!vhost->gone()) see(*vhost);
  }
}

}  // namespace

void BrokerAdministration::queues(Done<std::vector<QueueRow>> done) {
  gather_rows<QueueRow>(floors_, &queues_of, [done](std::vector<QueueRow> rows) {
    std::sort(rows.begin(), rows.end(), [](const QueueRow& a, const QueueRow& b) {
      return std::tie(a.vhost, a.name) < std::tie(b.vhost, b.name);
    });
    done(std::move(rows));
  });
}

void BrokerAdministration::exchanges(Done<std::vector<ExchangeRow>> done) {
  std::vector<ExchangeRow> rows;
  each_vhost(floor(), [&](const Vhost& vhost) {
    rows.push_back({vhost.name(), {}, "direct", true, false, false, {}});
    vhost.each_exchange([&](const amqp::broker::Exchange& exchange) {
      const amqp::broker::ExchangeTraits& traits = exchange.traits();
      rows.push_back({vhost.name(), traits.name, std::string{amqp::broker::name_of(traits.type)},
                      traits.durable, traits.auto_delete, traits.internal, traits.arguments});
    });
  });
  std::sort(rows.begin(), rows.end(), [](const ExchangeRow& a, const ExchangeRow& b) {
    return std::tie(a.vhost, a.name) < std::tie(b.vhost, b.name);
  });
  done(std::move(rows));
}

void BrokerAdministration::bindings(Done<std::vector<BindingRow>> done) {
  std::vector<BindingRow> rows;
  each_vhost(floor(), [&](const Vhost& vhost) {
    vhost.each_queue([&](const amqp::broker::QueueEntry& queue) {
      const std::string& name = queue.traits.name;
      rows.push_back({vhost.name(), {}, name, false, name, {}});
    });
    vhost.each_exchange([&](const amqp::broker::Exchange& exchange) {
      exchange.each_binding([&](const amqp::broker::Binding& binding) {
        const bool to_exchange = binding.exchange != nullptr;
        rows.push_back({vhost.name(), exchange.traits().name,
                        to_exchange ? binding.exchange->traits().name : binding.queue->traits.name,
                        to_exchange, binding.routing_key, binding.arguments});
      });
    });
  });
  std::sort(rows.begin(), rows.end(), [](const BindingRow& a, const BindingRow& b) {
    return std::tie(a.vhost, a.source, a.destination, a.routing_key) <
           std::tie(b.vhost, b.source, b.destination, b.routing_key);
  });
  done(std::move(rows));
}

void BrokerAdministration::connections(Done<std::vector<ConnectionRow>> done) {
  gather_rows<ConnectionRow>(floors_, &connections_of, std::move(done));
}

void BrokerAdministration::node(Done<NodeRow> done) {
  gather<NodeRow>(floors_, &share_of, [this, done](const std::vector<NodeRow>& shares) {
    NodeRow row;
    for (const NodeRow& share : shares) {
      row.published += share.published;
      row.delivered += share.delivered;
      row.acknowledged += share.acknowledged;
    }
    row.name = "oriel@" + commons_.broker.cell;
    row.version = ORIEL_VERSION;
    const core::metrics::ProcessFacts facts = core::metrics::read_process_facts();
    row.memory_used_octets = facts.resident_bytes;
    row.memory_limit_octets = commons_.broker.limits.memory_octets_max;
    const amqp::broker::FlowDesk& flow = floor().broker.flow_desk();
    row.memory_alarm = flow.memory_is_full();
    row.disk_alarm = flow.flow() == amqp::port::Flow::blocked && !flow.memory_is_full();
    row.descriptors = facts.open_files;
    row.uptime_seconds =
        std::chrono::duration<double>(commons_.clock.now() - commons_.started).count();
    row.shards = shares.size();
    done(std::move(row));
  });
}

void BrokerAdministration::close_connection(std::string name, std::string reason, Done<bool> done) {
  const auto asked = std::make_shared<const std::pair<std::string, std::string>>(std::move(name),
                                                                                 std::move(reason));
  gather<char>(
      floors_,
      [asked](Floor& floor) -> char { return close(floor, asked->first, asked->second) ? 1 : 0; },
      [done](const std::vector<char>& found) {
        done(std::any_of(found.begin(), found.end(), [](char one) { return one != 0; }));
      });
}

}  // namespace oriel::serve
