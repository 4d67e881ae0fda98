// What happens in queues at a time: messages expire, leases end, consumers take too long.

#include "tests/unit/amqp/broker/fake_client.h"

namespace amqp::broker {
namespace {

using Bodies = std::vector<std::string>;
using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""min;

/// The queue is on the first shard, the client on the last.
class BrokerTime : public testing::TestWithParam<std::uint16_t> {
 protected:
  void TearDown() override { world.check_invariants(); }

  void pass(core::Duration time) {
    world.clock().advance(time);
    world.expire();
    world.office().run();
  }
  static wire::Properties expiring(const char* milliseconds) {
    wire::Properties properties;
    properties.expiration = milliseconds;
    return properties;
  }

  sim::BrokerWorld world{GetParam()};
  FakeClient owner{world, 0};
  FakeClient client{world, GetParam() - 1U};
};
INSTANTIATE_TEST_SUITE_P(On, BrokerTime, testing::Values(1, 2),
                         [](const auto& test) { return std::to_string(test.param) + "Shards"; });

TEST_P(BrokerTime, MessageExpiresThoughNobodyLooks) {
  owner.declare_with("q", arguments({{"x-message-ttl", 100}}));
  client.publish("", "q", "a");
  pass(60ms);
  client.publish("", "q", "b");
  pass(39ms);
  EXPECT_EQ(client.counts("q").first, 2);
  pass(1ms);
  EXPECT_EQ(client.counts("q").first, 1);
  pass(60ms);
  EXPECT_EQ(client.counts("q").first, 0);
  EXPECT_EQ(world.broker(0).counters().expired.value(), 2U);
}

TEST_P(BrokerTime, MessageHasATimeToLiveOfItsOwn) {
  owner.declare_queue("q");
  client.publish_with("", "q", "a", expiring("50"));
  client.publish("", "q", "b");
  pass(50ms);
  EXPECT_EQ(client.got("q"), "b");
}

TEST_P(BrokerTime, MessageBehindOneThatLivesOnWaitsForTheFront) {
  owner.declare_queue("q");
  client.publish("", "q", "a");
  client.publish_with("", "q", "b", expiring("50"));
  pass(100ms);
  EXPECT_EQ(client.counts("q").first, 2);
  EXPECT_EQ(client.got("q"), "a");
  EXPECT_EQ(client.got("q"), "nothing");
}

TEST_P(BrokerTime, MessageThatMayNotWaitGoesToWhoeverIsThere) {
  owner.declare_with("q", arguments({{"x-message-ttl", 0}}));
  const auto consumer = client.consume("q");
  client.publish("", "q", "a");
  EXPECT_EQ(client.bodies(), Bodies{"a"});
  client.must(port::Cancel{consumer});
  client.publish("", "q", "b");
  EXPECT_EQ(client.got("q"), "nothing");  // at the very same instant
  EXPECT_EQ(client.counts("q").first, 0);
}

TEST_P(BrokerTime, UnacknowledgedMessageExpiresWhenItComesBack) {
  owner.declare_with("q", arguments({{"x-message-ttl", 100}}));
  client.publish("", "q", "a");
  client.consume("q", 1);
  ASSERT_EQ(client.deliveries.size(), 1U);
  pass(200ms);
  client.settle(port::Settlement::requeue, client.deliveries);
  EXPECT_EQ(client.deliveries.size(), 1U);
  EXPECT_EQ(client.counts("q").first, 0);
}

TEST_P(BrokerTime, UnusedQueueGoesWhenItsLeaseEnds) {
  owner.declare_with("q", arguments({{"x-expires", 100}}));
  pass(99ms);
  EXPECT_EQ(client.counts("q"), std::pair(0, 0));  // a passive declaration is a use
  pass(99ms);
  EXPECT_EQ(client.got("q"), "nothing");  // and so is a get
  pass(99ms);
  owner.declare_with("q", arguments({{"x-expires", 100}}));
  pass(100ms);
  EXPECT_EQ(client.counts("q"), std::pair(-1, -1));
}

TEST_P(BrokerTime, LeaseDoesNotEndWhileThereAreConsumers) {
  owner.declare_with("q", arguments({{"x-expires", 100}}));
  const auto consumer = client.consume("q");
  pass(500ms);
  client.must(port::Cancel{consumer});
  pass(99ms);
  EXPECT_NE(client.counts("q"), std::pair(-1, -1));
  pass(100ms);
  EXPECT_EQ(client.counts("q"), std::pair(-1, -1));
}

TEST_P(BrokerTime, PublishingRenewsNoLease) {
  owner.declare_with("q", arguments({{"x-expires", 100}}));
  pass(60ms);
  client.publish("", "q", "a");
  pass(60ms);
  EXPECT_EQ(client.counts("q"), std::pair(-1, -1));
}

TEST_P(BrokerTime, ChannelEndsWhoseConsumerKeepsAMessageForTooLong) {
  owner.declare_queue("q");
  client.publish("", "q", "a");
  client.publish("", "q", "b");
  client.consume("q");
  pass(20min);
  client.settle(port::Settlement::acknowledge, {client.deliveries[0]});
  EXPECT_TRUE(client.failures.empty());
  pass(11min);
  ASSERT_EQ(client.failures.size(), 1U);
  EXPECT_EQ(client.failures[0].code, 406);
  EXPECT_EQ(client.failures[0].text,
            "delivery acknowledgement on channel 1 timed out. Timeout value used: 1800000 ms. This "
            "timeout value can be configured, see consumers doc guide to learn more");
}

TEST_P(BrokerTime, QueueHasAConsumerTimeoutOfItsOwn) {
  owner.declare_with("q", arguments({{"x-consumer-timeout", 60'000}}));
  client.publish("", "q", "a");
  client.consume("q", 1);
  pass(40'000ms);
  client.settle(port::Settlement::acknowledge, client.deliveries);
  client.publish("", "q", "b");
  pass(40'000ms);
  EXPECT_TRUE(client.failures.empty());
  pass(22'000ms);
  EXPECT_EQ(client.failures.size(), 1U);
}

}  // namespace
}  // namespace amqp::broker
