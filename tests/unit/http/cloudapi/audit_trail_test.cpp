#include <gtest/gtest.h>

#include "core/json/value.h"
#include "http/cloudapi/cloud_api.h"
#include "registry/kinds/kinds.h"
#include "tests/unit/http/native/exchange.h"

namespace http::cloudapi {
namespace {

namespace kinds = registry::kinds;
using registry::resource::Draft;
using registry::resource::Resource;
using registry::service::CommandResult;

class AuditTrail : public testing::Test {
 protected:
  /// A role that `user` made and renamed.
  core::Uuid make_and_rename(std::string_view user) {
    core::Uuid id;
    Draft draft{.kind = &kinds::role(), .values = {}, .operation_key = {}, .nested = {}};
    draft.values = with_name("auditor of " + std::string{user});
    registry.submit(registry::service::CreateResource{draft, {}, actor(user)},
                    [&](const CommandResult& result) {
                      ASSERT_TRUE(result) << result.error().text;
                      id = result->id;
                    });
    registry.submit(
        registry::service::ChangeResource{
            &kinds::role(),
            id,
            {.values = with_name("reviewer of " + std::string{user}), .replaced = {}},
            actor(user)},
        [](const CommandResult& result) { ASSERT_TRUE(result); });
    return id;
  }
  native::Answer get(std::string_view user, const std::string& query = {}) {
    return native::Exchange{api, "GET", "/cloudapi/1.0.0/auditTrail" + query}
        .accept("application/json;version=36.0")
        .as(registry.caller(user))
        .send();
  }
  static core::json::Document json(const native::Answer& answer) {
    auto document = core::json::Document::parse(answer.body);
    EXPECT_TRUE(document) << answer.body;
    return document ? *std::move(document) : *core::json::Document::parse("{}");
  }

  native::FakeRegistry registry;
  CloudApi api{registry, {}};

 private:
  static registry::resource::Object with_name(std::string name) {
    Resource made;
    made.kind = &kinds::role();
    made.set("name", std::move(name));
    made.values.fields.resize(made.kind->shape.fields.size());
    return made.values;
  }
  registry::resource::Actor actor(std::string_view user) {
    const auto caller = registry.caller(user);
    return {.user = caller.user,
            .organisation = caller.organisation,
            .user_name = caller.user_name,
            .is_system_administrator = caller.is_system_administrator()};
  }
};

TEST_F(AuditTrail, SaysWhoChangedWhatFromWhatToWhatTheNewestFirst) {
  const core::Uuid id = make_and_rename("root");
  const auto answer = get("root", "?resource=urn:vcloud:role:" + id.to_string());
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto document = json(answer);
  const auto values = document.root().find("values");
  ASSERT_EQ(values.size(), 2U);
  EXPECT_EQ(document.root().find("resultTotal").integer(), 2);
  const auto change = *values.elements().begin();
  EXPECT_EQ(change.find("eventType").string(), "com/vmware/vcloud/event/role/modify");
  EXPECT_EQ(change.find("user").find("name").string(), "root");
  EXPECT_EQ(change.find("operatingOrg").find("name").string(), "System");
  EXPECT_EQ(change.find("eventEntity").find("id").string(), "urn:vcloud:role:" + id.to_string());
  EXPECT_EQ(change.find("details").find("before").find("name").string(), "auditor of root");
  EXPECT_EQ(change.find("details").find("after").find("name").string(), "reviewer of root");
}

TEST_F(AuditTrail, ComesInPages) {
  make_and_rename("root");
  const auto document = json(get("root", "?pageSize=1&page=2"));
  EXPECT_EQ(document.root().find("pageSize").integer(), 1);
  EXPECT_EQ(document.root().find("page").integer(), 2);
  EXPECT_EQ(document.root().find("pageCount").integer(),
            document.root().find("resultTotal").integer());
  ASSERT_EQ(document.root().find("values").size(), 1U);
  EXPECT_EQ((*document.root().find("values").elements().begin()).find("eventType").string(),
            "com/vmware/vcloud/event/role/create");
}

TEST_F(AuditTrail, AnOrganisationsAdministratorSeesWhatItsMembersDid) {
  make_and_rename("root");
  EXPECT_EQ(json(get("admin")).root().find("resultTotal").integer(), 0);
  make_and_rename("admin");
  const auto document = json(get("admin"));
  EXPECT_EQ(document.root().find("resultTotal").integer(), 2);
  EXPECT_EQ(get("user").status, 403);
}

TEST_F(AuditTrail, RefusesWhatItCannotRead) {
  for (const char* query : {"?page=0", "?page=x", "?user=me", "?since=yesterday", "?until=%zz"}) {
    const auto answer = get("root", query);
    EXPECT_EQ(answer.status, 400) << query;
  }
  EXPECT_NE(get("root", "?since=yesterday").body.find("since"), std::string::npos);
}

TEST_F(AuditTrail, ReadsPagesAsOtherListsDo) {
  for (const std::string query : {"?page=0", "?page=x", "?pageSize=0", "?pageSize=-1", "?a=%zz"}) {
    const auto list = native::Exchange{api, "GET", "/cloudapi/1.0.0/sessions" + query}
                          .accept("application/json;version=36.0")
                          .as(registry.caller("root"))
                          .send();
    EXPECT_EQ(get("root", query).body, list.body) << query;
  }
  EXPECT_EQ(json(get("root", "?pageSize=129")).root().find("pageSize").integer(), 128);
  EXPECT_EQ(json(get("root")).root().find("pageSize").integer(), 25);
}

// Without the filter that somebody meant, the trail would give everything.
TEST_F(AuditTrail, RefusesWhatItDoesNotTakeAndSaysWhatItTakes) {
  for (const char* query :
       {"?filter=user==me", "?sortAsc=timestamp", "?sortDesc=user", "?foo=1", "?page=1&page=2"}) {
    EXPECT_EQ(get("root", query).status, 400) << query;
  }
  const auto answer = get("root", "?filter=timestamp=gt=2030-01-01T00:00:00.000Z");
  EXPECT_NE(answer.body.find("since, until"), std::string::npos) << answer.body;
  EXPECT_EQ(get("root", "?sortDesc=timestamp").status, 200);
}

}  // namespace
}  // namespace http::cloudapi
