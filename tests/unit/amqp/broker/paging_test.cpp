// Queues that are larger than memory: their messages are in the log until somebody wants them.

#include <gtest/gtest.h>

#include "amqp/broker/flow_desk.h"
#include "tests/unit/amqp/broker/fake_client.h"
#include "tests/unit/amqp/broker/queue_fixture.h"

namespace amqp::broker {
namespace {

using Paged = QueueTest;

store::LogPlace place_of(std::uint32_t number) { return {1, number * 1024, 1024}; }

TEST_F(Paged, MessagesCountAsReadyAndAreNotGivenOut) {
  consumer(1);
  fill(2);
  queue().page_out(Queue::Position{1}, place_of(1));
  EXPECT_EQ(queue().ready_count(), 2U);
  EXPECT_EQ(queue().held().paged, 1U);
  EXPECT_TRUE(queue().is_wanted());
  EXPECT_FALSE(queue().can_deliver());
  EXPECT_EQ(bodies(deliver_all()), "") << "the second must not overtake the first";
  queue().paged_in(Queue::Position{1}, message("0"));
  EXPECT_EQ(queue().held().paged, 0U);
  EXPECT_EQ(bodies(deliver_all()), "0 1 ");
}

TEST_F(Paged, MessagesAreReadInOrderUpToTheFirstThatIsInMemory) {
  fill(6);
  for (const std::uint32_t i : {2U, 3U, 4U, 6U}) {
    queue().page_out(Queue::Position{i}, place_of(i));
  }
  EXPECT_TRUE(queue().read_ahead(SIZE_MAX).positions.empty()) << "the first is in memory";
  static_cast<void>(queue().drop_next());
  const Queue::Wanted wanted = queue().read_ahead(SIZE_MAX);
  EXPECT_EQ(wanted.positions,
            (std::vector{Queue::Position{2}, Queue::Position{3}, Queue::Position{4}}));
  EXPECT_EQ(wanted.places[2], place_of(4));
  EXPECT_EQ(queue().read_ahead(1500).positions.size(), 2U);
}

TEST_F(Paged, MessageThatTheLogHasLostLeavesWhenItsTurnComes) {
  consumer(1);
  fill(2);
  queue().page_out(Queue::Position{1}, place_of(1));
  queue().paged_in(Queue::Position{1}, nullptr);
  EXPECT_FALSE(queue().next_is_paged());
  const auto lost = queue().take_unreadable();
  ASSERT_TRUE(lost);
  EXPECT_EQ(lost->place, place_of(1));
  EXPECT_EQ(bodies(deliver_all()), "1 ");
}

TEST_F(Paged, MessageThatWasPurgedMeanwhileIsNotPutIn) {
  fill(1);
  queue().page_out(Queue::Position{1}, place_of(1));
  EXPECT_EQ(purge(), 1U);
  queue().paged_in(Queue::Position{1}, message("0"));
  EXPECT_EQ(queue().ready_count(), 0U);
}

TEST_F(Paged, MessageIsRestoredWithoutItsBody) {
  queue().restore({.position = Queue::Position{5},
                   .message = nullptr,
                   .place = place_of(5),
                   .properties_octets = 2,
                   .body_octets = 100});
  EXPECT_EQ(queue().held().ready_octets, 102U);
  EXPECT_EQ(queue().held().paged_octets, 102U);
  EXPECT_TRUE(queue().next_is_paged());
}

constexpr std::size_t kBudget = 50'000;
constexpr std::size_t kMany = 500;  // messages of 1 KiB: ten times the budget

class Paging : public testing::TestWithParam<std::uint16_t> {
 protected:
  static sim::Keeping small() {
    sim::Keeping keeping;
    keeping.limits.page_out_octets = kBudget;
    return keeping;
  }
  static std::string body(std::size_t number) {
    std::string text = std::to_string(number);
    return text + std::string(1024 - text.size(), '.');
  }
  void publish(std::size_t count, std::size_t from = 0) {
    for (std::size_t i = 0; i < count; ++i) publisher.publish("", "q", body(from + i));
  }
  /// Letters arrive and the logs answer until nothing changes any more.
  void settle_down() {
    for (int i = 0; i < 4; ++i) {
      world.office().run();
      for (unsigned shard = 0; shard < GetParam(); ++shard) world.log(shard).flush();
    }
    world.office().run();
  }
  Holdings held() {
    Holdings all;
    for (unsigned shard = 0; shard < GetParam(); ++shard) {
      const Holdings& here = world.broker(shard).held();
      all.ready += here.ready;
      all.ready_octets += here.ready_octets;
      all.paged += here.paged;
      all.paged_octets += here.paged_octets;
    }
    return all;
  }
  [[nodiscard]] std::uint64_t records() {
    std::uint64_t all = 0;
    for (unsigned shard = 0; shard < GetParam(); ++shard) all += world.log(shard).messages();
    return all;
  }
  /// Takes and acknowledges all there is; the numbers in the bodies, each once.
  std::vector<std::size_t> drain(FakeClient& client) {
    std::vector<std::size_t> numbers;
    while (true) {
      settle_down();
      if (client.deliveries.empty()) return numbers;
      const std::vector<port::Delivery> some = std::move(client.deliveries);
      client.deliveries.clear();
      for (const port::Delivery& delivery : some) {
        numbers.push_back(std::stoul(std::string{delivery.message->body.text()}));
      }
      client.settle(port::Settlement::acknowledge, some);
    }
  }
  static std::vector<std::size_t> counted(std::size_t from, std::size_t to) {
    std::vector<std::size_t> numbers;
    for (std::size_t i = from; i < to; ++i) numbers.push_back(i);
    return numbers;
  }
  void TearDown() override { world.check_invariants(); }

