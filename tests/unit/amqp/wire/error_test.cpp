#include "amqp/wire/error.h"

#include <gtest/gtest.h>

namespace amqp::wire {
namespace {

TEST(ReplyText, IsTheNameAndTheExplanation) {
  EXPECT_EQ(reply_text(kNotFound, "no queue 'q' in vhost '/'"),
            "NOT_FOUND - no queue 'q' in vhost '/'");
  EXPECT_EQ(reply_text(kReplySuccess, ""), "REPLY_SUCCESS");
  EXPECT_EQ(reply_text(999, "of nobody"), "of nobody");
}

TEST(ReplyText, IsCutTo255OctetsWhereACharacterBegins) {
  std::string name;
  while (name.size() < 300) name += "\u20ac";  // the euro sign: three octets
  const std::string text = reply_text(kNotFound, name);
  EXPECT_LE(text.size(), 255U);
  EXPECT_GT(text.size(), 252U);
  EXPECT_TRUE(is_utf8(text));
}

TEST(ReplyText, OfOctetsThatAreNoUtf8IsCutAllTheSame) {
  EXPECT_EQ(reply_text(kNotFound, std::string(400, '\x80')).size(), 255U);
}

TEST(CutUtf8, KeepsATextThatFits) {
  EXPECT_EQ(cut_utf8("\u00e4", 2), "\u00e4");
  EXPECT_EQ(cut_utf8("\u00e4", 1), "");
  EXPECT_EQ(cut_utf8("a\u00e4b", 3), "a\u00e4");
}

TEST(IsUtf8, TakesTheBoundsOfEveryLength) {
  for (const char* text :
       {"", "a\x7f", "\u0080\u07ff", "\u0800\ud7ff\ue000\uffff", "\U00010000\U0010ffff"}) {
    EXPECT_TRUE(is_utf8(text)) << text;
  }
}

TEST(IsUtf8, RefusesOverlongFormsSurrogatesAndCutCharacters) {
  for (const char* text :
       {"\x80", "\xc0\xaf", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
        "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe2\x82", "\xf0\x9f\x98", "\xc3", "\xc3("}) {
    EXPECT_FALSE(is_utf8(text)) << ::testing::PrintToString(text);
  }
}

}  // namespace
}  // namespace amqp::wire
