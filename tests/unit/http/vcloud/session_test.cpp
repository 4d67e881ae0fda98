#include "tests/unit/http/vcloud/vcloud_fixture.h"

namespace http::vcloud {
namespace {

using Sessions = VcloudTest;
using Versions = VcloudTest;
using Orgs = VcloudTest;

constexpr std::string_view kXml = "application/*+xml;version=32.0";
constexpr std::string_view kOrg = "application/vnd.vmware.vcloud.org+xml";
constexpr std::string_view kTasks = "application/vnd.vmware.vcloud.tasksList+xml";

TEST_F(Versions, AreListedForAnybodyAndAnyAccept) {
  for (const std::string_view accept : {"", "application/*+xml", "text/html", "*/*;version=99.0"}) {
    auto exchange = request("GET", "/api/versions");
    if (!accept.empty()) exchange.accept(accept);
    const auto& answer = exchange.send();
    ASSERT_EQ(answer.status, 200) << accept;
    const auto document = xml(answer);
    EXPECT_TRUE(document.root().is("http://www.vmware.com/vcloud/versions", "SupportedVersions"));
    std::vector<std::string> versions;
    for (const auto info : document.root().children()) {
      EXPECT_EQ(info.attribute("deprecated"), "false");
      EXPECT_EQ(text(info, info.namespace_uri(), "LoginUrl"), std::string{kHost} + "/api/sessions");
      versions.push_back(text(info, info.namespace_uri(), "Version"));
    }
    EXPECT_EQ(versions, (std::vector<std::string>{"31.0", "32.0", "33.0", "34.0", "35.0", "36.0"}));
  }
}

TEST_F(Versions, ComeAsJsonToo) {
  const auto document = json(request("GET", "/api/versions").accept("application/*+json").send());
  const auto infos = document.root().find("versionInfo");
  EXPECT_EQ(infos.size(), 6U);
  EXPECT_EQ((*infos.elements().begin()).find("deprecated").boolean(), false);
}

TEST_F(Sessions, ALoginGivesTheTokenTwiceAndTheLinksOfASystemAdministrator) {
  const auto answer =
      request("POST", "/api/sessions").basic("root@SYSTEM:se:cret").accept(kXml).send();
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.header("Content-Type"),
            "application/vnd.vmware.vcloud.session+xml;version=32.0");
  EXPECT_EQ(answer.header("x-vcloud-authorization"), answer.header("X-VMWARE-VCLOUD-ACCESS-TOKEN"));
  EXPECT_TRUE(answer.header("x-vcloud-authorization").starts_with("token-"));
  EXPECT_EQ(answer.header("X-VMWARE-VCLOUD-TOKEN-TYPE"), "Bearer");

  const auto document = xml(answer);
  const auto root = document.root();
  EXPECT_TRUE(root.is(kVcloud, "Session"));
  EXPECT_EQ(root.attribute("user"), "root");
  EXPECT_EQ(root.attribute("org"), "System");
  EXPECT_EQ(root.attribute("userId"),
            "urn:vcloud:user:" + registry.caller("root").user.to_string());
  EXPECT_EQ(root.attribute("roles"), "System Administrator");
  EXPECT_EQ(root.attribute("href"), std::string{kHost} + "/api/session");
  EXPECT_EQ(root.attribute("type"), "application/vnd.vmware.vcloud.session+xml");
  EXPECT_EQ(href(root, "down", kOrg),
            std::string{kHost} + "/api/org/" + registry.organisation("System").to_string());
  EXPECT_EQ(href(root, "down", "application/vnd.vmware.vcloud.orgList+xml"),
            std::string{kHost} + "/api/org/");
  EXPECT_EQ(href(root, "down:extensibility", "application/vnd.vmware.vcloud.apiextensibility+xml"),
            std::string{kHost} + "/api/extensibility");
  EXPECT_EQ(href(root, "down", "application/vnd.vmware.admin.vmwExtension+xml"),
            std::string{kHost} + "/api/admin/extension");
  EXPECT_EQ(href(root, "remove", ""), std::string{kHost} + "/api/session");
}

TEST_F(Sessions, TenantsDoNotGetTheLinkToExtensions) {
  for (const char* user : {"admin@acme:se:cret", "stranger@home@other:se:cret"}) {
    const auto answer = request("POST", "/api/sessions").basic(user).accept(kXml).send();
    ASSERT_EQ(answer.status, 200) << user;
    EXPECT_EQ(href(xml(answer).root(), "down", "application/vnd.vmware.admin.vmwExtension+xml"),
              "none");
  }
}

TEST_F(Sessions, BadCredentialsAreUnauthorizedWithAnErrorBody) {
  for (const char* user : {"root@System:wrong", "nobody@System:se:cret", "root:se:cret"}) {
    const auto answer = request("POST", "/api/sessions").basic(user).accept(kXml).send();
    EXPECT_EQ(answer.status, 401) << user;
    EXPECT_EQ(xml(answer).root().attribute("minorErrorCode"), "UNAUTHORIZED");
    EXPECT_TRUE(answer.header("WWW-Authenticate").starts_with("Basic"));
  }
  EXPECT_EQ(request("POST", "/api/sessions").send().status, 401);
}

TEST_F(Sessions, ABusyRegistrySaysWhenToTryAgain) {
  const auto answer = request("POST", "/api/sessions").basic("root@System:busy").send();
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.header("Retry-After"), "1");
}

TEST_F(Sessions, ALoginIsAnsweredWhenTheRegistryAnswers) {
  registry.hold();
  auto exchange = request("POST", "/api/sessions");
  EXPECT_EQ(exchange.basic("root@System:se:cret").send().status, 0);
  registry.release();
  EXPECT_EQ(exchange.answer().status, 200);
}

