#include "amqp/broker/sender_keys.h"

#include "tests/unit/amqp/broker/fake_client.h"

namespace amqp::broker {
namespace {

using wire::FieldValue;

FieldValue keys(const std::vector<std::string>& all) {
  wire::FieldArray array;
  for (const std::string& key : all) array.push_back(FieldValue::long_string(key));
  return FieldValue::array(std::move(array));
}
wire::Properties properties_with(const std::string& name, FieldValue value) {
  wire::Properties properties;
  properties.headers.emplace();
  properties.headers->set(name, std::move(value));
  return properties;
}

class SenderKeys : public testing::Test {
 protected:
  SenderKeys() {
    for (const char* queue : {"a", "b", "c"}) client.declare_queue(queue);
  }
  std::string counts() {
    std::string all;
    for (const char* queue : {"a", "b", "c"}) all += std::to_string(client.counts(queue).first);
    return all;
  }
  sim::BrokerWorld world{1};
  FakeClient client{world, 0};
};

TEST_F(SenderKeys, CopiesGoToTheirQueuesOnce) {
  client.publish_with("", "a", "m", properties_with("CC", keys({"b", "a", "b", "nobody"})));
  EXPECT_EQ(counts(), "110");
  const auto delivery = client.get("b");
  const auto properties = wire::decode_properties(delivery->message->properties.octets());
  EXPECT_NE(properties->headers->find("CC"), nullptr);
  EXPECT_EQ(delivery->message->routing_key, "a");
}

TEST_F(SenderKeys, BlindCopiesAreSeenByNobody) {
  wire::Properties both = properties_with("CC", keys({"b"}));
  both.headers->set("BCC", keys({"c"}));
  client.publish_with("", "a", "m", both);
  EXPECT_EQ(counts(), "111");
  for (const char* queue : {"a", "b", "c"}) {
    const auto delivery = client.get(queue);
    const auto properties = wire::decode_properties(delivery->message->properties.octets());
    EXPECT_EQ(properties->headers->find("BCC"), nullptr);
    EXPECT_NE(properties->headers->find("CC"), nullptr);
  }
}

TEST_F(SenderKeys, ExchangesKnowThemToo) {
  client.bind("a", "amq.direct", "1");
  client.bind("b", "amq.direct", "2");
  client.bind("c", "amq.topic", "x.#");
  client.publish_with("amq.direct", "nobody", "m", properties_with("CC", keys({"1", "2"})));
  EXPECT_EQ(counts(), "110");
  client.publish_with("amq.topic", "y", "m", properties_with("BCC", keys({"x.y"})));
  EXPECT_EQ(counts(), "111");
}

TEST_F(SenderKeys, WhatIsNoArrayIsRefused) {
  EXPECT_EQ(client.publish_with("", "a", "m", properties_with("CC", FieldValue::int32(1))),
            "406 invalid message: {unacceptable_type_in_header,\"CC\",signedint}");
  EXPECT_EQ(client.publish_with("", "a", "m", properties_with("BCC", FieldValue::long_string("b"))),
            "406 invalid message: {unacceptable_type_in_header,\"BCC\",longstr}");
  EXPECT_EQ(counts(), "000");
}

TEST_F(SenderKeys, WhatIsNoTextInTheArrayIsNoKey) {
  client.publish_with("", "a", "m",
                      properties_with("CC", FieldValue::array({FieldValue::int32(1)})));
  EXPECT_EQ(counts(), "100");
}

TEST(MayHaveSenderKeys, LooksAtHeadersAlone) {
  const auto may = [](const wire::Properties& properties) {
    return may_have_sender_keys(FakeClient::properties_of(properties).octets());
  };
  wire::Properties without_headers;
  without_headers.app_id = "CC";
  EXPECT_FALSE(may({}));
  EXPECT_FALSE(may(without_headers));
  EXPECT_FALSE(may(properties_with("X", FieldValue::int32(1))));
  EXPECT_TRUE(may(properties_with("CC", FieldValue::int32(1))));
  EXPECT_TRUE(may(properties_with("BCC", FieldValue::int32(1))));
}

}  // namespace
}  // namespace amqp::broker
