#include "http/schema/reference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/json/value.h"
#include "http/schema/markdown.h"
#include "http/schema/openapi.h"
#include "http/schema/route_table.h"
#include "registry/kinds/kinds.h"

namespace http::schema {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(ApiReference, NamesEveryFieldThatSomebodySees) {
  const std::string text = api_reference();
  for (const auto* kind : registry::kinds::all()) {
    if (kind->views.empty()) continue;
    EXPECT_THAT(text, HasSubstr("## " + std::string{kind->shape.name} + "\n"));
    for (const auto& field : kind->shape.fields) {
      if (field.rules.hidden) continue;
      EXPECT_THAT(text, HasSubstr(std::string{field.name} + "` |"));
    }
  }
  EXPECT_THAT(text, Not(HasSubstr("PasswordHash")));
}

TEST(ApiReference, SaysLimitsRulesAndWhoMay) {
  const std::string text = api_reference();
  EXPECT_THAT(text, HasSubstr("| `Priority` | vmext | integer | 0 to 100 |"));
  EXPECT_THAT(text, HasSubstr("| `UrlPattern` | vmext | text | at most 1024 characters |"));
  EXPECT_THAT(text, HasSubstr("`/api/admin/extension/service/{}/links` | system administrators |"));
}

TEST(RouteTable, IsSortedByUrlAndSaysWhoMay) {
  const native::Action get{"GET", [](const native::Call&) {}};
  const native::Action remove{"DELETE", [](const native::Call&) {},
                              native::Access::system_administrator};
  const std::string text = route_table(
      {{"/api/session", native::Access::user, {get, remove}},
       {"/api/admin/extension/service/link/{}", native::Access::system_administrator, {get}}});
  const std::size_t link = text.find(
      "| `/api/admin/extension/service/link/{}` | GET | system administrators | | "
      "`application/vnd.vmware.admin.serviceLink` |");
  const std::size_t session = text.find("| `/api/session` | GET | users | |");
  ASSERT_NE(link, std::string::npos) << text;
  ASSERT_NE(session, std::string::npos) << text;
  EXPECT_LT(link, session);
  EXPECT_THAT(text, HasSubstr("| `/api/session` | DELETE | system administrators | |"));
}

TEST(MediaTypes, FollowFromTheDescriptions) {
  const auto post = media_types_of("POST", "/api/admin/extension/service/{}/links");
  EXPECT_EQ(post.takes, "application/vnd.vmware.admin.serviceLink");
  EXPECT_EQ(post.gives, post.takes);
  EXPECT_EQ(media_types_of("GET", "/api/admin/extension/service/{}/links").gives,
            "application/vnd.vmware.vcloud.query.records");
  EXPECT_FALSE(media_types_of("PATCH", "/api/admin/extension/service/{}/links").known);
  EXPECT_FALSE(media_types_of("GET", "/api/elsewhere").known);
}

TEST(OpenApi, IsAJsonDocumentWhoseReferencesLeadSomewhere) {
  const auto parsed = core::json::Document::parse(openapi());
  ASSERT_TRUE(parsed) << parsed.error().reason;
  EXPECT_EQ(parsed->root().find("openapi").string(), "3.0.3");
  const auto schemas = parsed->root().find("components").find("schemas");
  constexpr std::string_view kReference = "\"#/components/schemas/";
  const std::string& text = openapi();
  std::size_t count = 0;
  for (std::size_t at = text.find(kReference); at != std::string::npos;
       at = text.find(kReference, at + 1)) {
    const std::size_t begin = at + kReference.size();
    EXPECT_TRUE(schemas.find(text.substr(begin, text.find('"', begin) - begin)).exists());
    ++count;
  }
  EXPECT_GT(count, 5U);
}

TEST(OpenApi, SaysWithWhatAnOperationRefusesAndWhatAnAnswerAlwaysHas) {
  const auto parsed = core::json::Document::parse(openapi());
  ASSERT_TRUE(parsed);
  const auto audit =
      parsed->root().find("paths").find("/cloudapi/1.0.0/auditTrail").find("get").find("responses");
  for (const char* status : {"200", "400", "401", "403", "406"}) {
    EXPECT_TRUE(audit.find(status).exists()) << status;
  }
  EXPECT_FALSE(audit.find("404").exists());
  const auto error = parsed->root().find("components").find("schemas").find("Error");
  EXPECT_EQ(error.find("required").size(), 3U);
}

TEST(OpenApi, DescribesLogins) {
  EXPECT_TRUE(openapi_describes("POST", "/cloudapi/1.0.0/sessions"));
  EXPECT_TRUE(openapi_describes("DELETE", "/cloudapi/1.0.0/sessions/{}"));
  EXPECT_FALSE(openapi_describes("PUT", "/cloudapi/1.0.0/sessions"));
}

TEST(Markdown, EscapesBarsInTables) { EXPECT_EQ(table_row({"a|b", ""}), "| a\\|b | |\n"); }

}  // namespace
}  // namespace http::schema
