#include "core/base/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace core {
namespace {

Result<int, std::string> half(int n) {
  if (n % 2 != 0) return Unexpected{std::string{"odd"}};
  return n / 2;
}

TEST(Result, HoldsAValueOrAnError) {
  ASSERT_TRUE(half(4));
  EXPECT_EQ(*half(4), 2);
  ASSERT_FALSE(half(3));
  EXPECT_EQ(half(3).error(), "odd");
}

TEST(Result, GivesAwayMoveOnlyValues) {
  Result<std::unique_ptr<int>, int> result{std::make_unique<int>(5)};
  const std::unique_ptr<int> taken = *std::move(result);
  EXPECT_EQ(*taken, 5);
}

TEST(Result, VoidIsSuccessUntilToldOtherwise) {
  const Result<void, std::string> fine;
  EXPECT_TRUE(fine);
  const Result<void, std::string> bad = Unexpected{std::string{"no"}};
  EXPECT_FALSE(bad);
  EXPECT_EQ(bad.error(), "no");
}

TEST(ResultDeathTest, ReadingTheValueOfAnErrorIsOurMistake) {
  auto bad = half(3);
  EXPECT_DEATH(static_cast<void>(bad.value()), "broken invariant");
}

}  // namespace
}  // namespace core
