#include "core/post/ring.h"

#include <thread>

#include "core/post/letter.h"

namespace core {
namespace {

TEST(Ring, GivesValuesInTheOrderTheyCame) {
  Ring<int> ring{4};
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(ring.try_push(int{i}));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(ring.take(), i);
  EXPECT_EQ(ring.take(), std::nullopt);
}

TEST(Ring, RoundsItsCapacityUpToAPowerOfTwo) {
  EXPECT_EQ(Ring<int>{1}.capacity(), 1U);
  EXPECT_EQ(Ring<int>{5}.capacity(), 8U);
}

TEST(Ring, WhatAFullRingDoesNotTakeStaysWithTheWriter) {
  Ring<std::unique_ptr<int>> ring{2};
  ASSERT_TRUE(ring.try_push(std::make_unique<int>(1)));
  ASSERT_TRUE(ring.try_push(std::make_unique<int>(2)));
  auto kept = std::make_unique<int>(3);
  EXPECT_FALSE(ring.try_push(std::move(kept)));
  ASSERT_NE(kept, nullptr);

  EXPECT_EQ(**ring.take(), 1);
  EXPECT_TRUE(ring.try_push(std::move(kept)));
  EXPECT_EQ(**ring.take(), 2);
  EXPECT_EQ(**ring.take(), 3);
}

TEST(Ring, KeepsOrderWhileItGoesRoundManyTimes) {
  Ring<int> ring{4};
  int pushed = 0;
  int taken = 0;
  for (int round = 0; round < 100; ++round) {
    while (ring.try_push(int{pushed})) ++pushed;
    for (int i = 0; i <= round % 4; ++i) {
      ASSERT_EQ(ring.take(), taken);
      ++taken;
    }
  }
  EXPECT_GT(taken, 200);
}

TEST(Ring, AValueStaysInPlaceBetweenFrontAndPop) {
  Ring<int> ring{2};
  EXPECT_EQ(ring.front(), nullptr);
  ASSERT_TRUE(ring.try_push(7));
  ASSERT_NE(ring.front(), nullptr);
  EXPECT_EQ(ring.front(), ring.front());
  EXPECT_EQ(*ring.front(), 7);
  EXPECT_EQ(ring.size_about(), 1U);
  EXPECT_FALSE(ring.empty_for_sure());
  ring.pop();
  EXPECT_TRUE(ring.empty_for_sure());
}

TEST(Ring, DestroysWhatNobodyTook) {
  const auto witness = std::make_shared<int>(1);
  {
    Ring<Letter> ring{4};
    ASSERT_TRUE(ring.try_push([witness] {}));
    ASSERT_TRUE(ring.try_push([witness] {}));
    EXPECT_EQ(witness.use_count(), 3);
  }
  EXPECT_EQ(witness.use_count(), 1);
}

TEST(Ring, ALetterIsTwoCacheLines) { EXPECT_EQ(sizeof(Letter), 128U); }

TEST(Ring, CarriesEveryLetterOnceAndInOrderBetweenTwoThreads) {
  constexpr std::uint64_t kLetters = 1'000'000;
  Ring<Letter> ring{256};
  std::uint64_t next = 0;  // the reader's: letters run there
  std::uint64_t wrong = 0;

  std::thread writer{[&] {
    for (std::uint64_t i = 0; i < kLetters; ++i) {
      Letter letter{[&next, &wrong, i] { wrong += (next++ == i) ? 0U : 1U; }};
      while (!ring.try_push(std::move(letter))) std::this_thread::yield();
    }
  }};
  while (next < kLetters) {
    if (Letter* letter = ring.front(); letter != nullptr) {
      (*letter)();
      ring.pop();
    } else {
      std::this_thread::yield();
    }
  }
  writer.join();
  EXPECT_EQ(wrong, 0U);
  EXPECT_EQ(ring.take().has_value(), false);
}

}  // namespace
}  // namespace core
