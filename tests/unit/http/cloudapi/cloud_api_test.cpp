#include "http/cloudapi/cloud_api.h"

#include <gtest/gtest.h>

#include "core/json/value.h"
#include "tests/unit/http/native/exchange.h"

namespace http::cloudapi {
namespace {

constexpr std::string_view kTenants = "/cloudapi/1.0.0/sessions";
constexpr std::string_view kProvider = "/cloudapi/1.0.0/sessions/provider";
constexpr std::string_view kCurrent = "/cloudapi/1.0.0/sessions/current";

core::json::Document json(const native::Answer& answer) {
  auto document = core::json::Document::parse(answer.body);
  if (document) return *std::move(document);
  ADD_FAILURE() << document.error().reason << " in " << answer.body;
  return *core::json::Document::parse("{}");
}

class CloudApiSessions : public testing::Test {
 protected:
  native::FakeRegistry registry;
  CloudApi api{registry, {}};

  native::Exchange request(std::string_view method, std::string_view target) {
    native::Exchange exchange{api, method, target};
    exchange.accept("application/json;version=36.0");
    return exchange;
  }
  native::Answer log_in(std::string_view url, std::string_view credentials) {
    return request("POST", url).basic(credentials).send();
  }
};

// spec 1.3 [V]
TEST_F(CloudApiSessions, ProvidersLogInAtTheirOwnUrl) {
  const auto answer = log_in(kProvider, "root@system:se:cret");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.header("Content-Type"), "application/json;version=36.0");
  EXPECT_TRUE(answer.header("X-VMWARE-VCLOUD-ACCESS-TOKEN").starts_with("signed-"));
  EXPECT_TRUE(answer.header("x-vcloud-authorization").starts_with("token-"));
  EXPECT_EQ(answer.header("X-VMWARE-VCLOUD-TOKEN-TYPE"), "Bearer");
  const auto document = json(answer);
  const auto root = document.root();
  EXPECT_TRUE(root.find("id").string()->starts_with("urn:vcloud:session:"));
  EXPECT_EQ(root.find("user").find("name").string(), "root");
  EXPECT_EQ(root.find("org").find("name").string(), "System");
  EXPECT_EQ(root.find("roles").size(), 1U);
  EXPECT_EQ(root.find("sessionIdleTimeoutMinutes").integer(), 30);
}

TEST_F(CloudApiSessions, SayWhoIsInWhatRoleAndWhere) {
  const auto document = json(log_in(kTenants, "admin@acme:se:cret"));
  const auto root = document.root();
  const std::string organisation = "urn:vcloud:org:" + registry.organisation("acme").to_string();
  for (const char* member : {"org", "operatingOrg"}) {
    EXPECT_EQ(root.find(member).find("id").string(), organisation) << member;
    EXPECT_EQ(root.find(member).find("name").string(), "acme") << member;
  }
  EXPECT_EQ(root.find("user").find("id").string(),
            "urn:vcloud:user:" + registry.caller("admin").user.to_string());
  EXPECT_EQ((*root.find("roles").elements().begin()).string(), "Organization Administrator");
  const auto role = *root.find("roleRefs").elements().begin();
  EXPECT_EQ(role.find("name").string(), "Organization Administrator");
  EXPECT_TRUE(role.find("id").string()->starts_with("urn:vcloud:role:"));
  EXPECT_EQ(root.find("location").string(), "http://vcd.example.org:8080");
}

// spec 1.3 [V]
TEST_F(CloudApiSessions, NameTheRoleThatSomebodyMade) {
  const core::Uuid id = registry.give_role("user", "Photographer");
  const auto document = json(log_in(kTenants, "user@acme:se:cret"));
  EXPECT_EQ((*document.root().find("roles").elements().begin()).string(), "Photographer");
  const auto role = *document.root().find("roleRefs").elements().begin();
  EXPECT_EQ(role.find("name").string(), "Photographer");
  EXPECT_EQ(role.find("id").string(), "urn:vcloud:role:" + id.to_string());
}

TEST_F(CloudApiSessions, SayHowLongTheyMayRestByTheSettings) {
  native::Settings settings;
  settings.session_limits.idle = std::chrono::minutes{7};
  CloudApi other{registry, settings};
  const auto answer = native::Exchange{other, "POST", kTenants}.basic("user@acme:se:cret").send();
  EXPECT_EQ(json(answer).root().find("sessionIdleTimeoutMinutes").integer(), 7);
}

// spec 1.3 [V]
TEST_F(CloudApiSessions, TheNameSystemIsComparedWithoutRegardToCase) {
  for (const char* user : {"root@System:se:cret", "root@SYSTEM:se:cret", "root@system:se:cret"}) {
    EXPECT_EQ(log_in(kProvider, user).status, 200) << user;
    EXPECT_EQ(log_in(kTenants, user).status, 401) << user;
  }
}

// spec 1.3 [V]
TEST_F(CloudApiSessions, TenantsLogInAtTheirs) {
  const auto answer = log_in(kTenants, "admin@ACME:se:cret");
  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(answer.header("X-VMWARE-VCLOUD-ACCESS-TOKEN").starts_with("signed-"));
  EXPECT_EQ(answer.header("X-VMWARE-VCLOUD-TOKEN-TYPE"), "Bearer");
  EXPECT_EQ(log_in(kProvider, "admin@acme:se:cret").status, 401);
}

TEST_F(CloudApiSessions, AreMadeInEveryVersion) {
  for (const std::string_view version : representation::kVersions) {
    const std::string type = "application/json;version=" + std::string{version};
    const auto answer = request("POST", kTenants).accept(type).basic("user@acme:se:cret").send();
    EXPECT_EQ(answer.status, 200) << version;
    EXPECT_EQ(answer.header("Content-Type"), type);
  }
}

// spec 1.3 [V]
TEST_F(CloudApiSessions, WrongCredentialsGetAJsonObjectWithMessageAndCode) {
  const auto answer = log_in(kProvider, "root@System:wrong");
  EXPECT_EQ(answer.status, 401);
  const auto document = json(answer);
  EXPECT_EQ(document.root().find("minorErrorCode").string(), "UNAUTHORIZED");
  EXPECT_TRUE(document.root().find("message").string().has_value());
  EXPECT_EQ(request("POST", kTenants).send().status, 401);
}

TEST_F(CloudApiSessions, TheCurrentOneCanBeSeenAndEndedByNameAndById) {
  for (const bool by_id : {false, true}) {
    const auto made = log_in(kTenants, "user@acme:se:cret");
    const std::string token =
        made.header(by_id ? "x-vcloud-authorization" : "X-VMWARE-VCLOUD-ACCESS-TOKEN");
    const std::string path =
        by_id ? std::string{kTenants} + "/" + std::string{*json(made).root().find("id").string()}
              : std::string{kCurrent};
    const auto send = [&](std::string_view method) {
      return request(method, path)
          .as(registry.caller("user"))
          .header("Authorization", "Bearer " + token)
          .send();
    };
    const auto shown = send("GET");
    EXPECT_EQ(shown.status, 200);
    EXPECT_EQ(shown.body, made.body);
    for (const char* name : {"x-vcloud-authorization", "X-VMWARE-VCLOUD-ACCESS-TOKEN"}) {
      EXPECT_EQ(shown.header(name), made.header(name));
    }
    EXPECT_EQ(send("DELETE").status, 204);
    EXPECT_EQ(send("GET").status, 404);
    EXPECT_EQ(registry.snapshot()->sessions->size(), 0U);
  }
}

TEST_F(CloudApiSessions, NobodySeesTheSessionOfAnother) {
  const auto other = log_in(kProvider, "root@System:se:cret");
  const auto own = log_in(kTenants, "user@acme:se:cret");
  const std::string path =
      std::string{kTenants} + "/" + std::string{*json(other).root().find("id").string()};
  for (const char* method : {"GET", "DELETE"}) {
    EXPECT_EQ(request(method, path)
                  .as(registry.caller("user"))
                  .header("Authorization", "Bearer " + own.header("X-VMWARE-VCLOUD-ACCESS-TOKEN"))
                  .send()
                  .status,
              404);
  }
  EXPECT_EQ(registry.snapshot()->sessions->size(), 2U);
}

TEST_F(CloudApiSessions, AreListedInPagesForThoseWhoMaySeeThem) {
  for (const char* user : {"user@acme", "user@acme", "admin@acme", "stranger@home@other"}) {
    ASSERT_EQ(log_in(kTenants, std::string{user} + ":se:cret").status, 200) << user;
  }
  const auto list = [&](std::string_view user, const std::string& query) {
    return json(request("GET", std::string{kTenants} + query).as(registry.caller(user)).send());
  };
  EXPECT_EQ(list("root", "").root().find("resultTotal").integer(), 4);
  EXPECT_EQ(list("admin", "").root().find("resultTotal").integer(), 3);
  const auto own = list("user", "?pageSize=1&page=2");
  EXPECT_EQ(own.root().find("resultTotal").integer(), 2);
  EXPECT_EQ(own.root().find("pageCount").integer(), 2);
  EXPECT_EQ(own.root().find("page").integer(), 2);
  EXPECT_EQ(own.root().find("pageSize").integer(), 1);
  ASSERT_EQ(own.root().find("values").size(), 1U);
  const auto shown = *own.root().find("values").elements().begin();
  EXPECT_EQ(shown.find("user").find("name").string(), "user");
  EXPECT_EQ(list("user", "?page=9").root().find("values").size(), 0U);
  EXPECT_EQ(request("GET", kTenants).send().status, 401);
  for (const char* query : {"?page=0", "?pageSize=x"}) {
    EXPECT_EQ(
        request("GET", std::string{kTenants} + query).as(registry.caller("user")).send().status,
        400)
        << query;
  }
}

TEST_F(CloudApiSessions, AreShownWithoutTheirTokensAndEndedByTheAdministratorWhoSeesThem) {
  const auto made = log_in(kTenants, "user@acme:se:cret");
  const std::string path =
      std::string{kTenants} + "/" + std::string{*json(made).root().find("id").string()};
  const auto send = [&](std::string_view method, std::string_view user) {
    return request(method, path).as(registry.caller(user)).send();
  };
  EXPECT_EQ(send("GET", "stranger@home").status, 404);
  EXPECT_EQ(send("DELETE", "stranger@home").status, 404);
  const auto shown = send("GET", "admin");
  EXPECT_EQ(shown.status, 200);
  EXPECT_EQ(shown.header("x-vcloud-authorization"), "");
  EXPECT_EQ(shown.header("X-VMWARE-VCLOUD-ACCESS-TOKEN"), "");
  EXPECT_EQ(send("DELETE", "admin").status, 204);
  EXPECT_EQ(registry.snapshot()->sessions->size(), 0U);
}

TEST_F(CloudApiSessions, AreForCallersWithASessionAndInJsonOnly) {
  EXPECT_EQ(request("GET", kCurrent).send().status, 401);
  EXPECT_EQ(request("POST", kTenants).accept("application/*+xml;version=36.0").send().status, 406);
  const auto refused = request("POST", kTenants).accept("application/json;version=28.0").send();
  EXPECT_EQ(refused.status, 406);
  EXPECT_EQ(json(refused).root().find("minorErrorCode").string(), "NOT_ACCEPTABLE");
  const auto answer = request("PUT", kProvider).send();
  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.header("Allow"), "POST");
  EXPECT_FALSE(api.knows("/cloudapi"));
  EXPECT_FALSE(api.knows("/api/sessions"));
}

}  // namespace
}  // namespace http::cloudapi
