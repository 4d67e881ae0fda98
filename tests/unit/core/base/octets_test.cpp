#include "core/base/octets.h"

#include <gtest/gtest.h>

#include <array>

namespace core {
namespace {

TEST(Octets, BigEndianIntegersReadBackAsWritten) {
  std::array<std::byte, 8> octets{};
  store_big<std::uint32_t>(octets.data(), 0x01020384U);
  EXPECT_EQ(octets[0], std::byte{1});
  EXPECT_EQ(octets[3], std::byte{0x84});
  EXPECT_EQ(load_big<std::uint32_t>(octets), 0x01020384U);

  store_big<std::uint64_t>(octets.data(), 0xFEDCBA9876543210U);
  EXPECT_EQ(load_big<std::uint64_t>(octets), 0xFEDCBA9876543210U);
  EXPECT_EQ(load_big<std::uint16_t>(octets), 0xFEDCU);
  EXPECT_EQ(load_big<std::uint8_t>(octets), 0xFEU);
}

TEST(Octets, TextIsSeenInPlace) {
  const std::string_view text = "abc";
  EXPECT_EQ(text_of(octets_of(text)).data(), text.data());
  EXPECT_EQ(octets_of(text)[2], std::byte{'c'});
}

}  // namespace
}  // namespace core
