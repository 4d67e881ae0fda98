#include "amqp/wire/properties.h"

#include <gtest/gtest.h>

#include "tests/unit/amqp/wire/octets.h"

namespace amqp::wire {
namespace {

using testing::hex;
using testing::octets;

Properties all_of_them() {
  Properties all;
  all.content_type = "text/plain";
  all.content_encoding = "gzip";
  all.headers.emplace().set("k", FieldValue::int32(7));
  all.delivery_mode = std::uint8_t{2};
  all.priority = std::uint8_t{9};
  all.correlation_id = "correlation";
  all.reply_to = "replies";
  all.expiration = "60000";
  all.message_id = "message";
  all.timestamp = 1'700'000'000U;
  all.type = "type";
  all.user_id = "guest";
  all.app_id = "app";
  all.cluster_id = "cluster";
  return all;
}

core::Buffer encoded(const Properties& properties) {
  core::Buffer out;
  encode_properties(properties, out);
  return out;
}

TEST(Properties, AllFourteenComeBack) {
  const core::Buffer octets_of_all = encoded(all_of_them());
  EXPECT_EQ(hex(octets_of_all).substr(0, 5), "ff fc");
  const auto decoded = decode_properties(octets_of_all.octets());
  ASSERT_TRUE(decoded) << decoded.error().text;
  EXPECT_EQ(*decoded, all_of_them());
}

TEST(Properties, EachAloneHasItsOwnFlagAndComesBack) {
  for (int kept = 0; kept < kPropertyCount; ++kept) {
    Properties one = all_of_them();
    Properties::fields(one, [kept](auto&... properties) {
      int index = 0;
      ((index++ == kept ? void() : properties.reset()), ...);
    });
    const core::Buffer out = encoded(one);
    EXPECT_EQ(core::load_big<std::uint16_t>(out.octets()), 0x8000U >> kept);
    const auto decoded = decode_properties(out.octets());
    ASSERT_TRUE(decoded);
    EXPECT_EQ(*decoded, one);
  }
}

TEST(Properties, NoneAtAllAreTwoOctets) {
  EXPECT_EQ(hex(encoded({})), "00 00");
  const auto decoded = decode_properties(octets({0, 0}));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(*decoded, Properties{});
}

TEST(Properties, TheContinuationFlagIsAnError) {
  EXPECT_FALSE(decode_properties(octets({0, 1, 0, 0})));
  EXPECT_FALSE(decode_properties(octets({0, 1})));
  EXPECT_FALSE(decode_properties(octets({0, 2})));
}

TEST(Properties, AreRefusedAtEveryShorterAndAtALongerLength) {
  core::Buffer whole = encoded(all_of_them());
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(decode_properties(whole.octets().first(length))) << "at length " << length;
    EXPECT_FALSE(view_properties(whole.octets().first(length))) << "at length " << length;
  }
  whole.append("x");
  EXPECT_FALSE(decode_properties(whole.octets()));
  EXPECT_FALSE(view_properties(whole.octets()));
}

TEST(PropertiesView, SeesTheSameInPlace) {
  const core::Buffer out = encoded(all_of_them());
  const auto view = view_properties(out.octets());
  ASSERT_TRUE(view);
  EXPECT_EQ(view->correlation_id, "correlation");
  EXPECT_EQ(view->cluster_id, "cluster");
  EXPECT_EQ(view->timestamp, 1'700'000'000U);
  ASSERT_TRUE(view->headers);
  const auto headers = decode_table(view->headers->octets);
  ASSERT_TRUE(headers);
  EXPECT_EQ(*headers, *all_of_them().headers);
}

}  // namespace
}  // namespace amqp::wire
