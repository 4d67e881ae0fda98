#include "core/shard/connection_limits.h"

namespace core {
namespace {

Address at(const char* text) { return *Address::parse(text); }

TEST(ConnectionLimits, AdmitsUpToTheLimitInAllAndNoFurther) {
  ConnectionLimits limits{{.all = 2, .per_address = 10}};
  auto first = limits.admit(at("192.0.2.1:1"));
  auto second = limits.admit(at("192.0.2.2:1"));
  EXPECT_TRUE(first);
  EXPECT_TRUE(second);
  EXPECT_FALSE(limits.admit(at("192.0.2.3:1")));
  EXPECT_EQ(limits.count(), 2U);
}

TEST(ConnectionLimits, CountsAddressesApart) {
  ConnectionLimits limits{{.all = 10, .per_address = 1}};
  const auto first = limits.admit(at("192.0.2.1:1"));
  EXPECT_FALSE(limits.admit(at("192.0.2.1:2")));
  EXPECT_TRUE(limits.admit(at("192.0.2.2:1")));
}

TEST(ConnectionLimits, APlaceIsFreeAgainWhenItsConnectionEnds) {
  ConnectionLimits limits{{.all = 1, .per_address = 1}};
  {
    const auto first = limits.admit(at("192.0.2.1:1"));
    EXPECT_FALSE(limits.admit(at("192.0.2.1:2")));
  }
  EXPECT_TRUE(limits.admit(at("192.0.2.1:3")));
  EXPECT_EQ(limits.count(), 0U);
}

TEST(ConnectionLimits, APlaceThatMovedIsGivenBackOnce) {
  ConnectionLimits limits{{.all = 5, .per_address = 5}};
  {
    auto first = limits.admit(at("192.0.2.1:1"));
    const auto second = std::move(first);
    EXPECT_EQ(limits.count(), 1U);
  }
  EXPECT_EQ(limits.count(), 0U);
}

TEST(ConnectionLimits, LoopbackCountsInAllOnlyUnlessToldOtherwise) {
  ConnectionLimits limits{{.all = 2, .per_address = 1}};
  const auto first = limits.admit(at("127.0.0.1:1"));
  const auto second = limits.admit(at("127.0.0.1:2"));
  EXPECT_TRUE(second);
  EXPECT_FALSE(limits.admit(at("127.0.0.1:3")));

  ConnectionLimits strict{{.all = 2, .per_address = 1, .loopback_counts_per_address = true}};
  const auto third = strict.admit(at("127.0.0.1:1"));
  EXPECT_FALSE(strict.admit(at("127.0.0.1:2")));
}

}  // namespace
}  // namespace core
