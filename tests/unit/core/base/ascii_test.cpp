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

TEST(Ascii, EndsBelow0x80) {
  EXPECT_TRUE(is_ascii(""));
  EXPECT_TRUE(is_ascii("a\x7F"));
  EXPECT_FALSE(is_ascii("a\x80"));
  EXPECT_FALSE(is_ascii("\xC3\xA4 and more"));
}

}  // namespace
}  // namespace core
