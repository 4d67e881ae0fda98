#include "core/base/ascii.h"

#include <gtest/gtest.h>

namespace core {
namespace {

TEST(Ascii, LettersChangeTheirCaseAndNothingElseDoes) {
  EXPECT_EQ(ascii_lowered("AZ az [@`{ 09 \xC3\x84"), "az az [@`{ 09 \xC3\x84");
  EXPECT_EQ(ascii_upper('a'), 'A');
  EXPECT_EQ(ascii_upper('z'), 'Z');
  EXPECT_EQ(ascii_upper('`'), '`');
  EXPECT_EQ(ascii_upper('{'), '{');
}

TEST(Ascii, TrimsSpacesAndTabsOffBothEndsAndNothingElse) {
  EXPECT_EQ(trimmed(" \t a \t b\t "), "a \t b");
  EXPECT_EQ(trimmed("a"), "a");
  EXPECT_EQ(trimmed(" \t"), "");
  EXPECT_EQ(trimmed(""), "");
  for (const std::string_view kept : {"\r\n", "\v", "\f", "\xC2\xA0"})
    EXPECT_EQ(trimmed(kept), kept);
}

TEST(Ascii, EndsBelow0x80) {
  EXPECT_TRUE(is_ascii(""));
  EXPECT_TRUE(is_ascii("a\x7F"));
  EXPECT_FALSE(is_ascii("a\x80"));
  EXPECT_FALSE(is_ascii("\xC3\xA4 and more"));
}

}  // namespace
}  // namespace core
