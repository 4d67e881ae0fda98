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
  EXPECT_EQ(reply_text(kNotFound, std::string(400, '\x80')), "NOT_FOUND - ");
}

}  // namespace
}  // namespace amqp::wire
