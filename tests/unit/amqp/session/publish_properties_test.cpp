#include "amqp/session/publish_properties.h"

#include <gtest/gtest.h>

#include "amqp/wire/methods.h"
#include "amqp/wire/properties.h"
#include "core/memory/buffer.h"

namespace amqp::session {
namespace {

using namespace std::chrono_literals;

core::SharedBytes encoded(const wire::Properties& properties) {
  core::Buffer octets;
  wire::encode_properties(properties, octets);
  return octets.freeze();
}

core::Result<PublishProperties, wire::ProtocolError> read(const wire::Properties& properties) {
  return read_publish_properties(encoded(properties).octets(), "guest");
}

using P = wire::Properties;

/// What is read of a list with one property.
template <typename T>
core::Result<PublishProperties, wire::ProtocolError> read(std::optional<T> P::*field, auto value) {
  P properties;
  properties.*field = T{value};
  return read(properties);
}

std::string fault_of_expiration(const char* text) {
  const auto outcome = read(&P::expiration, text);
  if (outcome) return "none";
  EXPECT_EQ(outcome.error().code, wire::kPreconditionFailed);
  EXPECT_EQ(outcome.error().method, wire::BasicPublish::id);
  return outcome.error().text;
}

TEST(PublishProperties, OfAnEmptyListAreTheDefaults) {
  const auto none = read(P{});
  ASSERT_TRUE(none);
  EXPECT_FALSE(none->traits.persistent);
  EXPECT_EQ(none->traits.priority, 0);
  EXPECT_FALSE(none->traits.ttl);
  EXPECT_FALSE(none->replies_directly);
}

TEST(PublishProperties, OnlyDeliveryModeTwoIsPersistent) {
  EXPECT_TRUE(read(&P::delivery_mode, std::uint8_t{2})->traits.persistent);
  EXPECT_FALSE(read(&P::delivery_mode, std::uint8_t{1})->traits.persistent);
  EXPECT_FALSE(read(&P::delivery_mode, std::uint8_t{0})->traits.persistent);
}

TEST(PublishProperties, TellPriorityAndTimeToLive) {
  P properties;
  properties.priority = std::uint8_t{9};
  properties.expiration = "1500";
  const auto both = read(properties);
  ASSERT_TRUE(both);
  EXPECT_EQ(both->traits.priority, 9);
  EXPECT_EQ(both->traits.ttl, 1500ms);
  EXPECT_EQ(read(&P::expiration, "0")->traits.ttl, 0ms);
  EXPECT_EQ(read(&P::expiration, "+007")->traits.ttl, 7ms);
  EXPECT_EQ(read(&P::expiration, "-0")->traits.ttl, 0ms);
}

TEST(PublishProperties, ATimeThatNobodyWaitsForIsForEver) {
  const auto centuries = read(&P::expiration, "99999999999999");
  ASSERT_TRUE(centuries);
  EXPECT_FALSE(centuries->traits.ttl);
  const auto beyond_64_bits = read(&P::expiration, std::string(200, '9'));
  ASSERT_TRUE(beyond_64_bits);
  EXPECT_FALSE(beyond_64_bits->traits.ttl);
}

TEST(PublishProperties, ExpirationThatIsNoNumberIsRefusedInRabbitMqsWords) {
  EXPECT_EQ(fault_of_expiration("soon"), "invalid expiration 'soon': no_integer");
  EXPECT_EQ(fault_of_expiration(""), "invalid expiration '': no_integer");
  EXPECT_EQ(fault_of_expiration("-"), "invalid expiration '-': no_integer");
  EXPECT_EQ(fault_of_expiration(" 1"), "invalid expiration ' 1': no_integer");
  EXPECT_EQ(fault_of_expiration("10s"), "invalid expiration '10s': {leftover_string,\"s\"}");
  EXPECT_EQ(fault_of_expiration("1.5"), "invalid expiration '1.5': {leftover_string,\".5\"}");
  EXPECT_EQ(fault_of_expiration("-1"), "invalid expiration '-1': {value_negative,-1}");
}

TEST(PublishProperties, NobodyWritesInAnothersName) {
  EXPECT_TRUE(read(&P::user_id, "guest"));
  const auto forged = read(&P::user_id, "root");
  ASSERT_FALSE(forged);
  EXPECT_EQ(forged.error().text,
            "user_id property set to 'root' but authenticated user was 'guest'");
}

TEST(PublishProperties, BrokenHeadersAreASyntaxError) {
  const std::string_view unknown_type{"\x20\x00\x00\x00\x00\x03\x01k?", 9};
  const auto outcome = read_publish_properties(core::octets_of(unknown_type), "guest");
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, wire::kSyntaxError);
  EXPECT_EQ(outcome.error().method, wire::BasicPublish::id);
}

TEST(PublishProperties, ReplyToIsReplacedAndAllElseStaysOctetForOctet) {
  wire::Properties properties;
  properties.content_type = "text/plain";
  properties.headers.emplace();
  properties.headers->set("n", wire::FieldValue::int64(7));
  properties.correlation_id = "17";
  properties.reply_to = "amq.rabbitmq.reply-to";
  properties.message_id = "m";
  const core::SharedBytes before = encoded(properties);
  EXPECT_TRUE(read_publish_properties(before.octets(), "guest")->replies_directly);

  const core::SharedBytes after = with_reply_to(before.octets(), "amq.rabbitmq.reply-to.abc");
  properties.reply_to = "amq.rabbitmq.reply-to.abc";
  EXPECT_EQ(after.text(), encoded(properties).text());
  EXPECT_FALSE(read_publish_properties(after.octets(), "guest")->replies_directly);
}

}  // namespace
}  // namespace amqp::session
