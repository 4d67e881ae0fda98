#include "tests/unit/amqp/broker/queue_fixture.h"

namespace amqp::broker {
namespace {

TEST_F(QueueTest, DeliversInPublishingOrder) {
  fill(3);
  consumer(1);
  EXPECT_EQ(bodies(deliver_all()), "0 1 2 ");
  EXPECT_EQ(queue().ready_count(), 0U);
  EXPECT_EQ(queue().unacked_count(), 3U);
}

TEST_F(QueueTest, DeliversNothingWithoutConsumers) {
  fill(1);
  EXPECT_FALSE(deliver());
  EXPECT_EQ(queue().ready_count(), 1U);
}

TEST_F(QueueTest, GivesAConsumerNoMoreThanItsPrefetch) {
  fill(5);
  consumer(1, 2);
  auto given = deliver_all();
  ASSERT_EQ(given.size(), 2U);
  EXPECT_TRUE(queue().settle(given[0].position));
  EXPECT_EQ(bodies(deliver_all()), "2 ");
}

TEST_F(QueueTest, RequeuedMessageKeepsItsPlaceInLine) {
  fill(4);
  consumer(1, 3);
  auto given = deliver_all();
  ASSERT_EQ(given.size(), 3U);
  EXPECT_TRUE(queue().requeue(given[2].position).there);
  EXPECT_TRUE(queue().requeue(given[1].position).there);
  EXPECT_EQ(bodies(deliver_all()), "!1 !2 ");
}

TEST_F(QueueTest, TurnedDownMessageGoesBackUnmarkedAndItsConsumerWaits) {
  fill(2);
  const auto id = consumer(1);
  auto first = deliver();
  ASSERT_TRUE(first);
  queue().turned_down(*first, false);
  EXPECT_FALSE(deliver());
  EXPECT_EQ(queue().ready_count(), 2U);
  queue().resume(id);
  EXPECT_EQ(bodies(deliver_all()), "0 1 ");
}

TEST_F(QueueTest, TurnedDownMessageOfANoAckConsumerComesBackToo) {
  fill(2);
  const auto id = consumer(1, 0, true);
  auto first = deliver();
  ASSERT_TRUE(first);
  EXPECT_EQ(queue().unacked_count(), 0U);
  queue().turned_down(*first, true);
  queue().resume(id);
  EXPECT_EQ(bodies(deliver_all()), "0 1 ");
}

TEST_F(QueueTest, TurningDownLeavesOtherConsumersTheirTurn) {
  fill(2);
  consumer(1);
  consumer(2);
  auto first = deliver();
  ASSERT_TRUE(first);
  queue().turned_down(*first, false);
  const auto rest = deliver_all();
  EXPECT_EQ(bodies(rest), "0 1 ");
  EXPECT_EQ(rest[0].consumer, port::ConsumerId{2});
}

TEST_F(QueueTest, PutBackKeepsTheRedeliveredMarkOfBefore) {
  fill(1);
  consumer(1);
  auto first = deliver();
  queue().requeue(first->position);
  auto second = deliver();
  ASSERT_TRUE(second->redelivered);
  queue().put_back(*second, false);
  EXPECT_EQ(bodies(deliver_all()), "!0 ");
}

TEST_F(QueueTest, WindowBoundsWhatIsUnderWayToAnotherShard) {
  fill(5);
  QueueConsumer far;
  far.id = port::ConsumerId{1};
  far.window = 2;
  ASSERT_TRUE(queue().add_consumer(far));
  EXPECT_EQ(bodies(deliver_all()), "0 1 ");
  queue().arrived(far.id, 1);
  EXPECT_EQ(bodies(deliver_all()), "2 ");
}

TEST_F(QueueTest, SettlingTwiceIsOnce) {
  fill(1);
  consumer(1);
  const auto delivery = deliver();
  EXPECT_TRUE(queue().settle(delivery->position));
  EXPECT_FALSE(queue().settle(delivery->position));
  EXPECT_FALSE(queue().requeue(delivery->position).there);
  EXPECT_EQ(queue().ready_count() + queue().unacked_count(), 0U);
}

TEST_F(QueueTest, MessageThatWasSettledMeanwhileIsNotPutBack) {
  fill(1);
  consumer(1);
  const auto delivery = deliver();
  EXPECT_TRUE(queue().settle(delivery->position));
  queue().put_back(*delivery, false);
  EXPECT_EQ(queue().ready_count(), 0U);
}

TEST_F(QueueTest, PurgeTakesReadyMessagesOnly) {
  fill(4);
  const auto id = consumer(1, 2);
  auto given = deliver_all();
  queue().requeue(given[0].position);
  queue().remove_consumer(id);
  EXPECT_EQ(purge(), 3U);
  EXPECT_EQ(queue().ready_count(), 0U);
  EXPECT_EQ(queue().unacked_count(), 1U);
}

TEST_F(QueueTest, GetTakesTheOldestAndWaitsForItsAcknowledgement) {
  fill(2);
  const auto got = queue().get(false, now);
  ASSERT_TRUE(got);
  EXPECT_EQ(got->message.message->body.text(), "0");
  EXPECT_EQ(queue().unacked_count(), 1U);
  EXPECT_TRUE(queue().requeue(got->message.position).there);
  EXPECT_TRUE(queue().get(true, now)->message.redelivered);
  EXPECT_EQ(queue().unacked_count(), 0U);
}

TEST_F(QueueTest, RemovedConsumersMessagesStayUnacknowledged) {
  fill(2);
  const auto id = consumer(1, 1);
  const auto given = deliver_all();
  EXPECT_TRUE(queue().remove_consumer(id));
  EXPECT_EQ(queue().unacked_count(), 1U);
  EXPECT_TRUE(queue().requeue(given[0].position).there);
  EXPECT_EQ(queue().ready_count(), 2U);
}

TEST_F(QueueTest, UnsettledMessageKeepsNoMoreThanItsNeighboursInMemory) {
  consumer(1);
  fill(10 * static_cast<int>(Chunk::kSlots));
  const auto given = deliver_all();
  for (std::size_t i = 1; i < given.size(); ++i) queue().settle(given[i].position);
  EXPECT_EQ(queue().unacked_count(), 1U);
  fill(1);
  EXPECT_EQ(bodies(deliver_all()), "0 ");
  EXPECT_TRUE(queue().requeue(given[0].position).there);
  EXPECT_EQ(bodies(deliver_all()), "!0 ");
}

TEST_F(QueueTest, NoAckMessageComesBackWhenItsNeighboursAreLongGone) {
  consumer(1, 0, true);
  fill(1);
  const auto first = deliver();
  fill(3 * static_cast<int>(Chunk::kSlots));
  const auto rest = deliver_all();
  queue().put_back(*first, true);
  EXPECT_EQ(queue().ready_count(), 1U);
  EXPECT_EQ(deliver()->position, first->position);
}

TEST_F(QueueTest, KnowsWhatItHolds) {
  queue().enqueue(message("12345"));
  queue().enqueue(message("123"));
  const std::size_t properties = kNoProperties.size();
  EXPECT_EQ(queue().held().ready_octets, 8 + 2 * properties);
  consumer(1, 1);
  const auto given = deliver();
  EXPECT_EQ(queue().held().ready_octets, 3 + properties);
  EXPECT_EQ(pool.held.unacked_octets, 5 + properties);
  queue().settle(given->position);
  EXPECT_EQ(pool.held.unacked_octets, 0U);
  purge();
  EXPECT_EQ(pool.held.octets(), 0U);
}

TEST_F(QueueTest, QueueThatGoesTakesItsShareOfTheTotalsWithIt) {
  {
    Queue other{port::QueueId{8}, false, {}, pool};
    other.enqueue(message("abc"));
    fill(1);
    EXPECT_EQ(pool.held.ready, 2U);
  }
  EXPECT_EQ(pool.held.ready, 1U);
  EXPECT_EQ(pool.held.octets(), 1 + kNoProperties.size());
}

TEST_F(QueueTest, RestoredMessagesComeBeforeNewOnesAndKeepTheirMark) {
  queue().restore({.position = port::QueuePosition{5}, .message = message("a"), .place = {}});
  queue().restore({.position = port::QueuePosition{9},
                   .message = message("b"),
                   .place = {.segment = 1},
                   .redelivered = true});
  queue().continue_after(port::QueuePosition{20});
  EXPECT_EQ(queue().next_position(), port::QueuePosition{21});
  fill(1);
  consumer(1);
  EXPECT_EQ(bodies(deliver_all()), "a !b 0 ");
  const auto left = queue().settle(port::QueuePosition{9});
  ASSERT_TRUE(left);
  EXPECT_EQ(left->place.segment, 1U);
}

TEST_F(QueueTest, MovedRecordIsSettledWhereItLies) {
  queue().enqueue(message("a"), core::Instant::max(), {.segment = 1});
  EXPECT_TRUE(queue().moved(port::QueuePosition{1}, {.segment = 2}));
  consumer(1);
  const auto given = deliver();
  const auto left = queue().settle(given->position);
  EXPECT_EQ(left->place.segment, 2U);
  EXPECT_FALSE(queue().moved(port::QueuePosition{1}, {.segment = 3}));
}

}  // namespace
}  // namespace amqp::broker
