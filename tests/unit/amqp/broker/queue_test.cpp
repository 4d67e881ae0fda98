#include "amqp/broker/queue.h"

#include <gtest/gtest.h>

namespace amqp::broker {
namespace {

port::MessagePtr message(std::string_view body) {
  return port::make_message({.body = core::octets_of(body)});
}

class QueueTest : public testing::Test {
 protected:
  void TearDown() override { queue.check_invariants(); }

  void fill(int count) {
    for (int i = 0; i < count; ++i) queue.enqueue(message(std::to_string(i)));
  }
  port::ConsumerId consumer(std::uint64_t id, std::uint16_t prefetch = 0, bool no_ack = false) {
    QueueConsumer consumer;
    consumer.id = port::ConsumerId{id};
    consumer.prefetch = prefetch;
    consumer.no_ack = no_ack;
    EXPECT_TRUE(queue.add_consumer(consumer));
    return consumer.id;
  }
  std::vector<port::Delivery> deliver_all() {
    std::vector<port::Delivery> all;
    while (auto delivery = queue.deliver()) all.push_back(delivery->message);
    return all;
  }
  static std::string bodies(const std::vector<port::Delivery>& deliveries) {
    std::string all;
    for (const auto& delivery : deliveries) {
      all += (delivery.redelivered ? "!" : "") + std::string{delivery.message->body.text()} + " ";
    }
    return all;
  }

