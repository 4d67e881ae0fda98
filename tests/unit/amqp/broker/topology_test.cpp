#include "amqp/broker/topology.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "amqp/broker/router.h"
#include "amqp/wire/properties.h"
#include "core/memory/buffer.h"

namespace amqp::broker {
namespace {

class TopologyTest : public testing::Test {
 protected:
  void apply(auto what) { topology.apply(Change{kDefaultVhost, std::move(what)}); }
  void exchange(std::string name, ExchangeType type, bool auto_delete = false,
                wire::FieldTable arguments = {}) {
    apply(AddExchange{{.name = std::move(name),
                       .type = type,
                       .auto_delete = auto_delete,
                       .arguments = std::move(arguments)}});
  }
  void queue(std::string name) {
    apply(AddQueue{{.id = make_queue_id(core::ShardId{0}, ++serial),
                    .name = std::move(name),
                    .exclusive_owner = {},
                    .arguments = {}}});
  }
  void bind(std::string source, std::string queue, std::string key,
            wire::FieldTable arguments = {}) {
    apply(AddBinding{{std::move(source), DestinationKind::queue, std::move(queue), std::move(key),
                      std::move(arguments)}});
  }
  void unbind(std::string source, std::string queue, std::string key) {
    apply(RemoveBinding{
        {std::move(source), DestinationKind::queue, std::move(queue), std::move(key), {}}});
  }
  void link(std::string source, std::string destination, std::string key) {
    apply(AddBinding{{std::move(source),
                      DestinationKind::exchange,
                      std::move(destination),
                      std::move(key),
                      {}}});
  }
  std::vector<std::string> route(std::string_view name, std::string_view key,
                                 const wire::FieldTable& headers = {}) {
    wire::Properties properties;
    if (!headers.empty()) properties.headers = headers;
    core::Buffer octets;
    wire::encode_properties(properties, octets);
    std::vector<QueueEntry*> found;
    router.route(root, *root.exchange(name), key, octets.octets(), found);
    std::vector<std::string> names;
    for (const QueueEntry* entry : found) names.push_back(entry->traits.name);
    std::sort(names.begin(), names.end());
    return names;
  }

