#include "amqp/session/receive_buffer.h"

#include <gtest/gtest.h>

#include <cstring>

namespace amqp::session {
namespace {

constexpr std::size_t kMax = 1'000'000;

void fill(ReceiveBuffer& buffer, std::size_t size) {
  const auto space = buffer.space(kMax);
  ASSERT_GE(space.size(), size);
  std::memset(space.data(), 'x', size);
  buffer.filled(size);
}

TEST(ReceiveBuffer, KeepsWhatIsNotUsedUp) {
  ReceiveBuffer buffer;
  fill(buffer, 10);
  buffer.consume(4);
  fill(buffer, 5);
  EXPECT_EQ(buffer.octets().size(), 11U);
}

TEST(ReceiveBuffer, OffersNoMoreThanTheMaximum) {
  ReceiveBuffer buffer;
  EXPECT_EQ(buffer.space(100).size(), 100U);
  buffer.filled(60);
  EXPECT_EQ(buffer.space(100).size(), 40U);
  buffer.filled(40);
  EXPECT_TRUE(buffer.space(100).empty());
}

TEST(ReceiveBuffer, OffersBusyPeersMoreAndQuietOnesLess) {
  ReceiveBuffer buffer;
  const std::size_t quiet = buffer.space(kMax).size();
  for (int i = 0; i < 10; ++i) {
    fill(buffer, buffer.space(kMax).size());
    buffer.clear();
  }
  EXPECT_GT(buffer.space(kMax).size(), 130'000U);
  for (int i = 0; i < 10; ++i) {
    fill(buffer, 1);
    buffer.clear();
  }
  EXPECT_EQ(buffer.space(kMax).size(), quiet);
}

TEST(ReceiveBuffer, LeavesConsumedOctetsInPlaceUntilTheTurnIsOver) {
  ReceiveBuffer buffer;
  fill(buffer, 10);
  const core::Octets octets = buffer.octets();
  buffer.consume(10);
  EXPECT_EQ(octets.front(), std::byte{'x'});  // the address sanitizer would tell
  EXPECT_EQ(core::Block::of(octets.data()), buffer.block());
  buffer.rest();
  EXPECT_EQ(buffer.block(), nullptr);
}

TEST(ReceiveBuffer, AskingTwiceMovesNothing) {
  ReceiveBuffer buffer;
  fill(buffer, 7);
  const auto first = buffer.space(kMax);
  const auto second = buffer.space(kMax);
  EXPECT_EQ(first.data(), second.data());
}

}  // namespace
}  // namespace amqp::session
