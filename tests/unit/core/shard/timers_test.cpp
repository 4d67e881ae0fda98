#include "core/shard/timers.h"

#include <random>

namespace core {
namespace {

using std::chrono::milliseconds;

Instant at(int ms) { return Instant{milliseconds{ms}}; }

struct Recorder final : Timer {
  Recorder(std::vector<int>& into, int id) : log(into), number(id) {}
  void timer_expired(Instant) override { log.push_back(number); }
  std::vector<int>& log;
  int number;
};

TEST(Timers, RunInTheOrderOfTheirDeadlines) {
  std::vector<int> log;
  Timers timers;
  Recorder a{log, 1}, b{log, 2}, c{log, 3};
  timers.arm(a, at(30));
  timers.arm(b, at(10));
  timers.arm(c, at(20));
  EXPECT_EQ(timers.next(), at(10));
  EXPECT_EQ(timers.run(at(25), 10), 2U);
  EXPECT_EQ(log, (std::vector{2, 3}));
  EXPECT_EQ(timers.next(), at(30));
}

TEST(Timers, ADeadlineMovesWithoutLeavingTheOldOneBehind) {
  std::vector<int> log;
  Timers timers;
  Recorder a{log, 1};
  timers.arm(a, at(10));
  timers.arm(a, at(50));
  EXPECT_EQ(timers.run(at(49), 10), 0U);
  timers.arm(a, at(20));
  EXPECT_EQ(timers.run(at(20), 10), 1U);
  EXPECT_EQ(timers.size(), 0U);
  EXPECT_EQ(a.armed_at(), std::nullopt);
}

TEST(Timers, RunNoMoreThanTheLimit) {
  std::vector<int> log;
  Timers timers;
  Recorder a{log, 1}, b{log, 2};
  timers.arm(a, at(1));
  timers.arm(b, at(2));
  EXPECT_EQ(timers.run(at(9), 1), 1U);
  EXPECT_EQ(log, (std::vector{1}));
}

TEST(Timers, ATimerThatIsDestroyedIsForgotten) {
  std::vector<int> log;
  Timers timers;
  {
    Recorder a{log, 1};
    timers.arm(a, at(1));
  }
  EXPECT_EQ(timers.next(), std::nullopt);
}

TEST(Timers, KeepOrderThroughManyChanges) {
  constexpr unsigned kSeed = 20260101;
  std::mt19937 random{kSeed};
  std::vector<int> log;
  Timers timers;
  std::vector<std::unique_ptr<Recorder>> all;
  std::vector<int> deadlines;
  for (int i = 0; i < 200; ++i) {
    all.push_back(std::make_unique<Recorder>(log, i));
    deadlines.push_back(static_cast<int>(random() % 1000));
    timers.arm(*all.back(), at(deadlines.back()));
  }
  for (int i = 0; i < 500; ++i) {
    const std::size_t which = random() % all.size();
    if (random() % 3 == 0) {
      timers.disarm(*all[which]);
      deadlines[which] = -1;
    } else {
      deadlines[which] = static_cast<int>(random() % 1000);
      timers.arm(*all[which], at(deadlines[which]));
    }
  }
  timers.run(at(2000), 1000);
  std::vector<int> seen;
  for (const int number : log) seen.push_back(deadlines[static_cast<std::size_t>(number)]);
  std::vector<int> expected;
  for (const int deadline : deadlines) {
    if (deadline >= 0) expected.push_back(deadline);
  }
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(seen, expected) << "seed " << kSeed;
}

}  // namespace
}  // namespace core
