// Dead letters on their way from queue to queue.

#include "amqp/broker/queue_desk.h"
#include "amqp/broker/topology.h"
#include "tests/unit/amqp/broker/fake_client.h"

namespace amqp::broker {
namespace {

using Bodies = std::vector<std::string>;
using std::chrono_literals::operator""ms;

/// Queue "q" is on the first shard and dead-letters to the fanout "dlx"; "dead" is bound to it, on
/// the last shard, where the client is.
class BrokerDeadLetters : public testing::TestWithParam<std::uint16_t> {
 protected:
  BrokerDeadLetters() {
    client.declare_exchange("dlx", "fanout");
    client.declare_queue("dead");
    client.bind("dead", "dlx", "");
  }
  void TearDown() override { world.check_invariants(); }

  void declare(std::vector<Argument> more, bool durable = false) {
    more.emplace_back("x-dead-letter-exchange", "dlx");
    owner.declare_with("q", arguments(more), durable);
  }
  void pass(core::Duration time) {
    world.clock().advance(time);
    world.expire();
    world.office().run();
  }
  static wire::FieldTable headers_of(const port::Delivery& delivery) {
    return *wire::decode_properties(delivery.message->properties.octets())->headers;
  }
  static std::string last_reason(const port::Delivery& delivery) {
    return *headers_of(delivery).find("x-last-death-reason")->text();
  }
  /// Body and reason of the next dead letter.
  std::string dead() {
    const auto delivery = client.get("dead");
    if (!delivery) return "nothing";
    return std::string{delivery->message->body.text()} + " " + last_reason(*delivery);
  }

  sim::BrokerWorld world{GetParam()};
  FakeClient owner{world, 0};
  FakeClient client{world, GetParam() - 1U};
};
INSTANTIATE_TEST_SUITE_P(On, BrokerDeadLetters, testing::Values(1, 2),
                         [](const auto& test) { return std::to_string(test.param) + "Shards"; });

TEST_P(BrokerDeadLetters, RejectedMessagesAreDeadAndAcknowledgedOnesAreNot) {
  declare({});
  client.consume("q");
  for (const char* body : {"a", "b"}) client.publish("", "q", body);
  client.settle(port::Settlement::acknowledge, {client.deliveries[0]});
  client.settle(port::Settlement::discard, {client.deliveries[1]});
  EXPECT_EQ(dead(), "b rejected");
  EXPECT_EQ(dead(), "nothing");
}

TEST_P(BrokerDeadLetters, ExpiredMessagesAreDeadInOrder) {
  declare({{"x-message-ttl", 10}});
  for (int i = 0; i < 300; ++i) client.publish("", "q", std::to_string(i));
  pass(10ms);
  EXPECT_EQ(client.counts("q").first, 0);
  for (int i = 0; i < 300; ++i) EXPECT_EQ(dead(), std::to_string(i) + " expired");
}

TEST_P(BrokerDeadLetters, WhatAFullQueueDropsIsDead) {
  declare({{"x-max-length", 1}});
  for (const char* body : {"a", "b"}) client.publish("", "q", body);
  EXPECT_EQ(dead(), "a maxlen");
}

TEST_P(BrokerDeadLetters, GivenBackTooOftenIsDead) {
  declare({{"x-queue-type", "quorum"}, {"x-delivery-limit", 1}}, true);
  client.consume("q");
  client.publish("", "q", "a");
  for (int i = 0; i < 2; ++i) {
    ASSERT_EQ(client.deliveries.size(), 1U);
    client.settle(port::Settlement::requeue, std::exchange(client.deliveries, {}));
  }
  EXPECT_TRUE(client.deliveries.empty());
  EXPECT_EQ(dead(), "a delivery_limit");
}

TEST_P(BrokerDeadLetters, PurgedAndDeletedMessagesAreNotDead) {
  declare({});
  client.publish("", "q", "a");
  client.must(port::PurgeQueue{"q"});
  client.publish("", "q", "b");
  client.must(port::DeleteQueue{"q"});
  EXPECT_EQ(dead(), "nothing");
}

TEST_P(BrokerDeadLetters, RequestThatNobodyWaitsForIsNotDead) {
  declare({});
  EXPECT_TRUE(world.broker(GetParam() - 1U)
                  .publish(client.id(), FakeClient::kChannel,
                           {.exchange = "", .routing_key = "q", .expires = world.now() + 10ms},
                           world.now()));
  world.office().run();
  pass(10ms);
  EXPECT_EQ(client.counts("q").first, 0);
  EXPECT_EQ(dead(), "nothing");
}

TEST_P(BrokerDeadLetters, QueueMayNameTheRoutingKey) {
  owner.declare_with("q", arguments({{"x-message-ttl", 0},
                                     {"x-dead-letter-exchange", ""},
                                     {"x-dead-letter-routing-key", "dead"}}));
  client.publish("", "q", "a");
  const auto delivery = client.get("dead");
  ASSERT_TRUE(delivery);
  EXPECT_EQ(delivery->message->routing_key, "dead");
  EXPECT_EQ(delivery->message->exchange, "");
}

TEST_P(BrokerDeadLetters, MissingExchangeSwallowsThem) {
  owner.declare_with("q", arguments({{"x-message-ttl", 0}, {"x-dead-letter-exchange", "no"}}));
  EXPECT_EQ(client.publish("", "q", "a"), "queued");
  EXPECT_EQ(client.counts("q").first, 0);
}

TEST_P(BrokerDeadLetters, CircleWithoutAnybodysWillIsCut) {
  owner.declare_with("q", arguments({{"x-message-ttl", 10}, {"x-dead-letter-exchange", ""}}));
  client.publish("", "q", "a");
  pass(10ms);
  EXPECT_EQ(client.counts("q").first, 0);
  EXPECT_EQ(world.broker(0).counters().dead_lettered.value(), 1U);
}

TEST_P(BrokerDeadLetters, CircleOfRejectionsGoesOnAndIsCounted) {
  owner.declare_with("q", arguments({{"x-dead-letter-exchange", ""}}));
  client.consume("q");
  client.publish("", "q", "a");
  for (std::size_t round = 1; round <= 3; ++round) {
    ASSERT_EQ(client.deliveries.size(), round);
    client.settle(port::Settlement::discard, {client.deliveries.back()});
  }
  const wire::FieldTable headers = headers_of(client.deliveries.back());
  const wire::FieldArray& deaths = *headers.find("x-death")->array();
  ASSERT_EQ(deaths.size(), 1U);
  EXPECT_EQ(*deaths[0].table()->find("count")->integer(), 3);
}

TEST_P(BrokerDeadLetters, GoOnToTheCopiesOfTheSender) {
  owner.declare_with("q", arguments({{"x-message-ttl", 10}, {"x-dead-letter-exchange", "keys"}}));
  client.declare_exchange("keys", "direct");
  client.declare_queue("copy");
  client.bind("copy", "keys", "copied");
  wire::Properties properties;
  properties.headers.emplace();
  properties.headers->set("CC", wire::FieldValue::array({wire::FieldValue::long_string("copied")}));
  client.publish_with("", "q", "a", properties);
  pass(10ms);
  EXPECT_EQ(client.got("copy"), "a");
}

/// Says in which order records come and go.
class SpyLog final : public store::MessageLog {
 public:
  void listen(store::LogListener&) override {}
  store::LogPlace append(const store::LogEntry& entry, const port::MessagePtr&) override {
    said.push_back("append " + std::to_string(entry.queue.value()));
    return {.segment = 1};
  }
  void settle(store::QueueKey queue, port::QueuePosition, store::LogPlace place) override {
    said.push_back("settle " + std::to_string(queue.value()));
    settled_in = place.segment;
  }
  void forget(store::QueueKey queue) override {
    said.push_back("forget " + std::to_string(queue.value()));
  }
  void given_out(store::QueueKey, port::QueuePosition) override {}
  void flush() override {}
  [[nodiscard]] store::LogPoint appended() const override { return {}; }
  [[nodiscard]] store::LogPoint synced() const override { return {}; }
  [[nodiscard]] store::LogState state() const override { return store::LogState::ready; }
  void read(std::span<const store::LogPlace>, ReadDone) override {}

