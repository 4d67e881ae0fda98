#include "http/management/shapes.h"

#include <gtest/gtest.h>

#include "amqp/port/port.h"
#include "core/memory/buffer.h"

namespace http::management {
namespace {

template <typename Row>
std::string shape(const Row& row) {
  core::Buffer out;
  core::json::Writer writer{out};
  write(writer, row);
  return std::string{out.text()};
}

TEST(Shapes, OfUsersAndPermissionsAreRabbitMqs) {
  EXPECT_EQ(shape(amqp::port::UserRow{"u", {"administrator"}, "crypt"}),
            R"({"name":"u","hashing_algorithm":"crypt","tags":["administrator"],"limits":{}})");
  EXPECT_EQ(shape(amqp::port::PermissionRow{"/", "u", "^---$", "", ".*"}),
            R"({"user":"u","vhost":"/","configure":"^---$","write":"","read":".*"})");
  EXPECT_EQ(shape(amqp::port::TopicPermissionRow{"/", "u", "x", "w", "r"}),
            R"({"user":"u","vhost":"/","exchange":"x","write":"w","read":"r"})");
}

TEST(Shapes, OfAQueueHasItsArgumentsAndCounts) {
  using amqp::port::FieldValue;
  amqp::port::QueueRow row{
      .vhost = "/", .name = "q", .ready = 2, .unacknowledged = 3, .consumers = 1, .arguments = {}};
  row.arguments.fields = {{"x-message-ttl", FieldValue::int32(5)},
                          {"a", FieldValue::array({FieldValue::boolean(true), {}})},
                          {"t", FieldValue::table({})},
                          {"x-message-ttl", FieldValue::int32(6)}};
  EXPECT_EQ(shape(row),
            R"({"name":"q","vhost":"/","type":"classic","durable":false,"auto_delete":false,)"
            R"("exclusive":false,"arguments":{"x-message-ttl":5,"a":[true,null],"t":{}},)"
            R"("state":"running","messages":5,"messages_ready":2,"messages_unacknowledged":3,)"
            R"("consumers":1,"shard":0})");
}

TEST(Shapes, OfBindingsSayWhatKindOfDestination) {
  EXPECT_EQ(shape(amqp::port::BindingRow{"/", "x", "q", false, "", {}}),
            R"({"source":"x","vhost":"/","destination":"q","destination_type":"queue",)"
            R"("routing_key":"","arguments":{},"properties_key":"~"})");
  EXPECT_NE(shape(amqp::port::BindingRow{"/", "x", "y", true, "k", {}})
                .find(R"("destination_type":"exchange")"),
            std::string::npos);
}

TEST(Shapes, OfTheOverviewSumUp) {
  Overview overview;
  overview.node.name = "oriel@here";
  overview.node.version = "1.2.3";
  overview.queues.resize(2);
  overview.queues[0].ready = 1;
  overview.queues[0].unacknowledged = 2;
  overview.queues[0].consumers = 3;
  overview.queues[1].ready = 4;
  overview.connections = 7;
  const std::string text = shape(overview);
  for (const char* part :
       {R"("product_name":"oriel")", R"("rabbitmq_version":"1.2.3")", R"("messages":7)",
        R"("messages_ready":5)", R"("consumers":3)", R"("queues":2)", R"("connections":7)"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part;
  }
}

}  // namespace
}  // namespace http::management
