#include "core/memory/block.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <thread>
#include <vector>

#include "core/memory/shared_bytes.h"

namespace core {
namespace {

TEST(Block, HasRoomForWhatWasAskedFor) {
  for (const std::size_t size : {0U, 1U, 47U, 48U, 49U, 1008U, 1009U, 4096U, 70'000U, 400'000U}) {
    Block* const block = Block::allocate(size);
    EXPECT_GE(block->capacity(), size);
    EXPECT_LE(block->capacity(), size + size / 4 + 64) << "wasteful for " << size;
    EXPECT_EQ(Block::of(block->data()), block);
    block->release();
  }
}

TEST(Block, FreedOnesAreHandedOutAgain) {
  if (!Block::kPooled) GTEST_SKIP() << "this build keeps no blocks";
  Block* const block = Block::allocate(100);
  block->release();
  Block* const again = Block::allocate(110);  // of the same rounded size
  EXPECT_EQ(again, block);
  again->release();
}

TEST(Block, IsFreedByItsLastOwnerOnly) {
  if (!Block::kPooled) GTEST_SKIP() << "this build keeps no blocks";
  Block* const block = Block::allocate(100);
  block->retain();
  block->release();
  Block* const other = Block::allocate(100);
  EXPECT_NE(other, block);
  block->release();
  other->release();
}

TEST(Block, WhatItKeepsGoesWithIt) {
  if (!Block::kPooled) GTEST_SKIP() << "this build keeps no blocks";
  Block* const kept = Block::allocate(5000);
  Block* const block = Block::allocate(100);
  block->keep(*kept);
  SharedBytes share = SharedBytes::within(*block, {block->data(), 1});
  block->release();
  Block* const fresh = Block::allocate(5000);
  EXPECT_NE(fresh, kept);  // the share still stands
  fresh->release();
  share = {};
  Block* const again = Block::allocate(5000);
  EXPECT_EQ(again, kept);
  again->release();
}

TEST(Block, AThreadKeepsABoundedNumberOfASize) {
  if (!Block::kPooled) GTEST_SKIP() << "this build keeps no blocks";
  constexpr std::size_t kSize = 1008;  // 1 KiB with its head
  const std::size_t before = Block::kept_here();
  std::vector<Block*> blocks;
  for (std::size_t bytes = 0; bytes < 4 * Block::kKeptOfASizeMax; bytes += 1024) {
    blocks.push_back(Block::allocate(kSize));
  }
  for (Block* block : blocks) block->release();
  EXPECT_LE(Block::kept_here(), before + Block::kKeptOfASizeMax);
  EXPECT_GE(Block::kept_here(), Block::kKeptOfASizeMax / 2);
}

TEST(Block, WhatOneThreadAllocatesAndAnotherFreesComesBack) {
  if (!Block::kPooled) GTEST_SKIP() << "this build keeps no blocks";
  constexpr std::size_t kSize = 20'000;
  std::set<Block*> known;
  const auto round = [&](std::size_t count) {
    std::vector<Block*> blocks;
    std::size_t seen = 0;
    for (std::size_t i = 0; i < count; ++i) blocks.push_back(Block::allocate(kSize));
    for (Block* block : blocks) {
      if (!known.insert(block).second) ++seen;
    }
    std::thread{[&] {
      for (Block* block : blocks) block->release();
    }}.join();
    return seen;
  };
  round(8);
  EXPECT_EQ(round(8), 8U);
}

TEST(BytesView, SharesTheBlockItLiesIn) {
  const SharedBytes whole = SharedBytes::copy_of(octets_of("hello world"));
  const BytesView view = whole;
  EXPECT_EQ(view.slice(6, 5).share().octets().data(), whole.octets().data() + 6);
}

TEST(BytesView, IsCopiedToBeSharedWhenItLiesInNoBlock) {
  std::string text = "hello";
  const SharedBytes shared = BytesView{octets_of(text)}.share();
  text = "other";
  EXPECT_EQ(shared.text(), "hello");
}

}  // namespace
}  // namespace core
