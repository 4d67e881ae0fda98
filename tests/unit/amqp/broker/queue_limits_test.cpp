// Priorities, times to live, lengths and delivery limits of one queue.

#include "amqp/broker/message_headers.h"
#include "tests/unit/amqp/broker/queue_fixture.h"

namespace amqp::broker {
namespace {

using std::chrono_literals::operator""s;
using std::chrono_literals::operator""ms;

class QueueLimits : public QueueTest {
 protected:
  void be_with_priorities(std::uint8_t priority_max) {
    QueuePolicy policy;
    policy.priority_max = priority_max;
    be(policy);
  }
  void add_until(std::string_view body, core::Instant expires) {
    queue().enqueue(message(body), expires, {});
  }
};

TEST_F(QueueLimits, HigherPrioritiesGoFirstAndEachInItsOrder) {
  be_with_priorities(9);
  for (const auto& [body, priority] :
       {std::pair{"a", 0}, {"b", 9}, {"c", 5}, {"d", 9}, {"e", 0}, {"f", 5}}) {
    add(body, static_cast<std::uint8_t>(priority));
  }
  consumer(1);
  EXPECT_EQ(bodies(deliver_all()), "b d c f a e ");
}

TEST_F(QueueLimits, PriorityBeyondTheQueuesIsItsHighest) {
  be_with_priorities(2);
  add("a", 2);
  add("b", 200);
  add("c", 1);
  consumer(1);
  EXPECT_EQ(bodies(deliver_all()), "a b c ");
}

TEST_F(QueueLimits, PriorityMeansNothingWithoutLevels) {
  add("a", 0);
  add("b", 9);
  consumer(1);
  EXPECT_EQ(bodies(deliver_all()), "a b ");
}

TEST_F(QueueLimits, RequeuedMessageReturnsToItsPriority) {
  be_with_priorities(255);
  add("a", 255);
  add("b", 64);
  add("c", 64);
  consumer(1, 2);
  const auto given = deliver_all();
  ASSERT_EQ(bodies(given), "a b ");
  queue().requeue(given[1].position);
  add("d", 63);
  queue().settle(given[0].position);
  EXPECT_EQ(bodies(deliver_all()), "!b c ");
}

TEST_F(QueueLimits, MessagesThatNobodyWantsAnyMoreLeaveFromTheFront) {
  add_until("a", now + 1s);
  add_until("b", now + 2s);
  queue().enqueue(message("c"));
  EXPECT_FALSE(queue().take_expired(now));
  EXPECT_EQ(queue().next_expiry(), now + 1s);
  const auto expired = queue().take_expired(now + 1s);
  ASSERT_TRUE(expired);
  EXPECT_EQ(expired->message->body.text(), "a");
  EXPECT_FALSE(queue().take_expired(now + 1s));

  consumer(1, 1);
  const auto taken = deliver();  // "b" is in somebody's hands when it expires
  EXPECT_FALSE(queue().take_expired(now + 3s));
  EXPECT_TRUE(queue().requeue(taken->position).there);
  EXPECT_TRUE(queue().take_expired(now + 3s));
  EXPECT_EQ(bodies(deliver_all()), "c ");
}

TEST_F(QueueLimits, ShortestTimeToLiveCounts) {
  QueuePolicy policy;
  policy.message_ttl = 100ms;
  be(policy);
  const auto with_ttl = [](core::Duration ttl) {
    return port::make_message({.traits = {.ttl = ttl}});
  };
  EXPECT_EQ(queue().expiry(*message("a"), now), now + 100ms);
  EXPECT_EQ(queue().expiry(*with_ttl(50ms), now), now + 50ms);
  EXPECT_EQ(queue().expiry(*with_ttl(200ms), now), now + 100ms);
  const auto unwanted = port::make_message({.expires = now + 10ms});
  EXPECT_EQ(queue().expiry(*unwanted, now), now + 10ms);
}

TEST_F(QueueLimits, NoAckMessageThatComesBackStillExpires) {
  consumer(1, 0, true);
  add_until("a", now + 1s);
  const auto given = queue().deliver(now);
  queue().put_back(given->message, true, given->place, given->expires);
  EXPECT_EQ(queue().next_expiry(), now + 1s);
}

TEST_F(QueueLimits, OnlyReadyMessagesCountForTheLength) {
  QueuePolicy policy;
  policy.length_max = 2;
  be(policy);
  consumer(1, 1);
  fill(1);
  deliver();
  fill(2);
  EXPECT_FALSE(queue().over_limit());
  EXPECT_TRUE(queue().would_overflow(*message("x")));
  fill(1);
  EXPECT_TRUE(queue().over_limit());
  EXPECT_EQ(queue().drop_next().message->body.text(), "0");
  EXPECT_FALSE(queue().over_limit());
}

TEST_F(QueueLimits, OnlyBodiesCountForTheOctets) {
  QueuePolicy policy;
  policy.octets_max = 10;
  be(policy);
  wire::Properties properties;
  properties.app_id = "something longer than ten octets";
  queue().enqueue(with_properties(*message("12345"), properties));
  EXPECT_FALSE(queue().would_overflow(*message("12345")));
  EXPECT_TRUE(queue().would_overflow(*message("123456")));
}

TEST_F(QueueLimits, QuorumQueueCountsReturnsAndGivesUpBeyondItsLimit) {
  QueuePolicy policy;
  policy.type = QueueType::quorum;
  policy.delivery_limit = 1;
  be(policy);
  fill(1);
  consumer(1);
  const auto count = [](const port::Delivery& delivery) -> std::int64_t {
    const auto properties = wire::decode_properties(delivery.message->properties.octets());
    if (!properties || !properties->headers) return 0;
    return *properties->headers->find("x-delivery-count")->integer();
  };
  auto given = deliver();
  EXPECT_EQ(count(*given), 0);
  EXPECT_FALSE(queue().requeue(given->position).given_back_too_often);
  given = deliver();
  EXPECT_EQ(count(*given), 1);
  const auto requeued = queue().requeue(given->position);
  ASSERT_TRUE(requeued.given_back_too_often);
  EXPECT_EQ(requeued.given_back_too_often->message->body.text(), "0");
  EXPECT_EQ(queue().ready_count() + queue().unacked_count(), 0U);
}

}  // namespace
}  // namespace amqp::broker
