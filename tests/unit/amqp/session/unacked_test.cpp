#include "amqp/session/unacked.h"

#include <gtest/gtest.h>

namespace amqp::session {
namespace {

port::Settled delivery(std::uint64_t position, std::uint64_t consumer = 1) {
  return {port::QueueId{1}, port::QueuePosition{position}, port::ConsumerId{consumer}};
}

std::vector<std::uint64_t> positions(const std::vector<port::Settled>& deliveries) {
  std::vector<std::uint64_t> all;
  for (const port::Settled& settled : deliveries) all.push_back(settled.position.value());
  return all;
}

using Positions = std::vector<std::uint64_t>;

TEST(Unacked, TakesOneByItsTag) {
  Unacked unacked;
  for (std::uint64_t tag = 1; tag <= 3; ++tag) unacked.add(tag, delivery(tag * 10));
  const auto taken = unacked.take(2, false);
  ASSERT_TRUE(taken);
  EXPECT_EQ(positions(*taken), Positions{20});
  EXPECT_EQ(unacked.size(), 2U);
}

TEST(Unacked, MultipleTakesAllUpToTheTagOldestFirst) {
  Unacked unacked;
  for (std::uint64_t tag = 1; tag <= 5; ++tag) unacked.add(tag, delivery(tag));
  static_cast<void>(unacked.take(2, false));
  const auto taken = unacked.take(4, true);
  ASSERT_TRUE(taken);
  EXPECT_EQ(positions(*taken), (Positions{1, 3, 4}));
  EXPECT_EQ(unacked.size(), 1U);
}

TEST(Unacked, MultipleWithTagZeroTakesAllEvenIfThereAreNone) {
  Unacked unacked;
  unacked.add(4, delivery(1));
  unacked.add(9, delivery(2));
  EXPECT_EQ(positions(*unacked.take(0, true)), (Positions{1, 2}));
  EXPECT_TRUE(unacked.take(0, true).has_value());
}

TEST(Unacked, DoesNotKnowTagsThatAreNotOutstanding) {
  Unacked unacked;
  for (const std::uint64_t tag : {2U, 4U, 6U}) unacked.add(tag, delivery(tag));
  static_cast<void>(unacked.take(4, false));
  for (const std::uint64_t tag : {0U, 1U, 3U, 4U, 5U, 7U}) {
    EXPECT_FALSE(unacked.take(tag, false)) << tag;
  }
  EXPECT_FALSE(unacked.take(4, true));
  EXPECT_EQ(unacked.size(), 2U);
}

TEST(Unacked, CountsDeliveriesOfConsumersApart) {
  Unacked unacked;
  unacked.add(1, delivery(1));
  unacked.add(2, delivery(2, 0));  // of basic.get
  EXPECT_EQ(unacked.of_consumers(), 1U);
  static_cast<void>(unacked.take(2, true));
  EXPECT_EQ(unacked.of_consumers(), 0U);
}

TEST(Unacked, FindsItsWayThroughManySettledOutOfTurn) {
  Unacked unacked;
  for (std::uint64_t tag = 1; tag <= 10000; ++tag) unacked.add(tag, delivery(tag));
  for (std::uint64_t tag = 10000; tag > 1; --tag) {
    if (tag % 100 != 0) {
      ASSERT_TRUE(unacked.take(tag, false)) << tag;
    }
  }
  EXPECT_EQ(unacked.size(), 101U);
  EXPECT_EQ(positions(*unacked.take(5000, false)), Positions{5000});
  EXPECT_FALSE(unacked.take(4999, false));
  EXPECT_EQ(unacked.take_all().size(), 100U);
}

}  // namespace
}  // namespace amqp::session
