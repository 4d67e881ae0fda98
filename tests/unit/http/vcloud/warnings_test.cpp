#include "http/vcloud/warnings.h"

#include <gtest/gtest.h>

namespace http::vcloud {
namespace {

TEST(AddWarnings, TellsTheSenderAndTheLog) {
  message::Response response;
  add_warnings(response, {"the \"a\" at \\1", "caf\xC3\xA9"});
  ASSERT_NE(response.headers.find("Warning"), nullptr);
  EXPECT_EQ(*response.headers.find("Warning"), "299 - \"the \\\"a\\\" at \\\\1\"");
  EXPECT_EQ(response.note, "the \"a\" at \\1; caf\xC3\xA9");
}

TEST(AddWarnings, LeavesAnAnswerAloneThatNeedsNone) {
  message::Response response;
  add_warnings(response, {});
  EXPECT_EQ(response.headers.find("Warning"), nullptr);
  EXPECT_TRUE(response.note.empty());
}

}  // namespace
}  // namespace http::vcloud