  Bodies said;
  std::uint64_t settled_in = 0;  // the segment of the last record
};

/// One shard whose log is a spy, and a durable queue with key 9 that keeps nothing; its dead
/// letters go to the durable queue with key 8.
class DeadLettersInTheLog : public testing::Test {
 protected:
  DeadLettersInTheLog() {
    house.shards.push_back(&broker);
    add("dead", 8, {});
    dying = add("q", 9,
                arguments({{"x-max-length", 0},
                           {"x-dead-letter-exchange", ""},
                           {"x-dead-letter-routing-key", "dead"}}));
  }
  HomeQueue* add(const char* name, std::uint64_t serial, wire::FieldTable table) {
    QueueTraits traits;
    traits.id = make_queue_id(core::ShardId{0}, serial);
    traits.key = store::QueueKey{serial};
    traits.name = name;
    traits.durable = true;
    traits.arguments = std::move(table);
    broker.apply({kDefaultVhost, AddQueue{traits}});
    return broker.topology().queue(traits.id)->at_home;
  }
  void enqueue() {
    const auto message = port::make_message(
        {.properties = FakeClient::no_properties(), .traits = {.persistent = true}});
    EXPECT_TRUE(broker.queue_desk().enqueue(*dying, message));
  }

  core::ManualClock clock;
  BrokerSettings settings;
  BrokerHouse house;
  sim::PostOffice office{1, 1};
  SpyLog log;
  BrokerShard broker{office.post(core::ShardId{0}), clock, house, settings, log};
  HomeQueue* dying = nullptr;
};

TEST_F(DeadLettersInTheLog, OldRecordGoesAfterTheNewOneCame) {
  enqueue();
  office.run();
  EXPECT_EQ(log.said, (Bodies{"append 9", "append 8", "settle 9"}));
  EXPECT_EQ(log.settled_in, 1U);
}

TEST_F(DeadLettersInTheLog, OldRecordThatIsMovedMeanwhileIsSettledWhereItLies) {
  enqueue();
  broker.queue_desk().moved(store::QueueKey{9}, port::QueuePosition{1}, {.segment = 5});
  office.run();
  EXPECT_EQ(log.settled_in, 5U);
}

TEST_F(DeadLettersInTheLog, RecordOfAQueueThatIsDeletedMeanwhileIsForgottenWithIt) {
  enqueue();
  broker.queue_desk().remove(dying->traits.id, false, false, Origin{});
  office.run();
  EXPECT_EQ(log.said, (Bodies{"append 9", "forget 9", "append 8"}));
}

}  // namespace
}  // namespace amqp::broker
