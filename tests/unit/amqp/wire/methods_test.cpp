#include "amqp/wire/methods.h"

#include <gtest/gtest.h>

#include "tests/unit/amqp/wire/octets.h"

namespace amqp::wire {
namespace {

using testing::hex;
using testing::octets;

/// Puts a value of its own into every field.
class Filler {
 public:
  void operator()(auto&... fields) { (fill(fields), ...); }

 private:
  void fill(bool& field) { field = ++count_ % 2 == 1; }
  void fill(std::string& field) { field = "text " + std::to_string(++count_); }
  void fill(LongString& field) { field.octets = std::string(300, 'l') + std::to_string(++count_); }
  void fill(FieldTable& field) { field.set("count", FieldValue::int64(++count_)); }
  template <typename Integer>
  void fill(Integer& field) {
    field = static_cast<Integer>(250 + ++count_);
  }
  int count_ = 0;
};

/// Runs `test` once for a filled method of each type in AnyMethod.
template <typename... Methods>
void for_each_method(const std::variant<Methods...>* /*all*/, auto test) {
  const auto one = [&](auto method) {
    method.fields(Filler{});
    test(method);
  };
  (one(Methods{}), ...);
}
void for_each_method(auto test) { for_each_method(static_cast<const AnyMethod*>(nullptr), test); }

TEST(Methods, EachComesBackAsItWas) {
  int count = 0;
  for_each_method([&](const auto& method) {
    core::Buffer out;
    encode_method(method, out);
    const auto decoded = decode_method(out.octets());
    ASSERT_TRUE(decoded) << method.name << ": " << decoded.error().text;
    EXPECT_EQ(id_of(*decoded), method.id);
    EXPECT_TRUE(*decoded == AnyMethod{method}) << method.name;
    core::Buffer again;
    encode_method(*decoded, again);
    EXPECT_EQ(hex(again), hex(out)) << method.name;
    ++count;
  });
  EXPECT_EQ(count, 66);
}

TEST(Methods, EachIsRefusedAtEveryShorterAndAtALongerLength) {
  for_each_method([](const auto& method) {
    core::Buffer out;
    encode_method(method, out);
    for (std::size_t length = 0; length < out.size(); ++length) {
      const auto decoded = decode_method(out.octets().first(length));
      ASSERT_FALSE(decoded) << method.name << " at length " << length;
      EXPECT_EQ(decoded.error().code, kSyntaxError);
      EXPECT_EQ(decoded.error().method, length < 4 ? MethodId{} : method.id);
    }
    out.append("x");
    EXPECT_FALSE(decode_method(out.octets())) << method.name;
  });
}

TEST(Methods, HaveTheirNames) {
  EXPECT_EQ(method_name({60, 40}), "basic.publish");
  EXPECT_EQ(method_name({40, 51}), "exchange.unbind-ok");
  EXPECT_EQ(method_name({60, 41}), "");
  EXPECT_EQ(method_name({0, 0}), "");
}

TEST(Methods, AnUnknownOneIsCommandInvalidAndNamed) {
  const auto decoded = decode_method(octets({0, 60, 0, 99}));
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().code, kCommandInvalid);
  EXPECT_EQ(decoded.error().method, (MethodId{60, 99}));
}

TEST(Methods, BitsThatFollowEachOtherShareAnOctetLowestFirst) {
  QueueDeclare declare;
  declare.queue = "q";
  declare.durable = true;
  declare.auto_delete = true;
  core::Buffer out;
  encode_method(declare, out);
  EXPECT_EQ(hex(out), "00 32 00 0a 00 00 01 71 0a 00 00 00 00");
}

TEST(Methods, ABitBetweenOtherFieldsHasAnOctetOfItsOwn) {
  BasicDeliver deliver;
  deliver.consumer_tag = "c";
  deliver.delivery_tag = 1;
  deliver.redelivered = true;
  deliver.exchange = "e";
  deliver.routing_key = "k";
  core::Buffer out;
  encode_method_frame(ChannelId{1}, deliver, out);
  EXPECT_EQ(hex(out),
            "01 00 01 00 00 00 13 00 3c 00 3c 01 63 00 00 00 00 00 00 00 01 01 01 65 01 6b ce");
}

TEST(Methods, BitsThatStandForNoFieldAreNotLookedAt) {
  const auto ack = decode_method_as<BasicAck>(octets({0, 60, 0, 80, 0, 0, 0, 0, 0, 0, 0, 7, 0xFE}));
  ASSERT_TRUE(ack);
  EXPECT_EQ(ack->delivery_tag, 7U);
  EXPECT_FALSE(ack->multiple);
}

TEST(BasicPublishView, SeesItsTextsInPlace) {
  const auto payload = octets({0, 60, 0, 40, 0, 0, 2, 'e', 'x', 3, 'k', 'e', 'y', 1});
  const auto publish = decode_method_as<BasicPublishView>(payload);
  ASSERT_TRUE(publish);
  EXPECT_EQ(publish->exchange, "ex");
  EXPECT_EQ(publish->routing_key, "key");
  EXPECT_TRUE(publish->mandatory);
  EXPECT_FALSE(publish->immediate);
  EXPECT_EQ(static_cast<const void*>(publish->exchange.data()), payload.data() + 7);
}

TEST(BasicPublishView, EncodesAsTheOwningForm) {
  core::Buffer of_view;
  encode_method(BasicPublishView{0, "ex", "key", true, false}, of_view);
  core::Buffer of_owner;
  encode_method(BasicPublish{0, "ex", "key", true, false}, of_owner);
  EXPECT_EQ(hex(of_view), hex(of_owner));
}

}  // namespace
}  // namespace amqp::wire
