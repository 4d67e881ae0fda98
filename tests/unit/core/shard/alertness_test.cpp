#include "core/shard/alertness.h"

#include <gtest/gtest.h>

#include "core/shard/core_watch.h"

namespace core {
namespace {

constexpr Instant kNow{std::chrono::seconds{1}};

TEST(Alertness, SleepsAtOnceUntilWorkComesInQuickSuccession) {
  Alertness alertness;
  EXPECT_FALSE(alertness.watch_until(kNow));
  alertness.slept(Alertness::kShortSleep);
  EXPECT_FALSE(alertness.watch_until(kNow));
  alertness.slept(Alertness::kShortSleep - Duration{1});
  EXPECT_EQ(alertness.watch_until(kNow), kNow + Alertness::kWatch);
}

TEST(Alertness, GivesUpAfterLookingInVainAFewTimes) {
  Alertness alertness;
  alertness.slept({});
  for (int i = 0; i < Alertness::kVainMax; ++i) {
    EXPECT_TRUE(alertness.watch_until(kNow)) << i;
    alertness.found_nothing();
  }
  EXPECT_FALSE(alertness.watch_until(kNow));
}

TEST(Alertness, WorkThatIsFoundKeepsItLooking) {
  Alertness alertness;
  alertness.slept({});
  for (int i = 0; i < 10 * Alertness::kVainMax; ++i) {
    ASSERT_TRUE(alertness.watch_until(kNow)) << i;
    i % Alertness::kVainMax == 0 ? alertness.found() : alertness.found_nothing();
  }
}

TEST(CoreWatch, GivesWayForAWhileWhenTimeIsMissing) {
  CoreWatch watch;
  Instant now{std::chrono::seconds{1}};
  ASSERT_TRUE(watch.begin(now));
  EXPECT_TRUE(watch.look(now += CoreWatch::kGap));
  EXPECT_FALSE(watch.look(now += CoreWatch::kGap + Duration{1}));
  EXPECT_FALSE(watch.begin(now + CoreWatch::kGiveWay - Duration{1}));
  EXPECT_TRUE(watch.begin(now + CoreWatch::kGiveWay));
}

}  // namespace
}  // namespace core
