#include "registry/match/engine/state_memo.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace registry::match::engine {
namespace {

using State = std::vector<std::uint32_t>;

TEST(StateMemo, NamesAStateTheSameEveryTime) {
  StateMemo memo;
  memo.clear();
  const std::uint32_t one = memo.find_or_add(State{1, 7});
  const std::uint32_t other = memo.find_or_add(State{1, 8});
  EXPECT_NE(one, other);
  EXPECT_EQ(memo.find_or_add(State{1, 7}), one);
  EXPECT_EQ(memo.find_or_add(State{1, 8}), other);
}

TEST(StateMemo, KeepsWhatHasFailedWithItsEnd) {
  StateMemo memo;
  memo.clear();
  const std::uint32_t one = memo.find_or_add(State{1, 7});
  EXPECT_FALSE(memo.has_failed(one));
  memo.fail(one, 0);
  EXPECT_TRUE(memo.has_failed(one));
  EXPECT_EQ(memo.end_of(one), 0U);
  EXPECT_EQ(memo.state(one, 2)[1], 7U);
  EXPECT_FALSE(memo.has_failed(memo.find_or_add(State{1, 8})));
}

TEST(StateMemo, ForgetsAll) {
  StateMemo memo;
  memo.clear();
  memo.fail(memo.find_or_add(State{1, 7}), 3);
  memo.clear();
  EXPECT_FALSE(memo.has_failed(memo.find_or_add(State{1, 7})));
}

TEST(StateMemo, KnowsTheFirstStatesAndNoMoreThanItHasRoomFor) {
  StateMemo memo;
  memo.clear();
  std::size_t known = 0;
  for (std::uint32_t i = 0; i < 2 * StateMemo::kStatesMax; ++i) {
    const std::uint32_t name = memo.find_or_add(std::array{1U, i});
    if (name == StateMemo::kUnknown) continue;
    ++known;
    memo.fail(name, i);
  }
  EXPECT_GT(known, StateMemo::kStatesMax / 2);
  EXPECT_LE(known, StateMemo::kStatesMax);
  const std::uint32_t first = memo.find_or_add(State{1, 0});
  ASSERT_NE(first, StateMemo::kUnknown);
  EXPECT_EQ(memo.end_of(first), 0U);
}

TEST(StateMemo, KeepsToItsWords) {
  StateMemo memo;
  memo.clear();
  State state(1'000, 0);
  std::size_t known = 0;
  for (; state[1] < 3'000; ++state[1]) {
    if (memo.find_or_add(state) != StateMemo::kUnknown) ++known;
  }
  EXPECT_EQ(known, StateMemo::kWordsMax / (state.size() + 1));
}

}  // namespace
}  // namespace registry::match::engine