  BrokerSettings settings{.cell = "cell"};
  Topology topology{settings, 2};
  Vhost& root = topology.vhost(kDefaultVhost);
  Router router;
  std::uint64_t serial = kReplySerial;
};

using Names = std::vector<std::string>;

TEST_F(TopologyTest, BeginsWithTheStandardExchangesAndOneReplyQueueAShard) {
  for (const char* name : {"amq.direct", "amq.fanout", "amq.topic", "amq.headers", "amq.match",
                           "vcd.replyExchange", "systemExchange"}) {
    ASSERT_NE(root.exchange(name), nullptr) << name;
    EXPECT_TRUE(root.exchange(name)->traits().durable);
  }
  EXPECT_EQ(root.exchange(""), nullptr);
  EXPECT_EQ(port::home_of(root.queue("vcd.replyQueue.cell")->traits.id), core::ShardId{0});
  EXPECT_EQ(route("vcd.replyExchange", "vcd.replyQueue.cell.1"), Names{"vcd.replyQueue.cell.1"});
}

TEST_F(TopologyTest, DirectGoesByTheWholeKey) {
  queue("a");
  queue("b");
  bind("amq.direct", "a", "k");
  bind("amq.direct", "b", "k");
  bind("amq.direct", "b", "other");
  EXPECT_EQ(route("amq.direct", "k"), (Names{"a", "b"}));
  EXPECT_EQ(route("amq.direct", "other"), Names{"b"});
  EXPECT_EQ(route("amq.direct", "ot"), Names{});
}

TEST_F(TopologyTest, FanoutGoesEverywhere) {
  queue("a");
  queue("b");
  bind("amq.fanout", "a", "k");
  bind("amq.fanout", "b", "");
  EXPECT_EQ(route("amq.fanout", "anything"), (Names{"a", "b"}));
}

TEST_F(TopologyTest, TopicGoesByPattern) {
  queue("a");
  bind("amq.topic", "a", "x.*");
  EXPECT_EQ(route("amq.topic", "x.y"), Names{"a"});
  EXPECT_EQ(route("amq.topic", "x"), Names{});
}

TEST_F(TopologyTest, HeadersGoByTheMessagesHeaders) {
  queue("a");
  queue("b");
  wire::FieldTable one;
  one.set("kind", wire::FieldValue::long_string("one"));
  wire::FieldTable two;
  two.set("kind", wire::FieldValue::long_string("two"));
  bind("amq.headers", "a", "", one);
  bind("amq.match", "b", "", two);
  EXPECT_EQ(route("amq.headers", "", one), Names{"a"});
  EXPECT_EQ(route("amq.headers", "", two), Names{});
  EXPECT_EQ(route("amq.match", "", two), Names{"b"});
  EXPECT_EQ(route("amq.headers", ""), Names{});
}

TEST_F(TopologyTest, QueueGetsAMessageOnceHoweverOftenItIsBound) {
  queue("a");
  bind("amq.topic", "a", "#");
  bind("amq.topic", "a", "x");
  exchange("e", ExchangeType::fanout);
  link("amq.topic", "e", "x");
  bind("e", "a", "");
  EXPECT_EQ(route("amq.topic", "x"), Names{"a"});
}

TEST_F(TopologyTest, ExchangesBoundInACircleEnd) {
  exchange("e", ExchangeType::fanout);
  exchange("f", ExchangeType::fanout);
  queue("a");
  link("e", "f", "");
  link("f", "e", "");
  link("e", "e", "");
  bind("f", "a", "");
  EXPECT_EQ(route("e", ""), Names{"a"});
  apply(RemoveExchange{"e"});
  EXPECT_EQ(route("f", ""), Names{"a"});
  EXPECT_EQ(root.exchange("f")->binding_count(), 1U);
}

TEST_F(TopologyTest, AlternateExchangeTakesWhatFindsNoQueue) {
  wire::FieldTable arguments;
  arguments.set("alternate-exchange", wire::FieldValue::long_string("spare"));
  exchange("e", ExchangeType::direct, false, arguments);
  exchange("spare", ExchangeType::fanout);
  queue("a");
  queue("rest");
  bind("e", "a", "k");
  bind("spare", "rest", "");
  EXPECT_EQ(route("e", "k"), Names{"a"});
  EXPECT_EQ(route("e", "?"), Names{"rest"});
  apply(RemoveExchange{"spare"});
  EXPECT_EQ(route("e", "?"), Names{});
}

TEST_F(TopologyTest, SameBindingTwiceIsOne) {
  queue("a");
  bind("amq.direct", "a", "k");
  bind("amq.direct", "a", "k");
  unbind("amq.direct", "a", "k");
  EXPECT_EQ(route("amq.direct", "k"), Names{});
}

TEST_F(TopologyTest, BindingsDifferByTheirArguments) {
  queue("a");
  wire::FieldTable arguments;
  arguments.set("n", wire::FieldValue::int32(1));
  bind("amq.direct", "a", "k");
  bind("amq.direct", "a", "k", arguments);
  unbind("amq.direct", "a", "k");
  EXPECT_EQ(route("amq.direct", "k"), Names{"a"});
}

TEST_F(TopologyTest, RemovedQueueTakesItsBindingsAlong) {
  queue("a");
  queue("b");
  bind("amq.direct", "a", "k");
  bind("amq.topic", "a", "#");
  bind("amq.direct", "b", "k");
  apply(RemoveQueue{root.queue("a")->traits.id});
  EXPECT_EQ(root.queue("a"), nullptr);
  EXPECT_EQ(route("amq.direct", "k"), Names{"b"});
  EXPECT_EQ(route("amq.topic", "x"), Names{});
}

TEST_F(TopologyTest, AutoDeleteExchangeGoesWithItsLastBinding) {
  exchange("e", ExchangeType::direct, true);
  queue("a");
  EXPECT_NE(root.exchange("e"), nullptr);
  bind("e", "a", "k");
  bind("e", "a", "l");
  unbind("e", "a", "k");
  EXPECT_NE(root.exchange("e"), nullptr);
  unbind("e", "a", "l");
  EXPECT_EQ(root.exchange("e"), nullptr);
}

TEST_F(TopologyTest, AutoDeleteExchangesFallLikeDominoes) {
  exchange("e", ExchangeType::fanout, true);
  exchange("f", ExchangeType::fanout, true);
  queue("a");
  link("e", "f", "");
  bind("f", "a", "");
  apply(RemoveQueue{root.queue("a")->traits.id});
  EXPECT_EQ(root.exchange("f"), nullptr);
  EXPECT_EQ(root.exchange("e"), nullptr);
}

TEST_F(TopologyTest, StepThatNoLongerFitsChangesNothing) {
  queue("a");
  const port::QueueId id = root.queue("a")->traits.id;
  apply(RemoveQueue{id});
  apply(RemoveQueue{id});
  apply(RemoveExchange{"nowhere"});
  unbind("nowhere", "a", "k");
  EXPECT_EQ(root.queue("a"), nullptr);
}

}  // namespace
}  // namespace amqp::broker
