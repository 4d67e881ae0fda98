#include "core/shard/thread_lane.h"

#include <future>

namespace core {
namespace {

TEST(ThreadLane, RunsJobsInOrderOnAThreadOfItsOwn) {
  ThreadLane lane{"test"};
  lane.start();
  std::vector<int> ran;
  std::thread::id where;
  std::promise<void> done;
  EXPECT_TRUE(lane.submit([&] { ran.push_back(1); }));
  EXPECT_TRUE(lane.submit([&] { ran.push_back(2); }));
  EXPECT_TRUE(lane.submit([&] {
    where = std::this_thread::get_id();
    done.set_value();
  }));
  done.get_future().wait();
  EXPECT_EQ(ran, (std::vector{1, 2}));
  EXPECT_NE(where, std::this_thread::get_id());
}

TEST(ThreadLane, RefusesMoreThanItsQueueHolds) {
  ThreadLane lane{"test", 2};  // not started: nothing leaves the queue
  EXPECT_TRUE(lane.submit([] {}));
  EXPECT_TRUE(lane.submit([] {}));
  EXPECT_FALSE(lane.submit([] {}));
}

TEST(ThreadLane, FinishesWhatItTookBeforeItStops) {
  int ran = 0;
  {
    ThreadLane lane{"test"};
    for (int i = 0; i < 100; ++i) ASSERT_TRUE(lane.submit([&ran] { ++ran; }));
    lane.start();
    lane.stop();
    EXPECT_FALSE(lane.submit([&ran] { ++ran; }));
  }
  EXPECT_EQ(ran, 100);
}

TEST(ThreadLane, FinishesWhatItTookAlsoWhenItIsAlert) {
  int ran = 0;
  {
    ThreadLane lane{"test"};
    lane.be_alert(true);
    lane.start();
    for (int i = 0; i < 100; ++i) {
      std::promise<void> done;
      ASSERT_TRUE(lane.submit([&] {
        ++ran;
        done.set_value();
      }));
      done.get_future().wait();
    }
  }
  EXPECT_EQ(ran, 100);
}

}  // namespace
}  // namespace core
