#include "core/base/inline_function.h"

#include <gtest/gtest.h>

#include <memory>

namespace core {
namespace {

TEST(InlineFunction, CallsWhatItHolds) {
  int sum = 0;
  InlineFunction<void(int), 16> add{[&sum](int n) { sum += n; }};
  add(2);
  add(3);
  EXPECT_EQ(sum, 5);
}

TEST(InlineFunction, OwnsMoveOnlyCapturesAndDestroysThemOnce) {
  auto alive = std::make_shared<int>(7);
  {
    InlineFunction<int(), 32> first{[held = std::make_unique<std::shared_ptr<int>>(alive)] {
      return **held;
    }};
    EXPECT_EQ(alive.use_count(), 2);
    InlineFunction<int(), 32> second{std::move(first)};
    EXPECT_FALSE(first);  // NOLINT: a moved-from function is empty by contract
    EXPECT_EQ(second(), 7);
    first = std::move(second);
    EXPECT_EQ(first(), 7);
    EXPECT_EQ(alive.use_count(), 2);
  }
  EXPECT_EQ(alive.use_count(), 1);
}

TEST(InlineFunction, AssignmentDropsWhatWasHeldBefore) {
  auto old = std::make_shared<int>(1);
  InlineFunction<void(), 32> function{[old] {}};
  function = InlineFunction<void(), 32>{[] {}};
  EXPECT_EQ(old.use_count(), 1);
}

TEST(InlineFunctionDeathTest, CallingAnEmptyOneIsOurMistake) {
  InlineFunction<void(), 16> empty;
  EXPECT_DEATH(empty(), "broken invariant");
}

}  // namespace
}  // namespace core