  Queue queue{port::QueueId{7}, "q", false};
};

TEST_F(QueueTest, DeliversInPublishingOrder) {
  fill(3);
  consumer(1);
  EXPECT_EQ(bodies(deliver_all()), "0 1 2 ");
  EXPECT_EQ(queue.ready_count(), 0U);
  EXPECT_EQ(queue.unacked_count(), 3U);
}

TEST_F(QueueTest, MessagesThatNobodyWantsAnyMoreLeaveFromTheFront) {
  using std::chrono_literals::operator""s;
  constexpr core::Instant kStart{100s};
  for (const auto& [body, expires] : {std::pair{"a", kStart + 1s}, {"b", kStart + 2s}}) {
    queue.enqueue(
        port::make_message({.body = core::octets_of(std::string_view{body}), .expires = expires}));
  }
  queue.enqueue(message("c"));
  EXPECT_TRUE(queue.take_expired(kStart).empty());
  const auto expired = queue.take_expired(kStart + 1s);
  ASSERT_EQ(expired.size(), 1U);
  EXPECT_EQ(expired[0].message->body.text(), "a");

  const auto reader = consumer(1, 1);
  const auto taken = queue.deliver();  // "b" is in somebody's hands when it expires
  ASSERT_TRUE(taken);
  EXPECT_TRUE(queue.take_expired(kStart + 3s).empty());
  EXPECT_TRUE(queue.requeue(taken->message.position, reader));
  EXPECT_EQ(queue.take_expired(kStart + 3s).size(), 1U);
  EXPECT_EQ(bodies(deliver_all()), "c ");
}

TEST_F(QueueTest, DeliversNothingWithoutConsumers) {
  fill(1);
  EXPECT_FALSE(queue.deliver());
  EXPECT_EQ(queue.ready_count(), 1U);
}

TEST_F(QueueTest, TakesConsumersInTurn) {
  fill(6);
  consumer(1);
  consumer(2);
  consumer(3);
  std::string order;
  for (const auto& delivery : deliver_all()) order += std::to_string(delivery.consumer.value());
  EXPECT_EQ(order, "123123");
}

TEST_F(QueueTest, GivesAConsumerNoMoreThanItsPrefetch) {
  fill(5);
  const auto id = consumer(1, 2);
  auto given = deliver_all();
  ASSERT_EQ(given.size(), 2U);
  EXPECT_NE(queue.settle(given[0].position, id), nullptr);
  EXPECT_EQ(bodies(deliver_all()), "2 ");
}

TEST_F(QueueTest, RequeuedMessageKeepsItsPlaceInLine) {
  fill(4);
  const auto id = consumer(1, 3);
  auto given = deliver_all();
  ASSERT_EQ(given.size(), 3U);
  EXPECT_TRUE(queue.requeue(given[2].position, id));
  EXPECT_TRUE(queue.requeue(given[1].position, id));
  EXPECT_EQ(bodies(deliver_all()), "!1 !2 ");
}

TEST_F(QueueTest, TurnedDownMessageGoesBackUnmarkedAndItsConsumerWaits) {
  fill(2);
  const auto id = consumer(1);
  auto first = queue.deliver();
  ASSERT_TRUE(first);
  queue.turned_down(first->message, false);
  EXPECT_FALSE(queue.deliver());
  EXPECT_EQ(queue.ready_count(), 2U);
  queue.resume(id);
  EXPECT_EQ(bodies(deliver_all()), "0 1 ");
}

TEST_F(QueueTest, TurnedDownMessageOfANoAckConsumerComesBackToo) {
  fill(2);
  const auto id = consumer(1, 0, true);
  auto first = queue.deliver();
  ASSERT_TRUE(first && first->no_ack);
  EXPECT_EQ(queue.unacked_count(), 0U);
  queue.turned_down(first->message, true);
  queue.resume(id);
  EXPECT_EQ(bodies(deliver_all()), "0 1 ");
}

TEST_F(QueueTest, TurningDownLeavesOtherConsumersTheirTurn) {
  fill(2);
  consumer(1);
  consumer(2);
  auto first = queue.deliver();
  ASSERT_TRUE(first);
  queue.turned_down(first->message, false);
  const auto rest = deliver_all();
  EXPECT_EQ(bodies(rest), "0 1 ");
  EXPECT_EQ(rest[0].consumer, port::ConsumerId{2});
}

TEST_F(QueueTest, PutBackKeepsTheRedeliveredMarkOfBefore) {
  fill(1);
  const auto id = consumer(1);
  auto first = queue.deliver();
  queue.requeue(first->message.position, id);
  auto second = queue.deliver();
  ASSERT_TRUE(second->message.redelivered);
  queue.put_back(second->message, false);
  EXPECT_EQ(bodies(deliver_all()), "!0 ");
}

TEST_F(QueueTest, WindowBoundsWhatIsUnderWayToAnotherShard) {
  fill(5);
  QueueConsumer far;
  far.id = port::ConsumerId{1};
  far.window = 2;
  ASSERT_TRUE(queue.add_consumer(far));
  EXPECT_EQ(bodies(deliver_all()), "0 1 ");
  queue.arrived(far.id, 1);
  EXPECT_EQ(bodies(deliver_all()), "2 ");
}

TEST_F(QueueTest, SettlingTwiceIsOnce) {
  fill(1);
  const auto id = consumer(1);
  const auto delivery = queue.deliver();
  EXPECT_NE(queue.settle(delivery->message.position, id), nullptr);
  EXPECT_EQ(queue.settle(delivery->message.position, id), nullptr);
  EXPECT_FALSE(queue.requeue(delivery->message.position, id));
  EXPECT_EQ(queue.ready_count() + queue.unacked_count(), 0U);
}

TEST_F(QueueTest, MessageThatWasSettledMeanwhileIsNotPutBack) {
  fill(1);
  const auto id = consumer(1);
  const auto delivery = queue.deliver();
  EXPECT_NE(queue.settle(delivery->message.position, id), nullptr);
  queue.put_back(delivery->message, false);
  EXPECT_EQ(queue.ready_count(), 0U);
}

TEST_F(QueueTest, PurgeTakesReadyMessagesOnly) {
  fill(4);
  const auto id = consumer(1, 2);
  auto given = deliver_all();
  queue.requeue(given[0].position, id);
  queue.remove_consumer(id);
  EXPECT_EQ(queue.purge().size(), 3U);
  EXPECT_EQ(queue.ready_count(), 0U);
  EXPECT_EQ(queue.unacked_count(), 1U);
}

TEST_F(QueueTest, GetTakesTheOldestAndWaitsForItsAcknowledgement) {
  fill(2);
  const auto got = queue.get(false);
  ASSERT_TRUE(got);
  EXPECT_EQ(got->message->body.text(), "0");
  EXPECT_EQ(queue.unacked_count(), 1U);
  EXPECT_TRUE(queue.requeue(got->position, {}));
  EXPECT_TRUE(queue.get(true)->redelivered);
  EXPECT_EQ(queue.unacked_count(), 0U);
}

TEST_F(QueueTest, ExclusiveConsumerHasNoCompany) {
  QueueConsumer exclusive;
  exclusive.id = port::ConsumerId{1};
  exclusive.exclusive = true;
  ASSERT_TRUE(queue.add_consumer(exclusive));
  QueueConsumer second;
  second.id = port::ConsumerId{2};
  EXPECT_FALSE(queue.add_consumer(second));
  queue.remove_consumer(exclusive.id);
  ASSERT_TRUE(queue.add_consumer(second));
  EXPECT_FALSE(queue.add_consumer(exclusive));
}

TEST_F(QueueTest, RemovedConsumersMessagesStayUnacknowledged) {
  fill(2);
  const auto id = consumer(1, 1);
  const auto given = deliver_all();
  EXPECT_TRUE(queue.remove_consumer(id));
  EXPECT_EQ(queue.unacked_count(), 1U);
  EXPECT_TRUE(queue.requeue(given[0].position, id));
  EXPECT_EQ(queue.ready_count(), 2U);
}

TEST(Queue, AutoDeleteNeedsAFirstConsumerBeforeTheLast) {
  Queue queue{port::QueueId{1}, "q", true};
  EXPECT_FALSE(queue.outlived());
  QueueConsumer consumer;
  consumer.id = port::ConsumerId{1};
  ASSERT_TRUE(queue.add_consumer(consumer));
  EXPECT_FALSE(queue.outlived());
  queue.remove_consumer(consumer.id);
  EXPECT_TRUE(queue.outlived());
}

}  // namespace
}  // namespace amqp::broker
