#include "tools/oriel/bench/load.h"

#include <gtest/gtest.h>

#include "tools/oriel/bench/ping_pong.h"

namespace oriel::bench {
namespace {

LoadPlan ping_plan(const PingPong& ping_pong) {
  LoadPlan plan;
  plan.target = ping_pong.target();
  plan.make_talk = [] { return make_ping_talk(); };
  plan.connections = 4;
  plan.duration = std::chrono::milliseconds{100};
  return plan;
}

/// Takes every second answer for another question's.
class Doubter final : public Talk {
 public:
  void ask(std::uint64_t number, std::string& out) override {
    odd_ = number % 2 == 1;
    inner_->ask(number, out);
  }
  Heard hear(core::Octets octets) override {
    const Heard heard = inner_->hear(octets);
    return heard == Heard::right && odd_ ? Heard::wrong : heard;
  }

 private:
  std::unique_ptr<Talk> inner_ = make_ping_talk();
  bool odd_ = false;
};

TEST(Load, ClosedLoopGetsEveryAnswer) {
  const PingPong ping_pong;
  LoadProgress progress;
  const LoadResult result = run_load(ping_plan(ping_pong), progress);
  EXPECT_EQ(result.failure, "");
  EXPECT_GT(result.right, 0U);
  EXPECT_EQ(result.errors(), 0U);
  EXPECT_EQ(result.latency.count(), result.right);
  EXPECT_GE(result.asked, result.right);
}

TEST(Load, AFixedRateAsksExactlyWhatIsDue) {
  const PingPong ping_pong;
  LoadPlan plan = ping_plan(ping_pong);
  plan.rate = 1000;
  plan.warm_up = std::chrono::milliseconds{50};
  LoadProgress progress;
  const LoadResult result = run_load(plan, progress);
  EXPECT_EQ(result.failure, "");
  EXPECT_EQ(result.asked, 150U);
  EXPECT_EQ(result.right, 100U);
  EXPECT_EQ(result.errors(), 0U);
}

TEST(Load, CountsAnswersToOtherQuestionsAsWrong) {
  const PingPong ping_pong;
  LoadPlan plan = ping_plan(ping_pong);
  plan.rate = 1000;
  plan.make_talk = [] { return std::make_unique<Doubter>(); };
  LoadProgress progress;
  const LoadResult result = run_load(plan, progress);
  EXPECT_EQ(result.right, 50U);
  EXPECT_EQ(result.wrong, 50U);
  EXPECT_EQ(result.errors(), 50U);
}

TEST(Load, SaysWhyThereIsNothingToMeasure) {
  LoadPlan plan;
  {
    const PingPong gone;
    plan = ping_plan(gone);
  }
  LoadProgress progress;
  EXPECT_NE(run_load(plan, progress).failure, "");
}

TEST(Load, StopsWhenItIsTold) {
  const PingPong ping_pong;
  LoadPlan plan = ping_plan(ping_pong);
  plan.duration = std::chrono::hours{1};
  LoadProgress progress;
  progress.stop = true;
  EXPECT_EQ(run_load(plan, progress).failure, "interrupted");
}

}  // namespace
}  // namespace oriel::bench
