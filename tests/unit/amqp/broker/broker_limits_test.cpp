// Queues that are full.

#include "amqp/broker/slot_line.h"
#include "tests/unit/amqp/broker/fake_client.h"

namespace amqp::broker {
namespace {

using Bodies = std::vector<std::string>;
using Sequences = std::vector<std::uint64_t>;

/// The queue is on the first shard, the client on the last.
class BrokerLimits : public testing::TestWithParam<std::uint16_t> {
 protected:
  void TearDown() override { world.check_invariants(); }

  Bodies all_of(const std::string& queue) {
    Bodies all;
    while (auto delivery = client.get(queue)) all.emplace_back(delivery->message->body.text());
    return all;
  }

  sim::BrokerWorld world{GetParam()};
  FakeClient owner{world, 0};
  FakeClient client{world, GetParam() - 1U};
};
INSTANTIATE_TEST_SUITE_P(On, BrokerLimits, testing::Values(1, 2),
                         [](const auto& test) { return std::to_string(test.param) + "Shards"; });

TEST_P(BrokerLimits, FullQueueDropsItsOldest) {
  owner.declare_with("q", arguments({{"x-max-length", 2}}));
  for (const char* body : {"a", "b", "c"}) client.publish("", "q", body, 1);
  EXPECT_EQ(client.confirms.size(), 3U);
  EXPECT_EQ(all_of("q"), (Bodies{"b", "c"}));
}

TEST_P(BrokerLimits, OctetsAreALimitToo) {
  owner.declare_with("q", arguments({{"x-max-length-bytes", 6}}));
  for (const char* body : {"aaa", "bbb", "c"}) client.publish("", "q", body);
  EXPECT_EQ(all_of("q"), (Bodies{"bbb", "c"}));
  client.publish("", "q", "longer than the queue");
  EXPECT_EQ(client.counts("q").first, 0);
}

TEST_P(BrokerLimits, QueueWithoutRoomGivesToWhoeverIsThere) {
  owner.declare_with("q", arguments({{"x-max-length", 0}}));
  client.publish("", "q", "a");
  EXPECT_EQ(client.counts("q").first, 0);
  client.consume("q");
  client.publish("", "q", "b");
  EXPECT_EQ(client.bodies(), Bodies{"b"});
}

TEST_P(BrokerLimits, UnacknowledgedMessagesTakeNoRoomUntilTheyComeBack) {
  owner.declare_with("q", arguments({{"x-max-length", 1}}));
  const auto consumer = client.consume("q", 2);
  for (const char* body : {"a", "b", "c"}) client.publish("", "q", body);
  EXPECT_EQ(client.bodies(), (Bodies{"a", "b"}));
  EXPECT_EQ(client.counts("q").first, 1);
  client.must(port::Cancel{consumer});
  client.settle(port::Settlement::requeue, client.deliveries);
  EXPECT_EQ(all_of("q"), Bodies{"c"});
}

TEST_P(BrokerLimits, FullQueueRefusesWhenToldTo) {
  owner.declare_with("q", arguments({{"x-max-length", 1}, {"x-overflow", "reject-publish"}}));
  client.publish("", "q", "a", 1);
  client.publish("", "q", "b", 2);
  EXPECT_EQ(client.confirms, Sequences{1});
  EXPECT_EQ(client.nacks, Sequences{2});
  EXPECT_EQ(all_of("q"), Bodies{"a"});
  client.publish("", "q", "c", 3);
  EXPECT_EQ(client.confirms, (Sequences{1, 3}));
}

TEST_P(BrokerLimits, OneQueueThatRefusesMakesTheConfirmARefusal) {
  owner.declare_with("full", arguments({{"x-max-length", 0}, {"x-overflow", "reject-publish"}}));
  client.declare_queue("empty");
  client.bind("full", "amq.fanout", "");
  client.bind("empty", "amq.fanout", "");
  client.publish("amq.fanout", "", "a", 1);
  EXPECT_EQ(client.nacks, Sequences{1});
  EXPECT_TRUE(client.confirms.empty());
  EXPECT_EQ(all_of("empty"), Bodies{"a"});
}

TEST_P(BrokerLimits, FullQueueSendsWhatItRefusesToItsDeadLetterExchange) {
  owner.declare_queue("dead");
  owner.declare_with("q", arguments({{"x-max-length", 1},
                                     {"x-overflow", "reject-publish-dlx"},
                                     {"x-dead-letter-exchange", ""},
                                     {"x-dead-letter-routing-key", "dead"}}));
  client.publish("", "q", "a", 1);
  client.publish("", "q", "b", 2);
  EXPECT_EQ(client.nacks, Sequences{2});
  EXPECT_EQ(all_of("dead"), Bodies{"b"});
  EXPECT_EQ(all_of("q"), Bodies{"a"});
}

TEST_P(BrokerLimits, ShardKnowsWhatItsQueuesHold) {
  owner.declare_queue("q");
  client.publish("", "q", "12345");
  client.publish("", "q", "123");
  const Holdings& held = world.broker(0).held();
  EXPECT_EQ(held.ready, 2U);
  EXPECT_EQ(held.ready_octets, 8 + 2 * FakeClient::no_properties().size());
  owner.must(port::DeleteQueue{"q"});
  EXPECT_EQ(held.ready, 0U);
  EXPECT_EQ(held.octets(), 0U);
}

TEST_P(BrokerLimits, DeclarationsThatMeanNothingAreRefused) {
  EXPECT_EQ(client.refusal(
                port::DeclareQueue{.name = "q", .arguments = arguments({{"x-message-ttl", -1}})}),
            "406 invalid arg 'x-message-ttl' for queue 'q' in vhost '/': {value_negative,-1}");
  owner.declare_with("q", {});
  port::Consume consume;
  consume.queue = "q";
  consume.arguments = arguments({{"x-priority", "high"}});
  consume.consumer = world.broker(0).new_consumer(owner.id(), FakeClient::kChannel);
  EXPECT_EQ(owner.refusal(consume).substr(0, 30), "406 invalid arg 'x-priority' f");
}

TEST_P(BrokerLimits, StreamCanBeDeclaredAndNotRead) {
  owner.declare_with("s", arguments({{"x-queue-type", "stream"}}), true);
  EXPECT_EQ(client.refusal(port::Get{.queue = "s"}),
            "540 reading from stream queue 's' in vhost '/'");
}

TEST_P(BrokerLimits, NextSingleActiveConsumerTakesOverAtOnce) {
  wire::FieldTable single;
  single.set("x-single-active-consumer", wire::FieldValue::boolean(true));
  owner.declare_with("q", single);
  const auto first = client.consume("q", 1);
  owner.consume("q");
  for (const char* body : {"a", "b"}) client.publish("", "q", body);
  EXPECT_EQ(client.bodies(), Bodies{"a"});
  EXPECT_TRUE(owner.bodies().empty());
  client.must(port::Cancel{first});
  EXPECT_EQ(owner.bodies(), Bodies{"b"});
}

}  // namespace
}  // namespace amqp::broker