  sim::BrokerWorld world{GetParam(), 1, small()};
  FakeClient publisher{world, 0};
  FakeClient consumer{world, GetParam() - 1U};
};
INSTANTIATE_TEST_SUITE_P(, Paging, testing::Values(1, 2),
                         [](const auto& made) { return std::to_string(made.param) + "Shards"; });

TEST_P(Paging, KeepsMemoryAtItsBudget) {
  consumer.declare_queue("q");
  publish(kMany);
  EXPECT_EQ(held().ready, kMany);
  EXPECT_EQ(held().paged, records());
  EXPECT_LE(FlowDesk::octets_of(held()), kBudget + 2048 + kMany * sizeof(Slot));
}

TEST_P(Paging, DrainsAQueueOfTenTimesTheBudgetInOrder) {
  consumer.declare_queue("q");
  publish(kMany);
  consumer.consume("q", 10);
  EXPECT_EQ(drain(consumer), counted(0, kMany));
  EXPECT_EQ(records(), 0U) << "every record was settled";
  EXPECT_EQ(held().ready, 0U);
}

TEST_P(Paging, GivesAlsoWithoutAcknowledgements) {
  consumer.declare_queue("q");
  publish(kMany);
  consumer.consume("q", 0, true);
  std::vector<std::size_t> numbers;
  for (std::size_t rounds = 0; numbers.size() < kMany && rounds < kMany; ++rounds) {
    settle_down();
    for (const port::Delivery& delivery : consumer.deliveries) {
      numbers.push_back(std::stoul(std::string{delivery.message->body.text()}));
    }
    consumer.deliveries.clear();
  }
  EXPECT_EQ(numbers, counted(0, kMany));
  EXPECT_EQ(records(), 0U);
}

TEST_P(Paging, KeepsTheOrderOfWhatComesWhileItDrains) {
  consumer.declare_queue("q");
  publish(kMany / 2);
  consumer.consume("q", 3);
  settle_down();
  publish(kMany / 2, kMany / 2);
  EXPECT_EQ(drain(consumer), counted(0, kMany));
}

TEST_P(Paging, AnswersAGetWhenTheMessageHasBeenRead) {
  consumer.declare_queue("q");
  publish(200);
  for (std::size_t i = 0; i < 200; ++i) {
    consumer.start(port::Get{.queue = "q", .no_ack = true});
    settle_down();
    ASSERT_EQ(consumer.answers.size(), 1U) << i;
    const auto* got = std::get_if<port::Got>(&consumer.answers[0]);
    ASSERT_NE(got, nullptr) << i;
    EXPECT_EQ(got->delivery.message->body.text(), body(i));
    consumer.answers.clear();
  }
  EXPECT_EQ(records(), 0U);
}

TEST_P(Paging, AnswersAGetWhoseQueueIsDeletedMeanwhile) {
  consumer.declare_queue("q");
  publish(100);
  for (int i = 0; i < 60; ++i) {
    consumer.start(port::Get{.queue = "q", .no_ack = true});
    world.office().run();
    if (consumer.answers.empty()) break;  // that one is being read
    consumer.answers.clear();
  }
  ASSERT_TRUE(consumer.answers.empty());
  publisher.must(port::DeleteQueue{.name = "q"});
  settle_down();
  ASSERT_EQ(consumer.answers.size(), 1U);
  EXPECT_TRUE(std::holds_alternative<port::Refusal>(consumer.answers[0]));
  consumer.answers.clear();
}

TEST_P(Paging, PurgesWithoutReading) {
  consumer.declare_queue("q");
  publish(kMany);
  publisher.must(port::PurgeQueue{.name = "q"});
  EXPECT_EQ(held().ready, 0U);
  EXPECT_EQ(records(), 0U);
}

TEST_P(Paging, ForgetsWhatADeletedQueueHad) {
  consumer.declare_queue("q");
  publish(kMany);
  publisher.must(port::DeleteQueue{.name = "q"});
  EXPECT_EQ(records(), 0U);
  EXPECT_EQ(held().paged, 0U);
}

TEST_P(Paging, ExpiresWithoutReading) {
  consumer.declare_with("q", arguments({{"x-message-ttl", 1000}}));
  publish(kMany);
  world.clock().advance(std::chrono::seconds{2});
  world.expire();
  settle_down();
  EXPECT_EQ(held().ready, 0U);
  EXPECT_EQ(records(), 0U);
}

TEST_P(Paging, ReadsWhatExpiresToADeadLetterExchange) {
  consumer.declare_queue("dead");
  consumer.declare_with("q", arguments({{"x-message-ttl", 1000},
                                        {"x-dead-letter-exchange", ""},
                                        {"x-dead-letter-routing-key", "dead"}}));
  publish(200);
  world.clock().advance(std::chrono::seconds{2});
  for (int i = 0; i < 50; ++i) {
    world.expire();
    settle_down();
  }
  consumer.consume("dead", 10);
  EXPECT_EQ(drain(consumer), counted(0, 200));
}

TEST_P(Paging, RequeuesToTheOldPlace) {
  consumer.declare_queue("q");
  publish(200);
  consumer.consume("q", 50);
  settle_down();
  std::vector<port::Delivery> some = std::move(consumer.deliveries);
  consumer.deliveries.clear();
  ASSERT_EQ(some.size(), 50U);
  consumer.settle(port::Settlement::requeue, some);
  EXPECT_EQ(drain(consumer), counted(0, 200));
}

}  // namespace
}  // namespace amqp::broker
