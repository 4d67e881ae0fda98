#include "amqp/broker/queue_consumers.h"

#include "tests/unit/amqp/broker/queue_fixture.h"

namespace amqp::broker {
namespace {

class QueueConsumersTest : public QueueTest {
 protected:
  QueueConsumer exclusive(std::uint64_t id) {
    QueueConsumer consumer;
    consumer.id = port::ConsumerId{id};
    consumer.exclusive = true;
    return consumer;
  }
  void be_single_active() {
    QueuePolicy policy;
    policy.single_active_consumer = true;
    be(policy);
  }
};

TEST_F(QueueConsumersTest, TakeTurns) {
  fill(6);
  consumer(1);
  consumer(2);
  consumer(3);
  EXPECT_EQ(consumers(deliver_all()), "123123");
}

TEST_F(QueueConsumersTest, ExclusiveOneHasNoCompany) {
  ASSERT_TRUE(queue().add_consumer(exclusive(1)));
  QueueConsumer second;
  second.id = port::ConsumerId{2};
  EXPECT_FALSE(queue().add_consumer(second));
  queue().remove_consumer(port::ConsumerId{1});
  ASSERT_TRUE(queue().add_consumer(second));
  EXPECT_FALSE(queue().add_consumer(exclusive(1)));
}

TEST_F(QueueConsumersTest, HigherPriorityIsServedAlone) {
  fill(4);
  consumer(1, 0, false, -5);
  consumer(2, 0, false, 10);
  consumer(3, 0, false, 10);
  EXPECT_EQ(consumers(deliver_all()), "2323");
}

TEST_F(QueueConsumersTest, LowerPriorityGetsWhatHigherOnesHaveNoCreditFor) {
  fill(4);
  consumer(1);
  consumer(2, 1, false, 1);
  const auto given = deliver_all();
  EXPECT_EQ(consumers(given), "2111");
  fill(2);
  queue().settle(given[0].position);
  EXPECT_EQ(consumers(deliver_all()), "21");
}

TEST_F(QueueConsumersTest, LowerPriorityGetsMoreWhenTheHigherOneGoes) {
  consumer(1);
  const auto high = consumer(2, 0, false, 7);
  queue().remove_consumer(high);
  fill(1);
  EXPECT_EQ(consumers(deliver_all()), "1");
}

TEST_F(QueueConsumersTest, SingleActiveOneGetsAllUntilItGoes) {
  be_single_active();
  fill(3);
  const auto first = consumer(1, 1);
  consumer(2);
  consumer(3);
  const auto given = deliver_all();
  EXPECT_EQ(consumers(given), "1");
  queue().remove_consumer(first);
  EXPECT_EQ(consumers(deliver_all()), "22");
  queue().requeue(given[0].position);
  EXPECT_EQ(consumers(deliver_all()), "2");
}

TEST_F(QueueConsumersTest, NextSingleActiveOneIsTheOneOfTheHighestPriority) {
  be_single_active();
  fill(2);
  const auto first = consumer(1);
  consumer(2);
  consumer(3, 0, false, 1);
  queue().remove_consumer(first);
  EXPECT_EQ(consumers(deliver_all()), "33");
}

TEST_F(QueueConsumersTest, NobodyIsExclusiveWhereASingleOneIsActive) {
  be_single_active();
  EXPECT_FALSE(queue().add_consumer(exclusive(1)));
}

TEST_F(QueueConsumersTest, MessagesOfOneThatWentCountForNobodyElse) {
  fill(4);
  const auto first = consumer(1, 2);
  const auto given = deliver_all();
  queue().remove_consumer(first);
  consumer(2, 2);  // must not be taken for the first when the messages of that one are settled
  EXPECT_EQ(consumers(deliver_all()), "22");
  queue().settle(given[0].position);
  queue().requeue(given[1].position);
  EXPECT_EQ(consumers(deliver_all()), "");
  queue().check_invariants();
}

TEST_F(QueueConsumersTest, OverdueOnesAreNamedOnceAndTheOthersOldestIsTold) {
  fill(3);
  consumer(1, 2);
  deliver();
  deliver();
  now += std::chrono::seconds{60};
  consumer(2);
  deliver();
  const auto overdue = queue().overdue(Queue::second_of(now) - 60);
  ASSERT_EQ(overdue.consumers.size(), 1U);
  EXPECT_EQ(overdue.consumers[0], port::ConsumerId{1});
  EXPECT_EQ(overdue.next_second, Queue::second_of(now));
}

TEST(Queue, AutoDeleteNeedsAFirstConsumerBeforeTheLast) {
  SlotPool pool;
  Queue queue{port::QueueId{1}, true, {}, pool};
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
