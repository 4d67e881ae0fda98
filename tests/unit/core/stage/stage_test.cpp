#include "core/stage/stage.h"

#include <gtest/gtest.h>

namespace core {
namespace {

using namespace std::chrono_literals;

constexpr Instant kStart{1000s};

TEST(StageRecord, RemembersWhenEachStageWasReached) {
  StageRecord record;
  record.open(1, kStart);
  const StageMark mark{record};
  mark(Stage::matched, kStart + 5us);
  EXPECT_EQ(record.at(Stage::accepted), kStart);
  EXPECT_EQ(record.at(Stage::matched), kStart + 5us);
  EXPECT_EQ(record.at(Stage::delivered), std::nullopt);
}

TEST(StageRecord, MarksOfThePreviousRequestAreNotSeen) {
  StageRecord record;
  record.open(1, kStart);
  const StageMark old_mark{record};
  old_mark(Stage::delivered, kStart + 1us);
  record.open(2, kStart + 10us);
  EXPECT_EQ(record.at(Stage::delivered), std::nullopt);
  old_mark(Stage::acked, kStart + 11us);
  EXPECT_EQ(record.at(Stage::acked), std::nullopt);
}

TEST(StageRecord, AMarkThatAWholeRoundOfGenerationsLeftBehindIsNotSeen) {
  StageRecord record;
  record.open(1, kStart);
  StageMark{record}(Stage::delivered, kStart + 1us);
  record.open(1, kStart + 60s);
  EXPECT_EQ(record.at(Stage::delivered), std::nullopt);
}

TEST(StageMark, AnEmptyOneMarksNothing) {
  const StageMark mark;
  EXPECT_FALSE(mark);
  mark(Stage::acked, kStart);
}

}  // namespace
}  // namespace core
