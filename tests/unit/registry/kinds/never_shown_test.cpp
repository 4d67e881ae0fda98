#include "registry/kinds/never_shown.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace registry::kinds {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(NeverShown, IsWhatIsNotBelowApi) {
  EXPECT_THAT(never_shown_of("/foo"), ElementsAre(HasSubstr("begin with \"/foo\"")));
  EXPECT_THAT(never_shown_of("/cloudapi/x.*"), ElementsAre(HasSubstr("below /api only")));
  EXPECT_THAT(never_shown_of("/apifoo"), ElementsAre(HasSubstr("below /api only")));
  EXPECT_THAT(never_shown_of("/"), ElementsAre(HasSubstr("below /api only")));
}

TEST(NeverShown, IsWhatBelongsToTheServerAlone) {
  for (const char* pattern :
       {"/api/sessions?", "/api/session", "/api/query.*", "/api/query/x", "/api/versions",
        "/api/admin/extension/.*", "/api/admin/extension/service/[0-9]+"}) {
    EXPECT_THAT(never_shown_of(pattern), testing::Contains(HasSubstr("never shown /api/")))
        << pattern;
  }
}

TEST(NeverShown, IsSaidOfEachWayThroughAPattern) {
  EXPECT_THAT(never_shown_of("/api/foo|/foo|/foo"), ElementsAre(HasSubstr("\"/foo\"")));
  EXPECT_THAT(never_shown_of("/api/(query|photos)"), ElementsAre(HasSubstr("/api/query")));
}

TEST(NeverShown, IsNothingOfWhatMayBeShown) {
  for (const char* pattern :
       {"/api/foo", "/api", "/api.*", "/.*", ".*", "/a.*", "(/api)?/api/x", "/api/sessionsx",
        "/api/querylist/.*", "/api/admin/extensions", "(?i)/API/Query", "(?<id>/api/x)",
        "/api/x?=", "/api/x\\?a=1", "[/]api/photos/[0-9]+(/size)?", "a", ""}) {
    EXPECT_THAT(never_shown_of(pattern), IsEmpty()) << pattern;
  }
}

TEST(NeverShown, IsAQuery) {
  EXPECT_THAT(never_shown_of("/api/foo?x=1"), ElementsAre(HasSubstr("octet 8 begins no query")));
}

TEST(NeverShown, AreAnswersOfTheServersOwnPaths) {
  for (const char* type :
       {"application/vnd.vmware.vcloud.session+xml", "application/vnd.vmware.admin.service+xml",
        "application/vnd.vmware.ADMIN.apiFilter+json; version=36.0"}) {
    EXPECT_THAT(why_never_shown(type), HasSubstr("never shown")) << type;
  }
  for (const char* type :
       {"application/vnd.vmware.vcloud.org+xml", "application/vnd.vmware.vcloud.task+xml",
        "application/vnd.vmware.admin.organization+xml",
        "application/vnd.vmware.vcloud.query.records+xml", "application/vnd.example+xml",
        "text/plain"}) {
    EXPECT_THAT(why_never_shown(type), IsEmpty()) << type;
  }
}

}  // namespace
}  // namespace registry::kinds
