#include "http/management/shapes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string_view>
#include <type_traits>

#include "amqp/port/port.h"

namespace http::management {
namespace {

using amqp::port::FieldTable;
using amqp::port::FieldValue;
using core::json::Writer;

void write_tags(Writer& out, const std::vector<std::string>& tags) {
  out.key("tags");
  out.begin_array();
  for (const std::string& tag : tags) out.string(tag);
  out.end_array();
}

void write_table(Writer& out, const FieldTable& table);

void write_value(Writer& out, const FieldValue& value) {
  std::visit(
      [&out](const auto& held) {
        using Held = std::remove_cvref_t<decltype(held)>;
        if constexpr (std::is_same_v<Held, std::monostate>) {
          out.null();
        } else if constexpr (std::is_same_v<Held, bool>) {
          out.boolean(held);
        } else if constexpr (std::is_same_v<Held, std::int64_t>) {
          out.integer(held);
        } else if constexpr (std::is_same_v<Held, std::uint64_t>) {
          out.unsigned_integer(held);
        } else if constexpr (std::is_same_v<Held, double>) {
          out.real(held);
        } else if constexpr (std::is_same_v<Held, std::string>) {
          out.string(held);
        } else if constexpr (std::is_same_v<Held, FieldTable>) {
          write_table(out, held);
        } else if constexpr (requires { held.unscaled; }) {
          out.real(held.unscaled * std::pow(10.0, -static_cast<double>(held.scale)));
        } else {
          out.begin_array();
          for (const FieldValue& one : held) write_value(out, one);
          out.end_array();
        }
      },
      value.value);
}

/// Of values with one name the first is what counts.
void write_table(Writer& out, const FieldTable& table) {
  std::set<std::string_view> seen;
  out.begin_object();
  for (const auto& field : table.fields) {
    if (!seen.insert(field.name).second) continue;
    out.key(field.name);
    write_value(out, field.value);
  }
  out.end_object();
}

void write_arguments(Writer& out, const FieldTable& arguments) {
  out.key("arguments");
  write_table(out, arguments);
}

/// What a binding is called in URLs there; the routing key when there are no arguments.
std::string properties_key(const amqp::port::BindingRow& row) {
  return row.routing_key.empty() ? "~" : row.routing_key;
}

}  // namespace

void write_vhost(Writer& out, const std::string& vhost) {
  out.begin_object();
  out.member("name", vhost);
  out.member("description", "");
  write_tags(out, {});
  out.member("tracing", false);
  out.end_object();
}

void write(Writer& out, const amqp::port::UserRow& row) {
  out.begin_object();
  out.member("name", row.name);
  out.member("hashing_algorithm", row.hashing);
  write_tags(out, row.tags);
  out.key("limits");
  out.begin_object();
  out.end_object();
  out.end_object();
}

void write(Writer& out, const amqp::port::PermissionRow& row) {
  out.begin_object();
  out.member("user", row.user);
  out.member("vhost", row.vhost);
  out.member("configure", row.configure);
  out.member("write", row.write);
  out.member("read", row.read);
  out.end_object();
}

void write(Writer& out, const amqp::port::TopicPermissionRow& row) {
  out.begin_object();
  out.member("user", row.user);
  out.member("vhost", row.vhost);
  out.member("exchange", row.exchange);
  out.member("write", row.write);
  out.member("read", row.read);
  out.end_object();
}

void write(Writer& out, const amqp::port::QueueRow& row) {
  out.begin_object();
  out.member("name", row.name);
  out.member("vhost", row.vhost);
  out.member("type", "classic");
  out.member("durable", row.durable);
  out.member("auto_delete", row.auto_delete);
  out.member("exclusive", row.exclusive);
  write_arguments(out, row.arguments);
  out.member("state", "running");
  out.member("messages", row.ready + row.unacknowledged);
  out.member("messages_ready", row.ready);
  out.member("messages_unacknowledged", row.unacknowledged);
  out.member("consumers", row.consumers);
  out.member("shard", row.shard);
  out.end_object();
}

void write(Writer& out, const amqp::port::ExchangeRow& row) {
  out.begin_object();
  out.member("name", row.name);
  out.member("vhost", row.vhost);
  out.member("type", row.type);
  out.member("durable", row.durable);
  out.member("auto_delete", row.auto_delete);
  out.member("internal", row.internal);
  write_arguments(out, row.arguments);
  out.end_object();
}

void write(Writer& out, const amqp::port::BindingRow& row) {
  out.begin_object();
  out.member("source", row.source);
  out.member("vhost", row.vhost);
  out.member("destination", row.destination);
  out.member("destination_type", row.to_exchange ? "exchange" : "queue");
  out.member("routing_key", row.routing_key);
  write_arguments(out, row.arguments);
  out.member("properties_key", properties_key(row));
  out.end_object();
}

void write(Writer& out, const amqp::port::ConnectionRow& row) {
  out.begin_object();
  out.member("name", row.name);
  out.member("user", row.user);
  out.member("vhost", row.vhost);
  out.member("state", row.state);
  out.member("type", "network");
  out.member("protocol", "AMQP 0-9-1");
  out.member("peer_host", row.peer_host);
  out.member("peer_port", row.peer_port);
  out.member("host", row.host);
  out.member("port", row.port);
  out.member("ssl", row.tls);
  out.member("channels", row.channels);
  out.member("recv_oct", row.octets_in);
  out.member("send_oct", row.octets_out);
  out.key("open_seconds");
  out.real(row.open_seconds);
  out.key("client_properties");
  out.begin_object();
  out.member("product", row.client_product);
  out.member("version", row.client_version);
  out.end_object();
  out.end_object();
}

void write(Writer& out, const amqp::port::NodeRow& row) {
  out.begin_object();
  out.member("name", row.name);
  out.member("type", "disc");
  out.member("running", true);
  out.member("mem_used", row.memory_used_octets);
  out.member("mem_limit", row.memory_limit_octets);
  out.member("mem_alarm", row.memory_alarm);
  out.member("disk_free_alarm", row.disk_alarm);
  out.member("fd_used", row.descriptors);
  out.member("uptime", static_cast<std::uint64_t>(row.uptime_seconds * 1000.0));  // ms
  out.member("processors", row.shards);
  out.end_object();
}

void write(Writer& out, const amqp::port::Administrator& who) {
  out.begin_object();
  out.member("name", who.name);
  write_tags(out, who.tags);
  out.end_object();
}

void write(Writer& out, const Overview& overview) {
  std::uint64_t ready = 0;
  std::uint64_t unacknowledged = 0;
  std::uint64_t consumers = 0;
  for (const auto& queue : overview.queues) {
    ready += queue.ready;
    unacknowledged += queue.unacknowledged;
    consumers += queue.consumers;
  }
  out.begin_object();
  out.member("product_name", "oriel");
  out.member("product_version", overview.node.version);
  out.member("management_version", overview.node.version);
  out.member("rabbitmq_version", overview.node.version);
  out.member("cluster_name", overview.node.name);
  out.member("node", overview.node.name);
  out.key("exchange_types");
  out.begin_array();
  for (const char* type : {"direct", "fanout", "headers", "topic"}) {
    out.begin_object();
    out.member("name", type);
    out.member("enabled", true);
    out.end_object();
  }
  out.end_array();
  out.key("object_totals");
  out.begin_object();
  out.member("channels", overview.channels);
  out.member("connections", std::uint64_t{overview.connections});
  out.member("consumers", consumers);
  out.member("exchanges", std::uint64_t{overview.exchanges});
  out.member("queues", std::uint64_t{overview.queues.size()});
  out.end_object();
  out.key("queue_totals");
  out.begin_object();
  out.member("messages", ready + unacknowledged);
  out.member("messages_ready", ready);
  out.member("messages_unacknowledged", unacknowledged);
  out.end_object();
  out.key("message_stats");
  out.begin_object();
  out.member("publish", overview.node.published);
  out.member("deliver_get", overview.node.delivered);
  out.member("ack", overview.node.acknowledged);
  out.end_object();
  out.end_object();
}

}  // namespace http::management
