#pragma once

#include <string>
#include <vector>

#include "amqp/port/administration.h"
#include "core/json/writer.h"

namespace http::management {

// RabbitMQ's JSON for one of each.

void write_vhost(core::json::Writer& out, const std::string& vhost);
void write(core::json::Writer& out, const amqp::port::UserRow& row);
void write(core::json::Writer& out, const amqp::port::PermissionRow& row);
void write(core::json::Writer& out, const amqp::port::TopicPermissionRow& row);
void write(core::json::Writer& out, const amqp::port::QueueRow& row);
void write(core::json::Writer& out, const amqp::port::ExchangeRow& row);
void write(core::json::Writer& out, const amqp::port::BindingRow& row);
void write(core::json::Writer& out, const amqp::port::ConnectionRow& row);
void write(core::json::Writer& out, const amqp::port::NodeRow& row);
void write(core::json::Writer& out, const amqp::port::Administrator& who);

/// What GET /api/overview sums up.
struct Overview {
  amqp::port::NodeRow node;
  std::vector<amqp::port::QueueRow> queues;
  std::size_t exchanges = 0;
  std::size_t connections = 0;
  std::uint64_t channels = 0;
};
void write(core::json::Writer& out, const Overview& overview);

}  // namespace http::management
