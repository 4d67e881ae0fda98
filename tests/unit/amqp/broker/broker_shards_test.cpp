#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "amqp/broker/client_desk.h"
#include "amqp/broker/queue_desk.h"
#include "tests/unit/amqp/broker/fake_client.h"

namespace amqp::broker {
namespace {

using testing::ElementsAre;
using Bodies = std::vector<std::string>;

/// The same stories wherever publisher, queue and consumer happen to be.
class BrokerShards : public testing::TestWithParam<std::uint16_t> {
 protected:
  sim::BrokerWorld world{GetParam(), 42};
  unsigned last = GetParam() - 1U;
  FakeClient declarer{world, GetParam() > 2 ? 1U : 0U};
  FakeClient publisher{world, 0};
  FakeClient consumer{world, last};

  void TearDown() override { world.check_invariants(); }
  core::ShardId shard(unsigned number) { return core::ShardId{static_cast<std::uint16_t>(number)}; }
};

INSTANTIATE_TEST_SUITE_P(, BrokerShards, testing::Values(2, 4),
                         [](const auto& made) { return std::to_string(made.param) + "Shards"; });

TEST_P(BrokerShards, MessageFindsItsWayAcrossShards) {
  declarer.declare_queue("q");
  declarer.bind("q", "amq.direct", "k");
  consumer.consume("q");
  EXPECT_EQ(publisher.publish("amq.direct", "k", "hello"), "queued");
  EXPECT_EQ(consumer.bodies(), Bodies{"hello"});
  consumer.settle(port::Settlement::acknowledge, consumer.deliveries);
  for (unsigned i = 0; i <= last; ++i) EXPECT_EQ(world.log(i).messages(), 0U);
}

TEST_P(BrokerShards, AnsweredBindingIsSeenByEveryShard) {
  declarer.declare_queue("q");
  declarer.start(port::BindQueue{"q", "amq.direct", "k", {}});
  while (declarer.answers.empty()) ASSERT_TRUE(world.office().deliver_one());
  for (unsigned i = 0; i <= last; ++i) {
    FakeClient anyone{world, i};
    EXPECT_EQ(anyone.send("amq.direct", "k", "m"), "queued") << "on shard " << i;
  }
}

TEST_P(BrokerShards, DeletedQueueIsGoneFromEveryShardOnceThatIsAnswered) {
  declarer.declare_queue("q");
  consumer.start(port::DeleteQueue{"q"});
  while (consumer.answers.empty()) ASSERT_TRUE(world.office().deliver_one());
  for (unsigned i = 0; i <= last; ++i) {
    FakeClient anyone{world, i};
    EXPECT_EQ(anyone.send("", "q", "m"), "unroutable") << "on shard " << i;
  }
}

TEST_P(BrokerShards, QueueLivesWhereItWasDeclared) {
  consumer.declare_queue("q");
  EXPECT_EQ(world.broker(last).queues().size(), 1U);
  EXPECT_EQ(world.broker(0).queues().size(), 0U);
}

TEST_P(BrokerShards, EveryPublisherKeepsItsOrder) {
  declarer.declare_queue("q");
  consumer.consume("q");
  for (int i = 0; i < 100; ++i) {
    publisher.send("", "q", "p" + std::to_string(i));
    declarer.send("", "q", "d" + std::to_string(i));
    world.office().deliver_one();
  }
  world.office().run();
  Bodies from_publisher;
  Bodies from_declarer;
  for (const std::string& body : consumer.bodies()) {
    (body[0] == 'p' ? from_publisher : from_declarer).push_back(body.substr(1));
  }
  Bodies expected;
  for (int i = 0; i < 100; ++i) expected.push_back(std::to_string(i));
  EXPECT_EQ(from_publisher, expected);
  EXPECT_EQ(from_declarer, expected);
}

TEST_P(BrokerShards, ConfirmsOnceEveryQueueHasTheMessage) {
  declarer.declare_queue("a");
  consumer.declare_queue("b");
  declarer.bind("a", "amq.fanout", "");
  declarer.bind("b", "amq.fanout", "");
  publisher.send("amq.fanout", "", "m", 7);
  EXPECT_THAT(publisher.confirms, ElementsAre()) << "one queue at least is elsewhere";
  world.office().run();
  EXPECT_THAT(publisher.confirms, ElementsAre(7));
  EXPECT_EQ(consumer.counts("a"), std::pair(1, 0));
  EXPECT_EQ(consumer.counts("b"), std::pair(1, 0));
}

TEST_P(BrokerShards, ConfirmsAMessageForAQueueThatHasJustGone) {
  consumer.declare_queue("q");
  publisher.send("", "q", "m", 1);
  consumer.start(port::DeleteQueue{"q"});
  world.office().run();
  EXPECT_THAT(publisher.confirms, ElementsAre(1));
}

TEST_P(BrokerShards, NobodyIsToldWhenThePublisherHasLeft) {
  consumer.declare_queue("q");
  publisher.send("", "q", "m", 1);
  publisher.leave();
  world.office().run();
  EXPECT_TRUE(publisher.confirms.empty());
  EXPECT_EQ(consumer.counts("q"), std::pair(1, 0));
}

TEST_P(BrokerShards, DeclaringAgainCountsWhatThisChannelHasPublished) {
  consumer.declare_queue("q");
  for (int i = 0; i < 3; ++i) publisher.send("", "q", "m");
  EXPECT_EQ(publisher.counts("q"), std::pair(3, 0));
  const port::Answer again = publisher.ask(port::DeclareQueue{.name = "q", .arguments = {}});
  EXPECT_EQ(std::get<port::QueueDeclared>(again).messages, 3U);
}

TEST_P(BrokerShards, DeliveriesUnderWayToAConnectionThatLeftComeBackUnmarked) {
  declarer.declare_queue("q");
  for (int i = 0; i < 5; ++i) declarer.publish("", "q", std::to_string(i));
  consumer.start_consuming("q");
  while (consumer.deliveries.empty()) ASSERT_TRUE(world.office().deliver_one());
  const std::size_t seen = consumer.deliveries.size();
  std::vector<port::Settled> unsettled;
  for (const auto& delivery : consumer.deliveries) {
    unsettled.push_back({delivery.queue, delivery.position, delivery.consumer});
  }
  world.broker(last).settle({}, port::Settlement::requeue, unsettled, world.now());
  consumer.leave();
  world.office().run();
  EXPECT_EQ(publisher.counts("q"), std::pair(5, 0));
  publisher.consume("q");
  Bodies expected;
  for (std::size_t i = 0; i < 5; ++i) expected.push_back((i < seen ? "!" : "") + std::to_string(i));
  EXPECT_EQ(publisher.bodies(), expected);
}

TEST_P(BrokerShards, TurnedDownDeliveriesKeepTheirOrderAcrossShards) {
  declarer.declare_queue("q");
  const auto id = consumer.consume("q");
  consumer.take_max = 3;
  for (int i = 0; i < 40; ++i) declarer.send("", "q", std::to_string(i));
  const auto turned_down = [&] { return world.broker(last).client_desk().blocked(id); };
  while (consumer.deliveries.size() < 40) {
    ASSERT_TRUE(world.office().deliver_one()) << "stuck at " << consumer.deliveries.size();
    if (!turned_down()) continue;
    // At once, while deliveries of before are still under way.
    consumer.take_max += 3;
    world.broker(last).resume(id, world.now());
  }
  Bodies expected;
  for (int i = 0; i < 40; ++i) expected.push_back(std::to_string(i));
  EXPECT_EQ(consumer.bodies(), expected);
}

TEST_P(BrokerShards, WindowBoundsLettersToAConsumerThatDoesNotLook) {
  declarer.declare_queue("q");
  consumer.consume("q");
  for (unsigned i = 0; i < 4 * kHandoverWindow; ++i) declarer.send("", "q", "m");
  const std::size_t under_way = world.office().under_way();
  EXPECT_LE(under_way, kHandoverWindow + 1U);
  world.office().run();
  EXPECT_EQ(consumer.deliveries.size(), 4 * kHandoverWindow);
}

TEST_P(BrokerShards, PrefetchHoldsAcrossShards) {
  declarer.declare_queue("q");
  consumer.consume("q", 2);
  for (int i = 0; i < 5; ++i) publisher.publish("", "q", std::to_string(i));
  EXPECT_EQ(consumer.bodies(), (Bodies{"0", "1"}));
  consumer.settle(port::Settlement::acknowledge, consumer.deliveries);
  EXPECT_EQ(consumer.bodies(), (Bodies{"0", "1", "2", "3"}));
}

TEST_P(BrokerShards, ConsumersOfADeletedQueueAreTold) {
  declarer.declare_queue("q");
  const auto id = consumer.consume("q");
  publisher.must(port::DeleteQueue{"q"});
  EXPECT_THAT(consumer.cancelled, ElementsAre(id));
}

TEST_P(BrokerShards, AutoDeleteQueueIsGoneWhenTheCancelIsAnswered) {
  declarer.declare_queue("q", false, true);
  const auto id = consumer.consume("q");
  consumer.start(port::Cancel{id});
  while (consumer.answers.empty()) ASSERT_TRUE(world.office().deliver_one());
  EXPECT_EQ(publisher.send("", "q", "m"), "unroutable");
  EXPECT_TRUE(consumer.cancelled.empty()) << "it asked for it itself";
}

TEST_P(BrokerShards, ExclusiveQueueOfAConnectionThatLeavesAtOnceIsNotLeftBehind) {
  consumer.start(port::DeclareQueue{.name = "mine", .exclusive = true, .arguments = {}});
  consumer.leave();
  world.office().run();
  EXPECT_EQ(publisher.counts("mine"), std::pair(-1, -1));
}

TEST_P(BrokerShards, ConnectionIsGoneOnlyWhenNoShardFindsItsExclusiveQueues) {
  consumer.declare_queue("mine", true, true);
  consumer.declare_queue("mine too", true);
  consumer.consume("mine");
  bool gone = false;
  consumer.leave([&gone] { gone = true; });
  EXPECT_FALSE(gone);
  while (!gone) ASSERT_TRUE(world.office().deliver_one());
  for (unsigned i = 0; i <= last; ++i) {
    FakeClient anyone{world, i};
    EXPECT_EQ(anyone.send("", "mine", "m"), "unroutable") << "on shard " << i;
    EXPECT_EQ(anyone.send("", "mine too", "m"), "unroutable") << "on shard " << i;
    EXPECT_EQ(anyone.declare_queue("mine", true), "mine") << "on shard " << i;
    anyone.leave();
    world.office().run();
  }
}

TEST_P(BrokerShards, ConnectionWithoutExclusiveQueuesIsGoneAtOnce) {
  consumer.declare_queue("everybodys");
  bool gone = false;
  consumer.leave([&gone] { gone = true; });
  EXPECT_TRUE(gone);
}

TEST_P(BrokerShards, ExclusiveQueueIsLockedOnEveryShard) {
  consumer.declare_queue("mine", true);
  EXPECT_EQ(publisher.refusal(port::DeleteQueue{"mine"}).substr(0, 4), "405 ");
  EXPECT_EQ(publisher.refusal(port::BindQueue{"mine", "amq.direct", "k", {}}).substr(0, 4), "405 ");
  EXPECT_EQ(publisher.publish("", "mine", "m"), "queued") << "publishing is for all";
}

TEST_P(BrokerShards, DeclaringWhatIsBeingDeletedMakesItAnew) {
  declarer.declare_queue("q");
  declarer.publish("", "q", "old");
  publisher.start(port::DeleteQueue{"q"});
  consumer.start(port::DeclareQueue{.name = "q", .arguments = {}});
  world.office().run();
  ASSERT_EQ(consumer.answers.size(), 1U);
  ASSERT_TRUE(std::holds_alternative<port::QueueDeclared>(consumer.answers[0]));
  // Either it came first, and its queue went with the deletion; or it made a new one.
  const bool there = consumer.send("", "q", "m") == "queued";
  const std::size_t queues = world.broker(0).queues().size() + world.broker(1).queues().size() +
                             (last > 1 ? world.broker(last).queues().size() : 0);
  EXPECT_EQ(queues, there ? 1U : 0U);
}

TEST_P(BrokerShards, TwoDeclarationsAtOnceMakeOneQueue) {
  for (FakeClient* client : {&declarer, &publisher, &consumer}) {
    client->start(port::DeclareQueue{.name = "q", .arguments = {}});
  }
  world.office().run();
  std::size_t queues = 0;
  for (unsigned i = 0; i <= last; ++i) queues += world.broker(i).queues().size();
  EXPECT_EQ(queues, 1U);
  for (FakeClient* client : {&declarer, &publisher, &consumer}) {
    ASSERT_EQ(client->answers.size(), 1U);
    EXPECT_TRUE(std::holds_alternative<port::QueueDeclared>(client->answers[0]));
  }
}

TEST_P(BrokerShards, GetFetchesFromAnotherShardAndLosesNothing) {
  declarer.declare_queue("q");
  declarer.publish("", "q", "1");
  declarer.publish("", "q", "2");
  const port::Answer answer = consumer.ask(port::Get{"q", false});
  ASSERT_TRUE(std::holds_alternative<port::Got>(answer));
  EXPECT_EQ(std::get<port::Got>(answer).delivery.message->body.text(), "1");
  consumer.start(port::Get{"q", true});
  consumer.leave();
  world.office().run();
  EXPECT_EQ(publisher.counts("q"), std::pair(1, 0)) << "nobody was there to take the second";
}

TEST(BrokerEarly, LettersForAQueueThatIsYetToComeWaitForIt) {
  sim::BrokerWorld world{3};
  FakeClient home{world, 1};
  FakeClient publisher{world, 2};
  home.start(port::DeclareQueue{.name = "q", .arguments = {}});
  // Shard 2 hears of the queue before its home does, and its publisher is quick.
  const core::ShardId control{0};
  ASSERT_TRUE(world.office().deliver(core::ShardId{1}, control));
  ASSERT_TRUE(world.office().deliver(control, core::ShardId{2}));
  EXPECT_EQ(publisher.send("", "q", "early", 1), "queued");
  publisher.start(port::DeclareQueue{.name = "q", .passive = true, .arguments = {}});
  while (world.office().deliver(core::ShardId{2}, core::ShardId{1})) {
  }
  EXPECT_TRUE(publisher.confirms.empty());
  world.office().run();
  EXPECT_THAT(publisher.confirms, ElementsAre(1));
  ASSERT_EQ(publisher.answers.size(), 1U);
  EXPECT_EQ(std::get<port::QueueDeclared>(publisher.answers[0]).messages, 1U);
}

TEST(BrokerReplicas, AreAlikeAfterRandomChanges) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    sim::BrokerWorld world{4, seed};
    std::mt19937_64 random{seed};
    std::vector<std::unique_ptr<FakeClient>> clients;
    for (unsigned i = 0; i < 4; ++i) clients.push_back(std::make_unique<FakeClient>(world, i));
    const auto queue = [&] { return "q" + std::to_string(random() % 4); };
    const auto exchange = [&] { return "e" + std::to_string(random() % 3); };
    for (int step = 0; step < 300; ++step) {
      FakeClient& client = *clients[random() % clients.size()];
      switch (random() % 8) {
        case 0:
        case 1:
          client.start(port::DeclareQueue{.name = queue(), .arguments = {}});
          break;
        case 2:
          client.start(port::DeclareExchange{
              .name = exchange(), .type = "fanout", .auto_delete = true, .arguments = {}});
          break;
        case 3:
          client.start(port::DeleteQueue{queue()});
          break;
        case 4:
          client.start(port::UnbindQueue{queue(), exchange(), "k", {}});
          break;
        case 5:
          client.start(port::BindExchange{exchange(), exchange(), "", {}});
          break;
        case 6:
          client.send(exchange(), "k", "m");
          break;
        default:
          client.start(port::BindQueue{queue(), exchange(), "k", {}});
          break;
      }
      for (std::uint64_t i = random() % 6; i > 0; --i) world.office().deliver_one();
    }
    world.office().run();
    const auto bindings = [&](unsigned shard) {
      std::string all;
      for (const BindingView& view : world.broker(shard).bindings()) {
        all += view.source + ">" + view.destination + ":" + view.routing_key + "\n";
      }
      for (const ExchangeView& view : world.broker(shard).exchanges()) all += view.name + "\n";
      return all;
    };
    for (unsigned i = 1; i < 4; ++i) EXPECT_EQ(bindings(i), bindings(0));
    world.check_invariants();
  }
}

}  // namespace
}  // namespace amqp::broker
