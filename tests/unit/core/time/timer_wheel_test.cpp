#include "core/time/timer_wheel.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace core {
namespace {

using namespace std::chrono_literals;
constexpr Instant kStart{std::chrono::hours{30}};

std::vector<TimerWheel::Timer> fired(TimerWheel& wheel, Instant now) {
  std::vector<TimerWheel::Timer> timers;
  wheel.expire(now, [&](TimerWheel::Timer timer) { timers.push_back(timer); });
  return timers;
}

TEST(TimerWheel, FiresAtTheDeadlineAndNotBefore) {
  TimerWheel wheel{4};
  wheel.expire(kStart, [](auto) {});
  wheel.start(2, kStart + 10ms);
  EXPECT_TRUE(fired(wheel, kStart + 9ms).empty());
  EXPECT_EQ(fired(wheel, kStart + 10ms + TimerWheel::kTick), std::vector<TimerWheel::Timer>{2});
  EXPECT_FALSE(wheel.running(2));
  EXPECT_TRUE(fired(wheel, kStart + 1h).empty());
}

TEST(TimerWheel, SaysWhenItWantsToBeCalled) {
  TimerWheel wheel{4};
  wheel.expire(kStart, [](auto) {});
  EXPECT_EQ(wheel.next(), std::nullopt);
  wheel.start(0, kStart + 5s);
  wheel.start(1, kStart + 2s);
  ASSERT_TRUE(wheel.next());
  EXPECT_GE(*wheel.next(), kStart + 2s);
  EXPECT_LE(*wheel.next(), kStart + 2s + TimerWheel::kTick);
  wheel.stop(1);
  EXPECT_GE(*wheel.next(), kStart + 5s);
  wheel.stop(0);
  EXPECT_EQ(wheel.next(), std::nullopt);
}

TEST(TimerWheel, ADeadlineTurnsAwayFiresOnItsOwnTurn) {
  TimerWheel wheel{2};
  wheel.expire(kStart, [](auto) {});
  wheel.start(0, kStart + 60s);
  Instant now = kStart;
  int calls = 0;
  while (wheel.running(0)) {
    now = std::max(*wheel.next(), now);
    ASSERT_LE(now, kStart + 60s + TimerWheel::kTick);
    wheel.expire(now, [&](auto) { EXPECT_GE(now, kStart + 60s); });
    ASSERT_LE(++calls, 6);
  }
}

TEST(TimerWheel, ADeadlineInThePastFiresOnTheNextTick) {
  TimerWheel wheel{2};
  wheel.expire(kStart, [](auto) {});
  wheel.start(0, kStart - 1h);
  EXPECT_EQ(fired(wheel, kStart + TimerWheel::kTick).size(), 1U);
}

TEST(TimerWheel, ALongSleepMissesNobody) {
  TimerWheel wheel{100};
  wheel.expire(kStart, [](auto) {});
  for (TimerWheel::Timer timer = 0; timer < 100; ++timer)
    wheel.start(timer, kStart + timer * 777ms);
  EXPECT_EQ(fired(wheel, kStart + 24h).size(), 100U);
  EXPECT_EQ(wheel.running_count(), 0U);
}

TEST(TimerWheel, FiringMayStopAndStartOthers) {
  TimerWheel wheel{3};
  wheel.expire(kStart, [](auto) {});
  for (TimerWheel::Timer timer = 0; timer < 3; ++timer) wheel.start(timer, kStart + 8ms);
  std::vector<TimerWheel::Timer> order;
  wheel.expire(kStart + 20ms, [&](TimerWheel::Timer timer) {
    if (order.empty()) {
      wheel.stop((timer + 1) % 3);
      wheel.start((timer + 2) % 3, kStart + 1s);
      wheel.start(timer, kStart + 2s);
    }
    order.push_back(timer);
  });
  EXPECT_EQ(order.size(), 1U);
  EXPECT_EQ(wheel.running_count(), 2U);
  EXPECT_EQ(fired(wheel, kStart + 3s).size(), 2U);
}

TEST(TimerWheel, AgreesWithASimpleListOfDeadlines) {
  constexpr std::uint32_t kSeed = 20'230'611;
  SCOPED_TRACE(testing::Message() << "seed " << kSeed);
  std::mt19937 random{kSeed};
  constexpr TimerWheel::Timer kTimers = 64;
  TimerWheel wheel{kTimers};
  std::vector<std::optional<Instant>> model(kTimers);
  Instant now = kStart;
  wheel.expire(now, [](auto) {});
  for (int step = 0; step < 20'000; ++step) {
    const TimerWheel::Timer timer = random() % kTimers;
    switch (random() % 4) {
      case 0:
        wheel.stop(timer);
        model[timer].reset();
        break;
      case 1:
        now += std::chrono::microseconds{random() % 3'000'000};
        wheel.expire(now, [&](TimerWheel::Timer fired) {
          ASSERT_TRUE(model[fired]);
          EXPECT_LE(*model[fired], now);
          model[fired].reset();
        });
        for (const auto& deadline : model) {
          if (deadline) {
            ASSERT_GT(*deadline + TimerWheel::kTick, now);
          }
        }
        break;
      default:
        model[timer] = now + std::chrono::microseconds{random() % 40'000'000};
        wheel.start(timer, *model[timer]);
    }
    const auto first = std::min_element(model.begin(), model.end(),
                                        [](auto a, auto b) { return a && (!b || *a < *b); });
    ASSERT_EQ(wheel.next().has_value(), first->has_value());
    if (*first) {
      ASSERT_LE(*wheel.next(), **first + TimerWheel::kTick);
    }
  }
}

}  // namespace
}  // namespace core
