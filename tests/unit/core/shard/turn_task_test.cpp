#include "core/shard/turn_task.h"

namespace core {
namespace {

struct Recorder final : TurnTask {
  Recorder(std::vector<int>& into, int id) : log(into), number(id) {}
  void turn_ended(Instant) override {
    log.push_back(number);
    if (then) then();
  }
  std::vector<int>& log;
  int number;
  std::function<void()> then;
};

TEST(TurnTasks, RunOnceHoweverOftenTheyWereAskedFor) {
  std::vector<int> log;
  TurnTasks tasks;
  Recorder a{log, 1}, b{log, 2};
  tasks.add(a);
  tasks.add(b);
  tasks.add(a);
  EXPECT_EQ(tasks.run(Instant{}, 10), 2U);
  EXPECT_EQ(log, (std::vector{1, 2}));
  EXPECT_TRUE(tasks.empty());
}

TEST(TurnTasks, WhatATaskAddsRunsInTheSameTurn) {
  std::vector<int> log;
  TurnTasks tasks;
  Recorder a{log, 1}, b{log, 2};
  a.then = [&] { tasks.add(b); };
  tasks.add(a);
  EXPECT_EQ(tasks.run(Instant{}, 10), 2U);
  EXPECT_EQ(log, (std::vector{1, 2}));
}

TEST(TurnTasks, ATaskThatAsksForItselfAgainWaitsForTheNextTurn) {
  std::vector<int> log;
  TurnTasks tasks;
  Recorder greedy{log, 1}, other{log, 2};
  greedy.then = [&] { tasks.add(greedy); };
  other.then = [&] { tasks.add(greedy); };
  tasks.add(greedy);
  tasks.add(other);
  EXPECT_EQ(tasks.run(Instant{}, 10), 2U);
  EXPECT_EQ(log, (std::vector{1, 2}));
  EXPECT_EQ(tasks.size(), 1U);
  EXPECT_EQ(tasks.run(Instant{}, 10), 1U);
  EXPECT_EQ(log, (std::vector{1, 2, 1}));
}

TEST(TurnTasks, LeaveTheRestToTheNextTurn) {
  std::vector<int> log;
  TurnTasks tasks;
  Recorder a{log, 1}, b{log, 2}, c{log, 3};
  for (auto* task : {&a, &b, &c}) tasks.add(*task);
  EXPECT_EQ(tasks.run(Instant{}, 2), 2U);
  EXPECT_EQ(tasks.size(), 1U);
  EXPECT_EQ(tasks.run(Instant{}, 2), 1U);
  EXPECT_EQ(log, (std::vector{1, 2, 3}));
}

TEST(TurnTasks, ATaskThatIsDestroyedWithdraws) {
  std::vector<int> log;
  TurnTasks tasks;
  Recorder a{log, 1};
  {
    Recorder b{log, 2};
    tasks.add(b);
    tasks.add(a);
  }
  EXPECT_EQ(tasks.run(Instant{}, 10), 1U);
  EXPECT_EQ(log, (std::vector{1}));
}

TEST(TurnTasks, ATaskMovesFromOneListToAnother) {
  std::vector<int> log;
  TurnTasks later;
  TurnTasks now;
  Recorder a{log, 1};
  later.add(a);
  now.add(a);
  EXPECT_EQ(later.run(Instant{}, 10), 0U);
  EXPECT_EQ(now.run(Instant{}, 10), 1U);
}

}  // namespace
}  // namespace core
