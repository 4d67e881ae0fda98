#include "amqp/wire/frame.h"

#include <gtest/gtest.h>

#include "tests/unit/amqp/wire/octets.h"

namespace amqp::wire {
namespace {

using testing::hex;
using testing::octets;

constexpr FrameMax kMax{4096};

TEST(DecodeFrame, GivesWhatAFrameCarriesAndHowLongItIs) {
  const auto input = octets({3, 1, 2, 0, 0, 0, 2, 'h', 'i', 0xCE, 'n', 'e', 'x', 't'});
  const auto decoded = decode_frame(input, kMax);
  ASSERT_TRUE(decoded);
  ASSERT_TRUE(decoded->has_value());
  const DecodedFrame& frame = **decoded;
  EXPECT_EQ(frame.frame.type, FrameType::body);
  EXPECT_EQ(frame.frame.channel, ChannelId{0x0102});
  EXPECT_EQ(core::text_of(frame.frame.payload), "hi");
  EXPECT_EQ(frame.size, 10U);
}

TEST(DecodeFrame, WaitsForMoreAtEveryShorterLength) {
  const auto whole = octets({3, 0, 1, 0, 0, 0, 2, 'h', 'i', 0xCE});
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const auto decoded = decode_frame(core::Octets{whole}.first(length), kMax);
    ASSERT_TRUE(decoded) << "at length " << length;
    EXPECT_FALSE(decoded->has_value()) << "at length " << length;
  }
}

TEST(DecodeFrame, RefusesASizeBeyondFrameMaxAsSoonAsTheHeadIsIn) {
  const auto head = octets({3, 0, 1, 0, 0, 0x0F, 0xF9});  // 4089 and 8 are 4097
  const auto decoded = decode_frame(head, kMax);
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().code, kFrameError);
  EXPECT_FALSE(decoded.error().hang_up);
  EXPECT_FALSE(decode_frame(octets({1, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF}), kMax));
}

TEST(DecodeFrame, TakesAFrameOfExactlyFrameMax) {
  std::vector<std::byte> frame = octets({3, 0, 1, 0, 0, 0x0F, 0xF8});
  frame.resize(4095);
  frame.push_back(kFrameEnd);
  const auto decoded = decode_frame(frame, kMax);
  ASSERT_TRUE(decoded);
  ASSERT_TRUE(decoded->has_value());
  EXPECT_EQ((*decoded)->size, 4096U);
}

TEST(DecodeFrame, HangsUpOnAWrongFrameEnd) {
  const auto decoded = decode_frame(octets({3, 0, 1, 0, 0, 0, 1, 'h', 0xCF}), kMax);
  ASSERT_FALSE(decoded);
  EXPECT_TRUE(decoded.error().hang_up);
}

TEST(DecodeFrame, HangsUpOnAnUnknownType) {
  for (const int type : {0, 4, 5, 7, 9, 65, 255}) {
    const auto decoded = decode_frame(octets({type, 0, 0, 0, 0, 0, 0}), kMax);
    ASSERT_FALSE(decoded) << "type " << type;
    EXPECT_TRUE(decoded.error().hang_up);
  }
}

TEST(EncodeFrame, WritesWhatDecodeFrameReads) {
  core::Buffer out;
  encode_frame(FrameType::header, ChannelId{7}, core::octets_of("abc"), out);
  encode_heartbeat(out);
  EXPECT_EQ(hex(out), "02 00 07 00 00 00 03 61 62 63 ce 08 00 00 00 00 00 00 ce");
}

TEST(EncodeFrame, ComposesAFrameBehindOthersWhoseFrontHasBeenConsumed) {
  core::Buffer out;
  encode_heartbeat(out);
  out.consume(3);
  const std::size_t position = begin_frame(FrameType::body, ChannelId{1}, out);
  out.append("xy");
  end_frame(position, out);
  EXPECT_EQ(hex(out), "00 00 00 00 ce 03 00 01 00 00 00 02 78 79 ce");
}

TEST(ProtocolHeader, IsAmqpZeroNineOne) {
  EXPECT_EQ(hex(core::octets_of(kProtocolHeader)), "41 4d 51 50 00 00 09 01");
}

}  // namespace
}  // namespace amqp::wire
