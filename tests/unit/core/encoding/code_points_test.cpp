#include "core/encoding/code_points.h"

#include <gtest/gtest.h>

namespace core {
namespace {

TEST(CodePoints, AreReadFromEveryLengthOfUtf8) {
  EXPECT_EQ(code_points_of("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"), U"a\u00E9\u20AC\U0001F600");
  EXPECT_EQ(code_points_of(""), U"");
  EXPECT_FALSE(code_points_of("\xED\xA0\x80"));
  EXPECT_FALSE(code_points_of("a\xC3"));
}

TEST(CodePoints, AreWrittenAsTheyWereRead) {
  for (const std::string_view text : {"/api/x", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"}) {
    EXPECT_EQ(utf8_of(*code_points_of(text)), text);
  }
}

TEST(CodePoints, UnpairedSurrogateIsWrittenAsTheReplacementCharacter) {
  EXPECT_EQ(utf8_of(std::u32string{U'a', 0xD800, U'b'}),
            "a\xEF\xBF\xBD"
            "b");
}

}  // namespace
}  // namespace core
