#include "core/memory/block.h"

#include <gtest/gtest.h>

#include <string>
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
  const std::size_t many = 2 * Block::kKeptOfASizeMax / (kSize + sizeof(Block));
  std::vector<Block*> blocks;
  for (std::size_t i = 0; i < many; ++i) blocks.push_back(Block::allocate(kSize));
  for (Block* block : blocks) block->release();
  // The first half was kept, last in first out; what came later went back to the heap.
  EXPECT_EQ(Block::allocate(kSize), blocks[many / 2 - 1]);
  blocks[many / 2 - 1]->release();
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
