#include "tools/oriel/bench/schedule.h"

#include <gtest/gtest.h>

namespace oriel::bench {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const core::Instant kStart{seconds{100}};

TEST(Schedule, SpacesRequestsEvenly) {
  const Schedule schedule{kStart, 1000};
  EXPECT_EQ(schedule.due(0), kStart);
  EXPECT_EQ(schedule.due(1), kStart + milliseconds{1});
  EXPECT_EQ(schedule.due(2500), kStart + milliseconds{2500});
}

TEST(Schedule, DoesNotDriftWhenARateDoesNotDivideASecond) {
  const Schedule schedule{kStart, 3};
  EXPECT_EQ(schedule.due(3'000'000), kStart + seconds{1'000'000});
}

TEST(Schedule, CountsWhatWasDueBeforeATime) {
  const Schedule schedule{kStart, 1000};
  EXPECT_EQ(schedule.due_before(kStart - seconds{1}), 0U);
  EXPECT_EQ(schedule.due_before(kStart), 0U);
  EXPECT_EQ(schedule.due_before(kStart + core::Duration{1}), 1U);
  EXPECT_EQ(schedule.due_before(kStart + milliseconds{1}), 1U);
  EXPECT_EQ(schedule.due_before(kStart + milliseconds{1} + core::Duration{1}), 2U);
  EXPECT_EQ(schedule.due_before(kStart + seconds{2}), 2000U);
}

TEST(Schedule, AgreesWithItselfAtOddRates) {
  for (const double rate : {0.3, 7.0, 333.3, 99'991.0}) {
    const Schedule schedule{kStart, rate};
    for (std::uint64_t number = 1; number < 2000; ++number) {
      ASSERT_EQ(schedule.due_before(schedule.due(number)), number) << rate;
      ASSERT_GT(schedule.due(number), schedule.due(number - 1)) << rate;
    }
  }
}

}  // namespace
}  // namespace oriel::bench
