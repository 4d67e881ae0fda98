#include <gtest/gtest.h>

#include <array>

#include "amqp/wire/frame.h"
#include "tests/unit/amqp/wire/octets.h"

namespace amqp::wire {
namespace {

using testing::hex;
using testing::octets;

TEST(ContentHeader, GivesClassSizeAndTheOctetsOfTheProperties) {
  const auto payload =
      octets({0, 60, 0, 0, 0, 0, 0, 1, 0, 0, 0, 5, 0x80, 0, 4, 't', 'e', 'x', 't'});
  const auto header = decode_content_header(payload);
  ASSERT_TRUE(header);
  EXPECT_EQ(header->class_id, kBasicClass);
  EXPECT_EQ(header->body_size, 0x1'0000'0005U);
  EXPECT_EQ(hex(header->properties), "80 00 04 74 65 78 74");
}

TEST(ContentHeader, EncodesBackToTheSameOctets) {
  const auto properties = octets({0x10, 0, 2});
  core::Buffer out;
  encode_content_header(ChannelId{3}, {kBasicClass, 258, properties}, out);
  EXPECT_EQ(hex(out), "02 00 03 00 00 00 0f 00 3c 00 00 00 00 00 00 00 00 01 02 10 00 02 ce");
}

TEST(ContentHeader, RefusesAWeight) {
  const auto header = decode_content_header(octets({0, 60, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
  ASSERT_FALSE(header);
  EXPECT_EQ(header.error().code, kUnexpectedFrame);
}

TEST(ContentHeader, RefusesTheContinuationFlagAndTheOneAboveIt) {
  for (const int flags : {1, 2, 3}) {
    const auto payload = octets({0, 60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, flags});
    const auto header = decode_content_header(payload);
    ASSERT_FALSE(header) << flags;
    EXPECT_EQ(header.error().code, kSyntaxError);
  }
}

TEST(ContentHeader, RefusesEveryShorterLength) {
  const auto whole = octets({0, 60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
  ASSERT_TRUE(decode_content_header(whole));
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(decode_content_header(core::Octets{whole}.first(length))) << length;
  }
}

std::string body_frames_of(std::size_t size, FrameMax frame_max) {
  const std::string body(size, 'b');
  core::Output out;
  encode_body(ChannelId{1}, core::SharedBytes::copy_of(core::octets_of(body)), frame_max, out);
  std::string all;
  while (!out.empty()) {
    std::array<iovec, 8> parts{};
    const std::size_t used = out.gather(parts);
    std::size_t taken = 0;
    for (std::size_t i = 0; i < used; ++i) {
      all.append(static_cast<const char*>(parts[i].iov_base), parts[i].iov_len);
      taken += parts[i].iov_len;
    }
    out.consume(taken);
  }
  return all;
}

TEST(EncodeBody, WritesNoFrameForAnEmptyBody) { EXPECT_EQ(body_frames_of(0, FrameMax{4096}), ""); }

TEST(EncodeBody, SplitsAtFrameMaxAndLosesNothing) {
  const FrameMax frame_max{4096};
  for (const std::size_t size : {1U, 512U, 513U, 4087U, 4088U, 4089U, 8176U, 10000U}) {
    const std::string all = body_frames_of(size, frame_max);
    std::size_t body_size = 0;
    for (core::Octets rest = core::octets_of(all); !rest.empty();) {
      const auto decoded = decode_frame(rest, frame_max);
      ASSERT_TRUE(decoded && decoded->has_value()) << size;
      EXPECT_EQ((*decoded)->frame.type, FrameType::body);
      const std::string_view piece = core::text_of((*decoded)->frame.payload);
      EXPECT_EQ(piece.find_first_not_of('b'), std::string_view::npos);
      EXPECT_FALSE(piece.empty());
      body_size += piece.size();
      rest = rest.subspan((*decoded)->size);
    }
    EXPECT_EQ(body_size, size);
  }
}

}  // namespace
}  // namespace amqp::wire
