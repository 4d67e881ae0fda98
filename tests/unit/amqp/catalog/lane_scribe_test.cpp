#include "amqp/catalog/lane_scribe.h"

#include <gtest/gtest.h>

#include <deque>
#include <string>

#include "amqp/catalog/memory_catalog.h"

namespace amqp::catalog {
namespace {

/// A lane and its post, moved by hand.
class HandLane final : public core::Lane, public core::LanePost {
 public:
  [[nodiscard]] bool submit(Job job) override {
    if (full) return false;
    jobs_.push_back(std::move(job));
    return true;
  }
  void send(core::ShardId to, core::Letter letter) override {
    EXPECT_EQ(to, core::kControlShard);
    letters_.push_back(std::move(letter));
  }
  void work() {
    ASSERT_FALSE(jobs_.empty());
    jobs_.front()();
    jobs_.pop_front();
  }
  void deliver() {
    ASSERT_FALSE(letters_.empty());
    letters_.front()();
    letters_.pop_front();
  }
  [[nodiscard]] std::size_t jobs() const { return jobs_.size(); }

  bool full = false;

 private:
  std::deque<Job> jobs_;
  std::deque<core::Letter> letters_;
};

/// Counts transactions.
class Counting final : public Catalog {
 public:
  core::Result<Contents, Error> load() override { return inner_.load(); }
  core::Result<void, Error> apply(std::span<const Change> changes) override {
    ++transactions;
    return inner_.apply(changes);
  }
  int transactions = 0;

 private:
  MemoryCatalog inner_;
};

class LaneScribeTest : public testing::Test {
 protected:
  /// Asks for a queue; its name is written down when it is there, with a `!` when it is refused.
  void ask(std::uint64_t key, const std::string& name) {
    scribe_.write(
        {PutQueue{{"/", name, store::QueueKey{key}, 0, false, {}}}},
        [this, name](core::Result<void, Error> result) { told_ += result ? name : name + "!"; });
  }

  Counting catalog_;
  HandLane lane_;
  LaneScribe scribe_{catalog_, lane_, lane_};
  std::string told_;
};

TEST_F(LaneScribeTest, TellsNobodyBeforeTheLaneHasWritten) {
  ask(1, "a");
  EXPECT_EQ(told_, "");
  lane_.work();
  EXPECT_EQ(told_, "");
  lane_.deliver();
  EXPECT_EQ(told_, "a");
  EXPECT_EQ(catalog_.load()->queues.size(), 1U);
}

TEST_F(LaneScribeTest, WritesInOneTransactionWhatCameWhileTheLaneWasAtWork) {
  ask(1, "a");
  ask(2, "b");
  ask(3, "c");
  EXPECT_EQ(lane_.jobs(), 1U);
  lane_.work();
  lane_.deliver();
  EXPECT_EQ(told_, "a");
  lane_.work();
  lane_.deliver();
  EXPECT_EQ(told_, "abc");
  EXPECT_EQ(catalog_.transactions, 2);
}

TEST_F(LaneScribeTest, OneThatFailsDoesNotTakeOthersWithIt) {
  ask(1, "a");
  ask(2, "a");
  ask(3, "b");
  lane_.work();
  lane_.deliver();
  lane_.work();
  lane_.deliver();
  EXPECT_EQ(told_, "aa!b");
  EXPECT_EQ(scribe_.failed(), 1U);
  EXPECT_EQ(catalog_.load()->queues.size(), 2U);
}

TEST_F(LaneScribeTest, RefusesWhenTheLaneTakesNoMore) {
  lane_.full = true;
  ask(1, "a");
  EXPECT_EQ(told_, "a!");
  lane_.full = false;
  ask(2, "b");
  lane_.work();
  lane_.deliver();
  EXPECT_EQ(told_, "a!b");
}

}  // namespace
}  // namespace amqp::catalog