TEST_F(Sessions, TheCurrentOneIsShownWithItsTokenAndCanBeEnded) {
  const auto token = request("POST", "/api/sessions")
                         .basic("user@acme:se:cret")
                         .send()
                         .header("x-vcloud-authorization");
  const auto shown = request("GET", "/api/session")
                         .as(registry.caller("user"))
                         .header("Authorization", "Bearer " + token)
                         .send();
  EXPECT_EQ(shown.status, 200);
  EXPECT_EQ(shown.header("x-vcloud-authorization"), token);
  EXPECT_EQ(xml(shown).root().attribute("org"), "acme");

  const auto ended = request("DELETE", "/api/session")
                         .as(registry.caller("user"))
                         .header("x-vcloud-authorization", token)
                         .send();
  EXPECT_EQ(ended.status, 204);
  EXPECT_EQ(ended.body, "");
  EXPECT_EQ(registry.snapshot()->sessions->size(), 0U);
}

TEST_F(Orgs, TenantsSeeTheirOwnAndNothingOfTheOthers) {
  const auto list = request("GET", "/api/org/").as(registry.caller("user")).send();
  ASSERT_EQ(list.status, 200);
  EXPECT_NE(list.body.find("acme"), std::string::npos);
  EXPECT_EQ(list.body.find("other"), std::string::npos);

  const std::string own = "/api/org/" + registry.organisation("acme").to_string();
  const std::string foreign = "/api/org/" + registry.organisation("other").to_string();
  EXPECT_EQ(request("GET", own).as(registry.caller("user")).send().status, 200);
  const auto refused = request("GET", foreign).as(registry.caller("user")).send();
  const auto unknown = request("GET", "/api/org/" + core::Uuid::random().to_string())
                           .as(registry.caller("user"))
                           .send();
  EXPECT_EQ(refused.status, 404);
  EXPECT_EQ(refused.body, unknown.body);
}

TEST_F(Orgs, SystemAdministratorsSeeAll) {
  const auto document = xml(request("GET", "/api/org").as(registry.caller("root")).send());
  std::vector<std::string> names;
  for (const auto org : document.root().children()) {
    EXPECT_TRUE(org.is(kVcloud, "Org"));
    EXPECT_EQ(org.attribute("type"), kOrg);
    names.emplace_back(*org.attribute("name"));
  }
  EXPECT_EQ(names, (std::vector<std::string>{"System", "acme", "other"}));
}

TEST_F(Orgs, AnOrgHasExactlyOneLinkToItsTasksAndTheLinkLeadsSomewhere) {
  const std::string id = registry.organisation("acme").to_string();
  for (const std::string& path :
       {"/api/org/" + id, "/api/org/urn:vcloud:org:" + id, "/api/org/urn%3Avcloud%3Aorg%3A" + id}) {
    const auto answer = request("GET", path).as(registry.caller("admin")).send();
    ASSERT_EQ(answer.status, 200) << path;
    const auto document = xml(answer);
    EXPECT_EQ(document.root().attribute("name"), "acme");
    EXPECT_EQ(document.root().attribute("id"), "urn:vcloud:org:" + id);
    EXPECT_EQ(text(document.root(), kVcloud, "FullName"), "acme in full");
    const std::string tasks = href(document.root(), "down", kTasks);
    ASSERT_EQ(tasks, std::string{kHost} + "/api/tasksList/" + id);
  }
  EXPECT_EQ(request("GET", "/api/tasksList/" + id).as(registry.caller("admin")).send().status, 200);
}

TEST_F(Orgs, AnOrgLeadsToItsVirtualDatacentersOfWhichThereAreNone) {
  const auto path = "/api/org/" + registry.organisation("acme").to_string();
  const auto org = request("GET", path).as(registry.caller("user")).send();
  const std::string query =
      href(xml(org).root(), "down", "application/vnd.vmware.vcloud.query.records+xml");
  // pyvcloud finds the link by these letters in its href, whatever their case.
  ASSERT_NE(query.find("Vdc"), std::string::npos) << query;
  const auto answer = request("GET", query.substr(kHost.size())).as(registry.caller("user")).send();
  ASSERT_EQ(answer.status, 200) << query;
  EXPECT_EQ(xml(answer).root().attribute("total"), "0");
}

TEST_F(Orgs, ExtensibilityShowsEnabledServicesToEveryUser) {
  const auto hidden = add_service("org.example.hidden", false);
  const auto shown = add_service("org.example.shown", true);
  const auto document =
      xml(request("GET", "/api/extensibility").as(registry.caller("user")).send());
  EXPECT_EQ(
      href(document.root(), "down:service", "application/vnd.vmware.vcloud.query.records+xml"),
      std::string{kHost} + "/api/service");
  const auto list = request("GET", "/api/service").as(registry.caller("user")).send();
  EXPECT_NE(list.body.find("org.example.shown"), std::string::npos);
  EXPECT_EQ(list.body.find("org.example.hidden"), std::string::npos);
  EXPECT_EQ(list.body.find("backup-key"), std::string::npos);  // routing is not for users
  const auto get = [&](const core::Uuid& id) {
    return request("GET", "/api/service/" + id.to_string()).as(registry.caller("user")).send();
  };
  EXPECT_EQ(get(hidden).status, 404);
  EXPECT_EQ(text(xml(get(shown)).root(), kVcloud, "Namespace"), "org.example.shown");
}

}  // namespace
}  // namespace http::vcloud
