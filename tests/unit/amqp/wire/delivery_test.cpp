#include "amqp/wire/delivery.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>

namespace amqp::wire {
namespace {

std::string all_of(const core::Output& output) {
  std::array<iovec, 64> parts{};
  std::string text;
  const std::size_t used = output.gather(parts);
  for (std::size_t i = 0; i < used; ++i) {
    text.append(static_cast<const char*>(parts[i].iov_base), parts[i].iov_len);
  }
  return text;
}

std::string in_pieces(ChannelId channel, const BasicDeliverView& method, core::Octets properties,
                      const core::BytesView& body, FrameMax frame_max) {
  core::Output out;
  encode_method_frame(channel, method, out.tail());
  encode_content_header(channel, {kBasicClass, body.size(), properties}, out.tail());
  encode_body(channel, body, frame_max, out);
  return all_of(out);
}

TEST(EncodeDelivery, GivesTheOctetsThatItsPiecesGive) {
  std::mt19937 random{7};
  constexpr std::size_t kCopyMax = core::Output::kCopyMax;
  constexpr FrameMax kFrameMax{4096};
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, std::size_t{1000}, std::size_t{4088}, std::size_t{4089},
        kCopyMax, kCopyMax + 1, 3 * kCopyMax}) {
    for (int round = 0; round < 20; ++round) {
      const std::string tag(random() % 256, 't');
      const std::string exchange(random() % 256, 'e');
      const std::string key(random() % 256, 'k');
      const std::string properties(2 + random() % 500, 'p');
      const auto body = core::SharedBytes::copy_of(core::octets_of(std::string(size, 'b')));
      const BasicDeliverView method{tag, random(), random() % 2 == 0, exchange, key};
      const ChannelId channel{static_cast<std::uint16_t>(random())};
      core::Output out;
      encode_delivery(channel, method, core::octets_of(properties), body, kFrameMax, out);
      ASSERT_EQ(all_of(out),
                in_pieces(channel, method, core::octets_of(properties), body, kFrameMax))
          << "a body of " << size;
    }
  }
}

TEST(EncodeDelivery, LeavesALargeBodyWhereItIs) {
  const std::size_t size = core::Output::kCopyMax + 1;
  const auto body = core::SharedBytes::copy_of(core::octets_of(std::string(size, 'b')));
  core::Output out;
  encode_delivery(ChannelId{1}, {}, core::octets_of("\0\0"), body, FrameMax{131072}, out);
  std::array<iovec, 4> parts{};
  ASSERT_EQ(out.gather(parts), 3U);
  EXPECT_EQ(parts[1].iov_base, body.octets().data());
}

TEST(EncodeDeliveryDeathTest, ATextLongerThanAShortStringIsOurMistake) {
  const std::string key(256, 'k');
  core::Output out;
  EXPECT_DEATH(encode_delivery(ChannelId{1}, {"", 1, false, "", key}, {}, {}, FrameMax{4096}, out),
               "kShortStringMax");
}

}  // namespace
}  // namespace amqp::wire
