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

TEST_F(CloudApiSessions, ProvidersLogInAtTheirOwnUrl) {
  const auto answer = log_in(kProvider, "root@system:se:cret");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.header("Content-Type"), "application/json;version=36.0");
  EXPECT_TRUE(answer.header("X-VMWARE-VCLOUD-ACCESS-TOKEN").starts_with("token-"));
  EXPECT_EQ(answer.header("x-vcloud-authorization"), answer.header("X-VMWARE-VCLOUD-ACCESS-TOKEN"));
  EXPECT_EQ(answer.header("X-VMWARE-VCLOUD-TOKEN-TYPE"), "Bearer");
  const auto document = json(answer);
  const auto root = document.root();
  EXPECT_TRUE(root.find("id").string()->starts_with("urn:vcloud:session:"));
  EXPECT_EQ(root.find("user").find("name").string(), "root");
  EXPECT_EQ(root.find("org").find("name").string(), "System");
  EXPECT_EQ(root.find("roles").size(), 1U);
  EXPECT_EQ(root.find("sessionIdleTimeoutMinutes").integer(), 30);

  EXPECT_EQ(log_in(kTenants, "root@System:se:cret").status, 401);
}

TEST_F(CloudApiSessions, TenantsLogInAtTheirs) {
  EXPECT_EQ(log_in(kTenants, "admin@ACME:se:cret").status, 200);
  EXPECT_EQ(log_in(kProvider, "admin@acme:se:cret").status, 401);
}

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
    const std::string token = made.header("X-VMWARE-VCLOUD-ACCESS-TOKEN");
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
    EXPECT_EQ(send("DELETE").status, 204);
    EXPECT_EQ(send("GET").status, 404);
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

TEST_F(CloudApiSessions, AreForCallersWithASessionAndInJsonOnly) {
  EXPECT_EQ(request("GET", kCurrent).send().status, 401);
  EXPECT_EQ(request("POST", kTenants).accept("application/*+xml;version=36.0").send().status, 406);
  EXPECT_EQ(request("POST", kTenants).accept("application/json;version=30.0").send().status, 406);
  const auto answer = request("PUT", kProvider).send();
  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.header("Allow"), "POST");
  EXPECT_FALSE(api.knows("/cloudapi"));
  EXPECT_FALSE(api.knows("/api/sessions"));
}

}  // namespace
}  // namespace http::cloudapi
