#include "http/message/authorization.h"

#include <gtest/gtest.h>

namespace http::message {
namespace {

Headers with(std::initializer_list<std::string_view> fields) {
  Headers headers;
  for (const std::string_view field : fields) headers.add("Authorization", field);
  return headers;
}

TEST(Authorization, IsWhatFollowsItsSchemeInAnyCase) {
  EXPECT_EQ(authorization(with({"Basic YTpi"}), "Basic"), "YTpi");
  EXPECT_EQ(authorization(with({"bAsIc   YTpi"}), "Basic"), "YTpi");
}

TEST(Authorization, IsNothingForAnotherSchemeOrNone) {
  EXPECT_EQ(authorization(with({"Bearer YTpi"}), "Basic"), "");
  EXPECT_EQ(authorization(with({"BasicYTpi"}), "Basic"), "");
  EXPECT_EQ(authorization(with({"Basic"}), "Basic"), "");
  EXPECT_EQ(authorization(with({}), "Basic"), "");
}

TEST(Authorization, ThatComesTwiceIsNone) {
  EXPECT_EQ(authorization(with({"Basic YTpi", "Basic YTpj"}), "Basic"), "");
}

}  // namespace
}  // namespace http::message
