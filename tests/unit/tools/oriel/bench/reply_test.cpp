#include "tools/oriel/bench/reply.h"

#include <gtest/gtest.h>

#include "core/encoding/base64.h"
#include "core/json/value.h"

namespace oriel::bench {
namespace {

TEST(AnswerTo, IsThePathTheSizeAndDots) {
  EXPECT_EQ(answer_to("/api/x/7", 3, 16), "/api/x/7 3\n.....");
  EXPECT_EQ(answer_to("/api/x/7", 0, 0), "/api/x/7 0\n");
}

TEST(AnswerTo, DiffersForEveryQuestion) {
  EXPECT_NE(answer_to("/api/x/7", 0, 100), answer_to("/api/x/8", 0, 100));
  EXPECT_NE(answer_to("/api/x/7", 1, 100), answer_to("/api/x/7", 2, 100));
}

TEST(Reply, HasWhatTheGatewayReads) {
  core::Buffer out;
  ASSERT_TRUE(append_reply(
      R"([{"id":"i-1","request":true,"method":"POST","requestUri":"/api/x/7","body":"YWJj"},{},{}])",
      20, out));
  const auto reply = core::json::Document::parse(out.text());
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->root().find("id").string(), "i-1");
  EXPECT_EQ(reply->root().find("statusCode").integer(), 200);
  EXPECT_EQ(reply->root().find("request").boolean(), false);
  EXPECT_TRUE(reply->root().find("headers").is_object());
  core::Buffer body;
  ASSERT_TRUE(
      core::decode_base64(*reply->root().find("body").string(), core::Base64::strict, body));
  EXPECT_EQ(body.text(), answer_to("/api/x/7", 3, 20));
}

TEST(Reply, IsNotMadeForAMessageThatIsNoRequest) {
  core::Buffer out;
  for (const char* message :
       {"", "{}", "[]", "[1]", "[{}]", R"([{"id":"i","requestUri":"/api/x"}])",
        R"([{"id":"i","requestUri":"/api/x","body":"%%"}])",
        R"([{"id":1,"requestUri":"/api/x","body":""}])"}) {
    EXPECT_FALSE(append_reply(message, 10, out)) << message;
  }
  EXPECT_TRUE(out.empty());
}

}  // namespace
}  // namespace oriel::bench
