#include "amqp/session/unacked.h"

#include <gtest/gtest.h>

#include <optional>

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

/// Unacked with what it takes as a value.
class Deliveries {
 public:
  void add(std::uint64_t tag, const port::Settled& delivery) { unacked_.add(tag, delivery); }
  std::optional<std::vector<port::Settled>> take(std::uint64_t tag, bool multiple) {
    std::vector<port::Settled> taken;
    if (!unacked_.take(tag, multiple, taken)) return std::nullopt;
    return taken;
  }
  std::vector<port::Settled> take_all() {
    std::vector<port::Settled> taken;
    unacked_.take_all(taken);
    return taken;
  }
  std::vector<port::Settled> take_held(port::Settlement how) {
    std::vector<port::Settled> taken;
    unacked_.take_held(how, taken);
    return taken;
  }
  std::vector<port::Settled> take_outstanding() {
    std::vector<port::Settled> taken;
    unacked_.take_outstanding(taken);
    return taken;
  }
  Unacked* operator->() { return &unacked_; }
  std::size_t size() const { return unacked_.size(); }
  std::size_t of_consumers() const { return unacked_.of_consumers(); }

 private:
  Unacked unacked_;
};

TEST(Unacked, TakesOneByItsTag) {
  Deliveries unacked;
  for (std::uint64_t tag = 1; tag <= 3; ++tag) unacked.add(tag, delivery(tag * 10));
  const auto taken = unacked.take(2, false);
  ASSERT_TRUE(taken);
  EXPECT_EQ(positions(*taken), Positions{20});
  EXPECT_EQ(unacked.size(), 2U);
}

TEST(Unacked, MultipleTakesAllUpToTheTagOldestFirst) {
  Deliveries unacked;
  for (std::uint64_t tag = 1; tag <= 5; ++tag) unacked.add(tag, delivery(tag));
  static_cast<void>(unacked.take(2, false));
  const auto taken = unacked.take(4, true);
  ASSERT_TRUE(taken);
  EXPECT_EQ(positions(*taken), (Positions{1, 3, 4}));
  EXPECT_EQ(unacked.size(), 1U);
}

TEST(Unacked, MultipleWithTagZeroTakesAllEvenIfThereAreNone) {
  Deliveries unacked;
  unacked.add(4, delivery(1));
  unacked.add(9, delivery(2));
  EXPECT_EQ(positions(*unacked.take(0, true)), (Positions{1, 2}));
  EXPECT_TRUE(unacked.take(0, true).has_value());
}

TEST(Unacked, DoesNotKnowTagsThatAreNotOutstanding) {
  Deliveries unacked;
  for (const std::uint64_t tag : {2U, 4U, 6U}) unacked.add(tag, delivery(tag));
  static_cast<void>(unacked.take(4, false));
  for (const std::uint64_t tag : {0U, 1U, 3U, 4U, 5U, 7U}) {
    EXPECT_FALSE(unacked.take(tag, false)) << tag;
  }
  EXPECT_FALSE(unacked.take(4, true));
  EXPECT_EQ(unacked.size(), 2U);
}

TEST(Unacked, CountsDeliveriesOfConsumersApart) {
  Deliveries unacked;
  unacked.add(1, delivery(1));
  unacked.add(2, delivery(2, 0));  // of basic.get
  EXPECT_EQ(unacked.of_consumers(), 1U);
  static_cast<void>(unacked.take(2, true));
  EXPECT_EQ(unacked.of_consumers(), 0U);
}

TEST(Unacked, FindsItsWayThroughManySettledOutOfTurn) {
  Deliveries unacked;
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

TEST(Unacked, HeldDeliveriesAreNotOutstandingAndNotGone) {
  Deliveries unacked;
  for (std::uint64_t tag = 1; tag <= 5; ++tag) unacked.add(tag, delivery(tag));
  EXPECT_TRUE(unacked->hold(2, true, port::Settlement::acknowledge));
  EXPECT_TRUE(unacked->hold(4, false, port::Settlement::requeue));
  EXPECT_FALSE(unacked->hold(2, false, port::Settlement::acknowledge));
  EXPECT_FALSE(unacked.take(4, false));
  EXPECT_EQ(unacked.size(), 5U);
  EXPECT_EQ(unacked.of_consumers(), 5U);
  EXPECT_EQ(positions(unacked.take_outstanding()), (Positions{3, 5}));
  EXPECT_EQ(positions(unacked.take_held(port::Settlement::acknowledge)), (Positions{1, 2}));
  EXPECT_EQ(positions(unacked.take_held(port::Settlement::discard)), Positions{});
  EXPECT_EQ(positions(unacked.take_held(port::Settlement::requeue)), Positions{4});
  EXPECT_EQ(unacked.size(), 0U);
}

TEST(Unacked, ReleasedDeliveriesAreOutstandingAgain) {
  Deliveries unacked;
  for (std::uint64_t tag = 1; tag <= 4; ++tag) unacked.add(tag, delivery(tag));
  EXPECT_TRUE(unacked.take(2, false));
  EXPECT_TRUE(unacked->hold(0, true, port::Settlement::discard));
  unacked->release_held();
  EXPECT_EQ(positions(*unacked.take(3, true)), (Positions{1, 3}));
  EXPECT_FALSE(unacked.take(2, false));  // what was settled before stays so
}

TEST(Unacked, TakeAllTakesWhatIsHeldAsWellOldestFirst) {
  Deliveries unacked;
  for (std::uint64_t tag = 1; tag <= 3; ++tag) unacked.add(tag, delivery(tag));
  EXPECT_TRUE(unacked->hold(2, false, port::Settlement::acknowledge));
  EXPECT_EQ(positions(unacked.take_all()), (Positions{1, 2, 3}));
}

TEST(Unacked, FindsTagsWithGapsBetweenThem) {
  Deliveries unacked;
  for (std::uint64_t tag = 10; tag <= 1000; tag += 10) unacked.add(tag, delivery(tag));
  for (std::uint64_t tag = 1; tag <= 1010; ++tag) {
    EXPECT_EQ(unacked.take(tag, false).has_value(), tag % 10 == 0 && tag <= 1000) << tag;
  }
}

}  // namespace
}  // namespace amqp::session
