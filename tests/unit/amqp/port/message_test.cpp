#include "amqp/port/message.h"

#include <gtest/gtest.h>

#include <string>

namespace amqp::port {
namespace {

TEST(Message, IsACopyOfItsParts) {
  std::string exchange = "ex";
  std::string key = "key";
  std::string properties = "properties";
  std::string body = "body";
  const MessagePtr message = make_message({.exchange = exchange,
                                           .routing_key = key,
                                           .properties = core::octets_of(properties),
                                           .body = core::octets_of(body),
                                           .traits = {.persistent = true, .priority = 7}});
  exchange = key = properties = body = "?";
  EXPECT_EQ(message->exchange, "ex");
  EXPECT_EQ(message->routing_key, "key");
  EXPECT_EQ(message->properties.text(), "properties");
  EXPECT_EQ(message->body.text(), "body");
  EXPECT_TRUE(message->traits.persistent);
  EXPECT_EQ(message->traits.priority, 7);
  EXPECT_EQ(message->expires, core::Instant::max());
}

TEST(Message, MayBeEmpty) {
  const MessagePtr message = make_message({});
  EXPECT_TRUE(message->body.empty());
  EXPECT_TRUE(message->routing_key.empty());
}

TEST(Message, LeavesALargeBodyWhereItLies) {
  const auto body =
      core::SharedBytes::copy_of(core::octets_of(std::string(Message::kCopiedBodyMax + 1, 'x')));
  const MessagePtr message = make_message({.body = body});
  EXPECT_EQ(message->body.octets().data(), body.octets().data());
  EXPECT_GT(message->footprint(), body.size());
}

TEST(Message, KeepsALargeBodyAlive) {
  MessagePtr message;
  {
    const auto body =
        core::SharedBytes::copy_of(core::octets_of(std::string(Message::kCopiedBodyMax + 1, 'x')));
    message = make_message({.body = body});
  }
  const MessagePtr other = message;
  message = nullptr;
  EXPECT_EQ(other->body.octets().back(), std::byte{'x'});  // the address sanitizer would tell
}

TEST(Message, CopiesABodyOutOfABlockMuchLargerThanItself) {
  const std::size_t size = Message::kCopiedBodyMax + 1;
  const auto block = core::SharedBytes::copy_of(core::octets_of(std::string(10 * size, 'x')));
  const MessagePtr message = make_message({.body = block.slice(0, size)});
  EXPECT_NE(message->body.octets().data(), block.octets().data());
  EXPECT_EQ(message->body.size(), size);
}

TEST(Message, SharedBodyOutlivesTheMessage) {
  MessagePtr message = make_message({.body = core::octets_of("body")});
  const core::SharedBytes body = message->body.share();
  message = nullptr;
  EXPECT_EQ(body.text(), "body");
}

TEST(Message, ItsPartsMakeAnotherThatDiffers) {
  const MessagePtr message =
      make_message({.exchange = "ex", .routing_key = "key", .body = core::octets_of("body")});
  MessageParts parts = message->parts();
  parts.exchange = "dead";
  const MessagePtr other = make_message(parts);
  EXPECT_EQ(other->exchange, "dead");
  EXPECT_EQ(other->routing_key, "key");
  EXPECT_EQ(other->body.text(), "body");
}

TEST(MessagePtr, ComparesByWhichMessageItIs) {
  const MessagePtr message = make_message({});
  const MessagePtr same = message;
  EXPECT_EQ(same, message);
  EXPECT_NE(same, make_message({}));
  EXPECT_NE(message, nullptr);
  EXPECT_EQ(MessagePtr{}, nullptr);
}

}  // namespace
}  // namespace amqp::port
