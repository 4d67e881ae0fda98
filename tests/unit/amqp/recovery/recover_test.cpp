#include "amqp/recovery/recover.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "tests/unit/amqp/recovery/recovery_world.h"

namespace amqp::recovery {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Recover, FindsNothingInAnEmptyHouse) {
  RecoveryWorld world;
  const Recovered found = world.recovered(2);
  EXPECT_EQ(found.logs.size(), 2U);
  EXPECT_THAT(found.contents.queues, IsEmpty());
  EXPECT_EQ(found.last_key, store::QueueKey{});
}

TEST(Recover, GivesEachShardItsMessages) {
  RecoveryWorld world;
  world.put(catalog::PutQueue{world.queue("a", 1, 0)});
  world.put(catalog::PutQueue{world.queue("b", 2, 1)});
  world.append(0, 1, {"a1", "a2"});
  world.append(1, 2, {"b1"});
  const Recovered found = world.recovered(2);
  EXPECT_THAT(world.bodies(found, 0, store::QueueKey{1}), ElementsAre("a1", "a2"));
  EXPECT_THAT(world.bodies(found, 1, store::QueueKey{2}), ElementsAre("b1"));
  EXPECT_THAT(found.moved, IsEmpty());
}

TEST(Recover, KeysGoOnAboveTheLargestInCatalogAndLogs) {
  RecoveryWorld world;
  world.put(catalog::PutQueue{world.queue("a", 5, 0)});
  world.append(0, 9, {"of a queue that is gone"});
  EXPECT_EQ(world.recovered(1).last_key, store::QueueKey{9});
}

TEST(Recover, MoreShardsMoveNothing) {
  RecoveryWorld world;
  world.put(catalog::PutQueue{world.queue("a", 1, 0)});
  world.append(0, 1, {"a1"});
  const Recovered found = world.recovered(4);
  EXPECT_THAT(found.moved, IsEmpty());
  EXPECT_THAT(world.bodies(found, 0, store::QueueKey{1}), ElementsAre("a1"));
}

/// Three queues on three of four shards.
struct FourShards {
  FourShards() {
    world.put(catalog::PutQueue{world.queue("stays", 1, 0)});
    world.put(catalog::PutQueue{world.queue("goes", 2, 3)});
    world.put(catalog::PutQueue{world.queue("goes too", 3, 2)});
    world.append(0, 1, {"s1"});
    world.append(3, 2, {"g1", "g2", "g3"});
    world.append(2, 3, {"t1"});
  }
  /// Every message is there once, wherever its queue lives now.
  void expect_all(const Recovered& found) {
    ASSERT_EQ(found.contents.queues.size(), 3U);
    const std::vector<std::vector<std::string>> expected{{"s1"}, {"g1", "g2", "g3"}, {"t1"}};
    std::size_t live = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      const catalog::Queue& queue = found.contents.queues[i];
      ASSERT_LT(queue.home, found.logs.size());
      EXPECT_EQ(world.bodies(found, queue.home, queue.key), expected[i]) << queue.name;
      live += expected[i].size();
    }
    EXPECT_EQ(live, 5U);
  }

  RecoveryWorld world;
};

class FewerShards : public testing::Test, protected FourShards {};

TEST_F(FewerShards, QueuesMoveWithTheirMessagesAndTheOldLogsAreGone) {
  const Recovered found = world.recovered(2);
  expect_all(found);
  EXPECT_EQ(found.contents.queues[1].home, 1);
  EXPECT_EQ(found.contents.queues[2].home, 0);
  ASSERT_EQ(found.moved.size(), 2U);
  EXPECT_EQ(found.moved[0].name, "goes");
  EXPECT_EQ(found.moved[0].messages, 3U);
  EXPECT_FALSE(world.files.list("log/3").has_value());
  EXPECT_GT(found.last_key, store::QueueKey{3});
}

TEST_F(FewerShards, TheNextStartFindsThemWhereTheyWent) {
  expect_all(world.recovered(2));
  const Recovered again = world.recovered(2);
  expect_all(again);
  EXPECT_THAT(again.moved, IsEmpty());
  expect_all(world.recovered(4));
  expect_all(world.recovered(1));
}

TEST_F(FewerShards, KeepTheirPlacesAndMarks) {
  world.with_log(
      3, [](store::MessageLog& log) { log.given_out(store::QueueKey{2}, port::QueuePosition{2}); });
  const Recovered found = world.recovered(2);
  const catalog::Queue& queue = found.contents.queues[1];
  for (const store::RecoveredQueue& recovered : found.logs[1].queues) {
    if (recovered.key != queue.key) continue;
    ASSERT_EQ(recovered.live.size(), 3U);
    EXPECT_EQ(recovered.live[2].position, port::QueuePosition{3});
    EXPECT_TRUE(recovered.live[1].maybe_given_out);
    EXPECT_FALSE(recovered.live[2].maybe_given_out);
  }
}

TEST_F(FewerShards, ACrashAnywhereInTheMoveLosesAndDoublesNothing) {
  std::mt19937_64 random{7};
  const auto dice = [&](std::uint64_t below) { return random() % below; };
  for (std::uint64_t changes = 0; changes < 40; ++changes) {
    FourShards house;
    house.world.files.die_after(changes);
    const auto died = recover(house.world.where(2));
    const bool whole = !house.world.files.dead();
    house.world.files.crash(dice);
    house.expect_all(house.world.recovered(changes % 2 == 0 ? 2 : 4));
    if (whole) {
      ASSERT_TRUE(died);
      return;
    }
  }
  FAIL() << "the move never came to its end";
}

}  // namespace
}  // namespace amqp::recovery
