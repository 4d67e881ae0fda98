#include "amqp/broker/slot_line.h"

#include <gtest/gtest.h>

namespace amqp::broker {
namespace {

constexpr std::uint64_t kSlots = Chunk::kSlots;

void occupy(SlotLine& line, std::uint64_t position) {
  line.occupy(position).state = SlotState::ready;
}

TEST(SlotLine, FindsWhatIsInUseAndNothingElse) {
  SlotPool pool;
  SlotLine line{pool};
  for (std::uint64_t position = 10; position < 10 + 5 * kSlots; ++position) occupy(line, position);
  EXPECT_EQ(line.find(9), nullptr);
  EXPECT_NE(line.find(10), nullptr);
  EXPECT_NE(line.find(9 + 5 * kSlots), nullptr);
  EXPECT_EQ(line.find(10 + 5 * kSlots), nullptr);
  line.vacate(100);
  EXPECT_EQ(line.find(100), nullptr);
  EXPECT_NE(line.find(101), nullptr);
}

TEST(SlotLine, ChunkGoesWithItsLastSlotWhereverItIs) {
  SlotPool pool;
  SlotLine line{pool};
  for (std::uint64_t position = 0; position < 5 * kSlots; ++position) occupy(line, position);
  EXPECT_EQ(line.chunk_count(), 5U);
  for (std::uint64_t position = kSlots; position < 4 * kSlots; ++position) line.vacate(position);
  EXPECT_EQ(line.chunk_count(), 2U);
  EXPECT_NE(line.find(0), nullptr);
  EXPECT_EQ(line.find(2 * kSlots), nullptr);
  EXPECT_NE(line.find(4 * kSlots), nullptr);
  for (std::uint64_t position = 0; position < kSlots; ++position) line.vacate(position);
  EXPECT_NE(line.find(5 * kSlots - 1), nullptr);
  EXPECT_EQ(line.chunk_count(), 1U);
}

TEST(SlotLine, PositionLongGoneCanBeUsedAgain) {
  SlotPool pool;
  SlotLine line{pool};
  occupy(line, 10 * kSlots);
  occupy(line, 3);
  occupy(line, 5 * kSlots);
  std::vector<std::uint64_t> seen;
  line.each([&](std::uint64_t position, const Slot&) { seen.push_back(position); });
  EXPECT_EQ(seen, (std::vector<std::uint64_t>{3, 5 * kSlots, 10 * kSlots}));
}

TEST(SlotLine, ManyChunksComeAndGoWithoutLosingTheirPlaces) {
  SlotPool pool;
  SlotLine line{pool};
  std::uint64_t oldest = 0;
  for (std::uint64_t position = 0; position < 200 * kSlots; ++position) {
    occupy(line, position);
    if (position >= 10 * kSlots) line.vacate(oldest++);
    ASSERT_NE(line.find(oldest), nullptr);
    ASSERT_NE(line.find(position), nullptr);
    ASSERT_LE(line.chunk_count(), 12U);
  }
}

}  // namespace
}  // namespace amqp::broker
