#include "http/management/path.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace http::management {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(SegmentsOf, DecodesEachSegmentOnce) {
  EXPECT_THAT(segments_of("/api/vhosts/%2F"), ElementsAre("vhosts", "/"));
  EXPECT_THAT(segments_of("/api/users/a%20b"), ElementsAre("users", "a b"));
  EXPECT_THAT(segments_of("/api/users/%252F"), ElementsAre("users", "%2F"));
  EXPECT_THAT(segments_of("/api/users/%c3%bC"), ElementsAre("users", "\xC3\xBC"));
}

TEST(SegmentsOf, ASlashAtTheEndMakesNoSegment) {
  EXPECT_THAT(segments_of("/api/"), IsEmpty());
  EXPECT_THAT(segments_of("/api/users/"), ElementsAre("users"));
  EXPECT_THAT(segments_of("/api/users//x"), ElementsAre("users", "", "x"));
}

}  // namespace
}  // namespace http::management
