#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "amqp/broker/queue_desk.h"
#include "core/stage/stage.h"
#include "tests/unit/amqp/broker/fake_client.h"

namespace amqp::broker {
namespace {

using testing::ElementsAre;
using Bodies = std::vector<std::string>;

/// On one shard everything is done within the call: these tests deliver no letter by hand.
class BrokerOneShard : public testing::Test {
 protected:
  sim::BrokerWorld world{1};
  FakeClient client{world, 0};
  FakeClient other{world, 0};

  void TearDown() override { world.check_invariants(); }
};

TEST_F(BrokerOneShard, AnswersTopologyRequestsWithinTheCall) {
  client.start(port::DeclareQueue{.name = "q", .arguments = {}});
  EXPECT_EQ(client.answers.size(), 1U);
  client.start(port::BindQueue{"q", "amq.direct", "k", {}});
  EXPECT_EQ(client.answers.size(), 2U);
  EXPECT_EQ(client.send("amq.direct", "k", "m"), "queued");
}

TEST_F(BrokerOneShard, DefaultExchangeGoesByTheQueuesName) {
  client.declare_queue("q");
  client.consume("q");
  EXPECT_EQ(client.publish("", "q", "hello"), "queued");
  EXPECT_EQ(client.publish("", "nobody", "hello"), "unroutable");
  EXPECT_EQ(client.bodies(), Bodies{"hello"});
}

TEST_F(BrokerOneShard, DeliversTheMessageAsItWasPublished) {
  client.declare_queue("q");
  client.bind("q", "amq.topic", "a.*");
  client.consume("q");
  wire::Properties properties;
  properties.content_type = "text/plain";
  const auto octets = FakeClient::properties_of(properties);
  client.send("amq.topic", "a.b", "body", 0, octets);
  ASSERT_EQ(client.deliveries.size(), 1U);
  const port::Message& message = *client.deliveries[0].message;
  EXPECT_EQ(message.exchange, "amq.topic");
  EXPECT_EQ(message.routing_key, "a.b");
  EXPECT_EQ(message.properties.text(), octets.text());
}

TEST_F(BrokerOneShard, RefusesInTheKnownWords) {
  client.declare_queue("q");
  client.declare_queue("mine", true);
  client.declare_exchange("x", "direct");
  client.must(
      port::DeclareExchange{.name = "inner", .type = "fanout", .internal = true, .arguments = {}});
  EXPECT_EQ(client.refusal(port::DeclareQueue{.name = "no", .passive = true, .arguments = {}}),
            "404 no queue 'no' in vhost '/'");
  EXPECT_EQ(client.refusal(
                port::DeclareExchange{.name = "no", .type = "", .passive = true, .arguments = {}}),
            "404 no exchange 'no' in vhost '/'");
  EXPECT_EQ(client.refusal(port::PurgeQueue{"no"}), "404 no queue 'no' in vhost '/'");
  EXPECT_EQ(client.refusal(port::Get{"no", false}), "404 no queue 'no' in vhost '/'");
  EXPECT_EQ(client.refusal(port::BindQueue{"q", "no", "k", {}}),
            "404 no exchange 'no' in vhost '/'");
  EXPECT_EQ(client.refusal(port::BindQueue{"no", "x", "k", {}}), "404 no queue 'no' in vhost '/'");
  EXPECT_EQ(client.refusal(port::BindQueue{"q", "", "k", {}}),
            "403 operation not permitted on the default exchange");
  EXPECT_EQ(client.refusal(port::DeleteExchange{""}),
            "403 operation not permitted on the default exchange");
  EXPECT_EQ(client.refusal(port::DeclareQueue{.name = "amq.mine", .arguments = {}}),
            "403 queue name 'amq.mine' contains reserved prefix 'amq.*'");
  EXPECT_EQ(
      client.refusal(port::DeclareExchange{.name = "amq.x", .type = "direct", .arguments = {}}),
      "403 exchange name 'amq.x' contains reserved prefix 'amq.*'");
  EXPECT_EQ(client.refusal(port::DeclareExchange{.name = "y", .type = "odd", .arguments = {}}),
            "406 unknown exchange type 'odd'");
  EXPECT_EQ(client.publish("no", "k", "m"), "404 no exchange 'no' in vhost '/'");
  EXPECT_EQ(client.publish("inner", "k", "m"),
            "403 cannot publish to internal exchange 'inner' in vhost '/'");
  EXPECT_EQ(other.refusal(port::Get{"mine", false}),
            "405 cannot obtain exclusive access to locked queue 'mine' in vhost '/'. It could be "
            "originally declared on another connection or the exclusive property value does not "
            "match that of the original declaration.");
  EXPECT_EQ(client.refusal(port::DeleteExchange{"vcd.replyExchange"}).substr(0, 4), "403 ");
  const auto connected = world.broker(0).connect(client, "guest", "nowhere");
  EXPECT_EQ(connected.has_value(), false);
}

TEST_F(BrokerOneShard, DeclaringAgainMustSayTheSame) {
  client.must(port::DeclareQueue{.name = "q", .durable = false, .arguments = {}});
  EXPECT_EQ(client.refusal(port::DeclareQueue{.name = "q", .durable = true, .arguments = {}}),
            "406 inequivalent arg 'durable' for queue 'q' in vhost '/': received 'true' but "
            "current is 'false'");
  EXPECT_EQ(client.refusal(port::DeclareQueue{.name = "q", .exclusive = true, .arguments = {}})
                .substr(0, 4),
            "405 ");
  client.declare_exchange("x", "direct");
  EXPECT_EQ(client.refusal(port::DeclareExchange{.name = "x", .type = "fanout", .arguments = {}}),
            "406 inequivalent arg 'type' for exchange 'x' in vhost '/': received 'fanout' but "
            "current is 'direct'");
  client.declare_exchange("x", "direct");
  client.must(port::DeclareExchange{
      .name = "vcd.replyExchange", .type = "direct", .durable = true, .arguments = {}});
}

TEST_F(BrokerOneShard, ArgumentsWithAMeaningMustBeTheSame) {
  port::DeclareQueue declare{.name = "q", .arguments = {}};
  declare.arguments.set("x-message-ttl", wire::FieldValue::int32(2000));
  declare.arguments.set("x-whatever", wire::FieldValue::int32(1));
  client.must(declare);
  declare.arguments.set("x-message-ttl", wire::FieldValue::int64(2000));
  declare.arguments.set("x-whatever", wire::FieldValue::int32(2));
  declare.arguments.set("x-queue-type", wire::FieldValue::long_string("classic"));
  client.must(declare);
  declare.arguments.set("x-message-ttl", wire::FieldValue::int64(5000));
  EXPECT_EQ(client.refusal(declare),
            "406 inequivalent arg 'x-message-ttl' for queue 'q' in vhost '/': received the value "
            "'5000' of type 'long' but current is the value '2000' of type 'signedint'");
  EXPECT_EQ(client.refusal(port::DeclareQueue{.name = "q", .arguments = {}}),
            "406 inequivalent arg 'x-message-ttl' for queue 'q' in vhost '/': received none but "
            "current is the value '2000' of type 'signedint'");
}

TEST_F(BrokerOneShard, DeletingAndUnbindingAreIdempotent) {
  client.declare_queue("q");
  client.must(port::UnbindQueue{"q", "amq.direct", "never", {}});
  client.must(port::UnbindQueue{"no", "nothing", "never", {}});
  client.must(port::DeleteExchange{"no"});
  const port::Answer answer = client.ask(port::DeleteQueue{"no"});
  ASSERT_TRUE(std::holds_alternative<port::MessageCount>(answer));
  EXPECT_EQ(std::get<port::MessageCount>(answer).messages, 0U);
}

TEST_F(BrokerOneShard, MakesUpNamesThatDiffer) {
  const std::string first = client.declare_queue("");
  const std::string second = client.declare_queue("");
  EXPECT_TRUE(first.starts_with("amq.gen-"));
  EXPECT_NE(first, second);
  EXPECT_EQ(client.counts(first), std::pair(0, 0));
}

TEST_F(BrokerOneShard, DeletesAQueueOnlyUnderItsConditions) {
  client.declare_queue("q");
  client.publish("", "q", "m");
  EXPECT_EQ(client.refusal(port::DeleteQueue{"q", false, true}),
            "406 queue 'q' in vhost '/' not empty");
  client.consume("q");
  EXPECT_EQ(client.refusal(port::DeleteQueue{"q", true, false}),
            "406 queue 'q' in vhost '/' in use");
  client.publish("", "q", "unseen");
  const port::Answer answer = other.ask(port::DeleteQueue{"q"});
  ASSERT_TRUE(std::holds_alternative<port::MessageCount>(answer));
  EXPECT_EQ(client.cancelled.size(), 1U);
  EXPECT_EQ(client.counts("q"), std::pair(-1, -1));
  EXPECT_EQ(world.log(0).messages(), 0U);
}

TEST_F(BrokerOneShard, DeletesAnExchangeInUseOnlyWhenToldTo) {
  client.declare_exchange("x", "direct");
  client.declare_queue("q");
  client.bind("q", "x", "k");
  EXPECT_EQ(client.refusal(port::DeleteExchange{"x", true}),
            "406 exchange 'x' in vhost '/' in use");
  client.must(port::DeleteExchange{"x", false});
  EXPECT_EQ(client.publish("x", "k", "m"), "404 no exchange 'x' in vhost '/'");
}

TEST_F(BrokerOneShard, PurgeCountsWhatItTookAway) {
  client.declare_queue("q");
  for (int i = 0; i < 3; ++i) client.publish("", "q", "m");
  const port::Answer answer = client.ask(port::PurgeQueue{"q"});
  EXPECT_EQ(std::get<port::MessageCount>(answer).messages, 3U);
  EXPECT_EQ(client.counts("q"), std::pair(0, 0));
}

TEST_F(BrokerOneShard, GetTakesOneAndTellsHowManyAreLeft) {
  client.declare_queue("q");
  EXPECT_TRUE(std::holds_alternative<port::GotNothing>(client.ask(port::Get{"q", true})));
  client.publish("", "q", "1");
  client.publish("", "q", "2");
  const port::Answer answer = client.ask(port::Get{"q", false});
  const auto& got = std::get<port::Got>(answer);
  EXPECT_EQ(got.messages_left, 1U);
  EXPECT_EQ(got.delivery.message->body.text(), "1");
  client.settle(port::Settlement::acknowledge, {got.delivery});
  EXPECT_EQ(client.counts("q"), std::pair(1, 0));
}

TEST_F(BrokerOneShard, AcknowledgedMessagesAreGoneAndRequeuedOnesComeAgain) {
  client.declare_queue("q");
  client.consume("q", 2);
  for (const char* body : {"a", "b", "c"}) client.publish("", "q", body);
  EXPECT_EQ(client.bodies(), (Bodies{"a", "b"}));
  client.settle(port::Settlement::requeue, {client.deliveries[0]});
  client.settle(port::Settlement::acknowledge, {client.deliveries[1]});
  EXPECT_EQ(client.bodies(), (Bodies{"a", "b", "!a", "c"}));
  client.settle(port::Settlement::discard, {client.deliveries[2], client.deliveries[3]});
  EXPECT_EQ(client.deliveries.size(), 4U);
  EXPECT_EQ(world.log(0).messages(), 0U);
  EXPECT_EQ(world.broker(0).counters().acknowledged.value(), 1U);
  EXPECT_EQ(world.broker(0).counters().discarded.value(), 2U);
  EXPECT_EQ(world.broker(0).counters().requeued.value(), 1U);
}

TEST_F(BrokerOneShard, TurnedDownDeliveryWaitsForTheConsumerToResume) {
  client.declare_queue("q");
  client.take_max = 1;
  const auto consumer = client.consume("q");
  for (const char* body : {"a", "b", "c"}) client.publish("", "q", body);
  EXPECT_EQ(client.bodies(), Bodies{"a"});
  client.take_max = SIZE_MAX;
  client.publish("", "q", "d");
  EXPECT_EQ(client.bodies(), Bodies{"a"}) << "not before it resumes";
  client.resume(consumer);
  EXPECT_EQ(client.bodies(), (Bodies{"a", "b", "c", "d"}));
}

TEST_F(BrokerOneShard, ResumingAConsumerThatIsNotBlockedChangesNothing) {
  client.declare_queue("q");
  const auto consumer = client.consume("q");
  client.resume(consumer);
  client.publish("", "q", "a");
  EXPECT_EQ(client.bodies(), Bodies{"a"});
}

TEST_F(BrokerOneShard, ExclusiveConsumerKeepsOthersOut) {
  client.declare_queue("q");
  const auto consumer = client.consume("q");
  const auto second = world.broker(0).new_consumer(port::ConnectionId{2}, FakeClient::kChannel);
  EXPECT_EQ(other.refusal(port::Consume{
                .queue = "q", .consumer = second, .tag = "", .exclusive = true, .arguments = {}}),
            "403 queue 'q' in vhost '/' in exclusive use");
  client.must(port::Cancel{consumer});
  const auto third = world.broker(0).new_consumer(port::ConnectionId{2}, FakeClient::kChannel);
  other.must(port::Consume{
      .queue = "q", .consumer = third, .tag = "", .exclusive = true, .arguments = {}});
}

TEST_F(BrokerOneShard, CancelledConsumerGetsNoMoreAndKeepsWhatItHas) {
  client.declare_queue("q");
  const auto consumer = client.consume("q");
  client.publish("", "q", "a");
  client.must(port::Cancel{consumer});
  client.publish("", "q", "b");
  EXPECT_EQ(client.bodies(), Bodies{"a"});
  client.settle(port::Settlement::requeue, client.deliveries);
  EXPECT_EQ(client.counts("q"), std::pair(2, 0));
}

TEST_F(BrokerOneShard, ExclusiveQueueGoesWithItsConnection) {
  other.declare_queue("mine", true);
  other.publish("", "mine", "m");
  other.leave();
  EXPECT_EQ(client.counts("mine"), std::pair(-1, -1));
  EXPECT_EQ(world.log(0).messages(), 0U);
}

TEST_F(BrokerOneShard, AutoDeleteQueueGoesWithItsLastConsumer) {
  client.declare_queue("q", false, true);
  const auto consumer = client.consume("q");
  other.consume("q");
  client.must(port::Cancel{consumer});
  EXPECT_EQ(client.counts("q"), std::pair(0, 1));
  other.leave();
  EXPECT_EQ(client.counts("q"), std::pair(-1, -1));
}

TEST_F(BrokerOneShard, ClosedChannelsConsumersAreGone) {
  client.declare_queue("q");
  client.consume("q");
  client.close_channel();
  client.publish("", "q", "a");
  EXPECT_EQ(client.bodies(), Bodies{});
  EXPECT_EQ(client.counts("q"), std::pair(1, 0));
}

TEST_F(BrokerOneShard, ConfirmsWhatIsQueuedWithinTheCall) {
  client.declare_queue("q");
  client.send("", "q", "m", 1);
  EXPECT_THAT(client.confirms, ElementsAre(1));
  EXPECT_EQ(client.send("", "nobody", "m", 2), "unroutable");
  EXPECT_THAT(client.confirms, ElementsAre(1)) << "that one the session confirms itself";
}

TEST_F(BrokerOneShard, MarksTheStagesOfAMessage) {
  core::StageRecord record;
  record.open(1, world.now());
  client.declare_queue("q");
  client.send("", "q", "m", 0, FakeClient::no_properties(), core::StageMark{record});
  EXPECT_TRUE(record.at(core::Stage::published));
  EXPECT_TRUE(record.at(core::Stage::unattended));
  EXPECT_FALSE(record.at(core::Stage::delivered));
  world.clock().advance(std::chrono::seconds{1});
  client.consume("q");
  EXPECT_EQ(record.at(core::Stage::delivered), world.now());
  EXPECT_FALSE(record.at(core::Stage::acked));
  client.settle(port::Settlement::acknowledge, client.deliveries);
  EXPECT_TRUE(record.at(core::Stage::acked));
}

TEST_F(BrokerOneShard, MarksANoAckDeliveryAsAcked) {
  core::StageRecord record;
  record.open(1, world.now());
  client.declare_queue("q");
  client.consume("q", 0, true);
  client.send("", "q", "m", 0, FakeClient::no_properties(), core::StageMark{record});
  EXPECT_TRUE(record.at(core::Stage::acked));
  EXPECT_FALSE(record.at(core::Stage::unattended));
}

TEST_F(BrokerOneShard, HandsOutNoMoreThanABatchAtAStretch) {
  client.declare_queue("q");
  for (int i = 0; i < 3 * kDeliverBatch; ++i) client.send("", "q", "m");
  client.start_consuming("q");
  EXPECT_EQ(client.deliveries.size(), static_cast<std::size_t>(kDeliverBatch));
  world.office().run();
  EXPECT_EQ(client.deliveries.size(), static_cast<std::size_t>(3 * kDeliverBatch));
}

TEST_F(BrokerOneShard, CountsWhatItDid) {
  client.declare_queue("q");
  client.consume("q");
  client.publish("", "q", "m");
  client.publish("", "nobody", "m");
  client.publish("no", "q", "m");
  const Counters& counters = world.broker(0).counters();
  EXPECT_EQ(counters.published.value(), 3U);
  EXPECT_EQ(counters.routed.value(), 1U);
  EXPECT_EQ(counters.unroutable.value(), 1U);
  EXPECT_EQ(counters.refused.value(), 1U);
  EXPECT_EQ(counters.delivered.value(), 1U);
}

TEST_F(BrokerOneShard, ShowsItsTables) {
  client.declare_queue("q");
  client.bind("q", "amq.direct", "k");
  client.consume("q", 5);
  client.publish("", "q", "m");
  const auto queues = world.broker(0).queues();
  ASSERT_EQ(queues.size(), 1U);
  EXPECT_EQ(queues[0].name, "q");
  EXPECT_EQ(queues[0].unacknowledged, 1U);
  EXPECT_EQ(queues[0].consumers, 1U);
  const auto consumers = world.broker(0).consumers();
  ASSERT_EQ(consumers.size(), 1U);
  EXPECT_EQ(consumers[0].prefetch, 5U);
  const auto bindings = world.broker(0).bindings();
  ASSERT_EQ(bindings.size(), 2U);
  EXPECT_EQ(bindings[0].source, "amq.direct");
  EXPECT_EQ(bindings[1].source, "vcd.replyExchange");
  EXPECT_EQ(world.broker(0).exchanges().size(), 7U);
}

/// A client that deletes the queue in the middle of a delivery from it.
class Saboteur final : public port::Client {
 public:
  explicit Saboteur(sim::BrokerWorld& world) : world_(world) {
    id = *world.broker(0).connect(*this, "guest", "/");
  }
  void answered(port::ChannelId, port::Answer) override {}
  bool deliver(port::ChannelId channel, const port::Delivery&) override {
    ++delivered;
    world_.broker(0).request(id, channel, port::DeleteQueue{"q"}, world_.now());
    return true;
  }
  void consumer_cancelled(port::ChannelId, port::ConsumerId) override { ++cancelled; }
  void confirmed(port::ChannelId, std::uint64_t, bool) override {}

  port::ConnectionId id;
  int delivered = 0;
  int cancelled = 0;

 private:
  sim::BrokerWorld& world_;
};

TEST_F(BrokerOneShard, QueueMayBeDeletedInTheMiddleOfADelivery) {
  Saboteur saboteur{world};
  client.declare_queue("q");
  for (int i = 0; i < 3; ++i) client.publish("", "q", "m");
  const auto consumer = world.broker(0).new_consumer(saboteur.id, FakeClient::kChannel);
  world.broker(0).request(
      saboteur.id, FakeClient::kChannel,
      port::Consume{.queue = "q", .consumer = consumer, .tag = "", .arguments = {}}, world.now());
  EXPECT_EQ(saboteur.delivered, 1);
  EXPECT_EQ(saboteur.cancelled, 1);
  EXPECT_EQ(client.counts("q"), std::pair(-1, -1));
  world.broker(0).disconnect(saboteur.id);
}

}  // namespace
}  // namespace amqp::broker
