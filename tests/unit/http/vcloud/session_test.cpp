#include <algorithm>

#include "tests/unit/http/vcloud/vcloud_fixture.h"

namespace http::vcloud {
namespace {

using Sessions = VcloudTest;
using Versions = VcloudTest;
using Orgs = VcloudTest;

constexpr std::string_view kVersions = "http://www.vmware.com/vcloud/versions";
constexpr std::string_view kXml = "application/*+xml;version=32.0";
constexpr std::string_view kOrg = "application/vnd.vmware.vcloud.org+xml";
constexpr std::string_view kTasks = "application/vnd.vmware.vcloud.tasksList+xml";

/// The versions in the answer to somebody who is nobody.
std::vector<std::string> versions_in(const native::Answer& answer) {
  std::vector<std::string> versions;
  const auto document = xml(answer);
  for (const auto info : document.root().children()) {
    EXPECT_TRUE(info.is(kVersions, "VersionInfo"));
    EXPECT_EQ(info.attribute("deprecated"), "false");
    EXPECT_NE(text(info, kVersions, "LoginUrl"), "none");
    versions.push_back(text(info, kVersions, "Version"));
  }
  return versions;
}

// spec 1.1 [V]
TEST_F(Versions, AreListedForAnybodyAndAnyAccept) {
  const std::vector<std::string> served{representation::kVersions.begin(),
                                        representation::kVersions.end()};
  for (const std::string_view accept : {"", "application/*+xml", "text/html", "*/*;version=99.0"}) {
    auto exchange = request("GET", "/api/versions");
    if (!accept.empty()) exchange.accept(accept);
    const auto& answer = exchange.send();
    ASSERT_EQ(answer.status, 200) << accept;
    EXPECT_TRUE(xml(answer).root().is(kVersions, "SupportedVersions"));
    EXPECT_EQ(versions_in(answer), served);
  }
}

// spec 1.1 [V]
TEST_F(Versions, IncludeThoseThatPyvcloudKnowsAndAllAreServed) {
  const auto versions = versions_in(request("GET", "/api/versions").send());
  for (const char* known : {"29.0", "30.0", "31.0", "32.0", "33.0", "34.0", "35.0", "36.0"}) {
    EXPECT_EQ(std::count(versions.begin(), versions.end(), known), 1) << known;
  }
  for (const std::string& version : versions) {
    const auto answer =
        by_root("GET", "/api/org/").accept("application/*+xml;version=" + version).send();
    EXPECT_EQ(answer.status, 200) << version;
    EXPECT_TRUE(answer.header("Content-Type").ends_with(";version=" + version)) << version;
  }
}

TEST_F(Versions, SayWhereTenantsAndProvidersLogIn) {
  const auto document = xml(request("GET", "/api/versions").send());
  const std::string tenants = std::string{kHost} + "/cloudapi/1.0.0/sessions";
  for (const auto info : document.root().children()) {
    const bool two_logins = text(info, kVersions, "Version") >= "36.0";
    EXPECT_EQ(text(info, kVersions, "LoginUrl"),
              two_logins ? tenants : std::string{kHost} + "/api/sessions");
    EXPECT_EQ(text(info, kVersions, "ProviderLoginUrl"),
              two_logins ? tenants + "/provider" : "none");
  }
}

TEST_F(Versions, ComeAsJsonToo) {
  const auto document = json(request("GET", "/api/versions").accept("application/*+json").send());
  const auto infos = document.root().find("versionInfo");
  EXPECT_EQ(infos.size(), representation::kVersions.size());
  EXPECT_EQ((*infos.elements().begin()).find("deprecated").boolean(), false);
}

// spec 1.2 [V]
TEST_F(Sessions, SpellTheirMediaTypesInCamelCaseInTheFieldAndInTheBody) {
  const auto answer = by_root("GET", "/api/org/").send();
  EXPECT_EQ(answer.header("Content-Type"),
            "application/vnd.vmware.vcloud.orgList+xml;version=36.0");
  EXPECT_EQ(xml(answer).root().attribute("type"), "application/vnd.vmware.vcloud.orgList+xml");
}

TEST_F(Sessions, OfAVersionThatIsNotServedAreNotAcceptableWithAnErrorThatNamesThoseThatAre) {
  const auto answer = request("POST", "/api/sessions")
                          .basic("root@System:se:cret")
                          .accept("application/*+xml;version=5.5")
                          .send();
  EXPECT_EQ(answer.status, 406);
  EXPECT_EQ(xml(answer).root().attribute("minorErrorCode"), "NOT_ACCEPTABLE");
  EXPECT_NE(message_of(answer).find("29.0, 30.0, 31.0"), std::string::npos);
  EXPECT_EQ(registry.snapshot()->sessions->size(), 0U);
}

// spec 1.3 [V]
TEST_F(Sessions, AreMadeInEveryVersionAndBothFormats) {
  for (const std::string_view version : representation::kVersions) {
    for (const char* format : {"xml", "json"}) {
      const std::string suffix = std::string{format} + ";version=" + std::string{version};
      const auto answer = request("POST", "/api/sessions")
                              .basic("user@acme:se:cret")
                              .accept("application/*+" + suffix)
                              .send();
      EXPECT_EQ(answer.status, 200) << suffix;
      EXPECT_EQ(answer.header("Content-Type"), "application/vnd.vmware.vcloud.session+" + suffix);
    }
  }
}

// spec 1.3 [V], 1.4 [V]
TEST_F(Sessions, ALoginGivesBothTokensAndTheSession) {
  const auto answer =
      request("POST", "/api/sessions").basic("root@SYSTEM:se:cret").accept(kXml).send();
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.header("Content-Type"),
            "application/vnd.vmware.vcloud.session+xml;version=32.0");
  EXPECT_TRUE(answer.header("X-VMWARE-VCLOUD-ACCESS-TOKEN").starts_with("signed-"));
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
}

// spec 1.4 [V]
TEST_F(Sessions, NameTheRoleThatSomebodyMade) {
  registry.give_role("user", "Photographer");
  const auto answer = request("GET", "/api/session").as(registry.caller("user")).send();
  EXPECT_EQ(xml(answer).root().attribute("roles"), "Photographer");
}

/// "rel type href" of each link, in order; the host is left out.
std::vector<std::string> links_of(const native::Answer& answer) {
  std::vector<std::string> links;
  const auto document = xml(answer);
  for (const auto child : document.root().children()) {
    if (!child.is(kVcloud, "Link")) continue;
    std::string_view href = child.attribute("href").value_or("");
    EXPECT_TRUE(href.starts_with(kHost)) << href;
    href.remove_prefix(std::min(kHost.size(), href.size()));
    links.push_back(std::string{child.attribute("rel").value_or("")} + " " +
                    std::string{child.attribute("type").value_or("-")} + " " + std::string{href});
  }
  std::sort(links.begin(), links.end());
  return links;
}

// spec 1.4 [V]
TEST_F(Sessions, HaveExactlyTheLinksOfTheCallersRole) {
  struct Case {
    const char* user;
    const char* organisation;
    bool administrator;
    bool system;
  };
  for (const auto& [user, organisation, administrator, system] :
       {Case{"root@System:se:cret", "System", true, true},
        Case{"admin@acme:se:cret", "acme", true, false},
        Case{"user@acme:se:cret", "acme", false, false},
        Case{"stranger@home@other:se:cret", "other", false, false}}) {
    std::vector<std::string> expected{
        "down application/vnd.vmware.vcloud.org+xml /api/org/" +
            registry.organisation(organisation).to_string(),
        "down application/vnd.vmware.vcloud.orgList+xml /api/org/",
        "down application/vnd.vmware.vcloud.query.queryList+xml /api/query",
        "down:extensibility application/vnd.vmware.vcloud.apiextensibility+xml /api/extensibility",
        "remove - /api/session"};
    if (administrator) {
      expected.emplace_back("down application/vnd.vmware.admin.vcloud+xml /api/admin/");
    }
    if (system) {
      expected.emplace_back(
          "down application/vnd.vmware.admin.vmwExtension+xml /api/admin/extension");
    }
    std::sort(expected.begin(), expected.end());
    const auto made = request("POST", "/api/sessions").basic(user).accept(kXml).send();
    ASSERT_EQ(made.status, 200) << user;
    EXPECT_EQ(links_of(made), expected) << user;
  }
}

TEST_F(Sessions, LeadToResourcesThatTheCallerMayRead) {
  for (const char* user : {"root", "admin", "user"}) {
    const auto session = request("GET", "/api/session").as(registry.caller(user)).send();
    ASSERT_EQ(session.status, 200);
    for (const std::string& link : links_of(session)) {
      const auto answer =
          request("GET", link.substr(link.rfind(' ') + 1)).as(registry.caller(user)).send();
      EXPECT_EQ(answer.status, 200) << user << ": " << link;
    }
  }
}

TEST_F(Sessions, LeadAdministratorsToTheOrganisationsThatTheyAdminister) {
  const auto names = [&](const char* user) {
    std::vector<std::string> found;
    const auto answer = request("GET", "/api/admin/").as(registry.caller(user)).send();
    const auto document = xml(answer);
    EXPECT_TRUE(document.root().is(kVcloud, "VCloud"));
    for (const auto child : document.root().children()) {
      if (!child.is(kVcloud, "OrganizationReferences")) continue;
      for (const auto reference : child.children()) {
        found.emplace_back(reference.attribute("name").value_or(""));
      }
    }
    return found;
  };
  EXPECT_EQ(names("root"), (std::vector<std::string>{"System", "acme", "other"}));
  EXPECT_EQ(names("admin"), (std::vector<std::string>{"acme"}));
  EXPECT_EQ(request("GET", "/api/admin/").as(registry.caller("user")).send().status, 403);
}

// spec 1.3 [V]
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

// spec 1.3 [V]
TEST_F(Sessions, TheCurrentOneIsShownWithItsTokensAndCanBeEndedByEither) {
  for (const char* name : {"x-vcloud-authorization", "X-VMWARE-VCLOUD-ACCESS-TOKEN"}) {
    const auto made = request("POST", "/api/sessions").basic("user@acme:se:cret").send();
    const auto shown = request("GET", "/api/session")
                           .as(registry.caller("user"))
                           .header("Authorization", "Bearer " + made.header(name))
                           .send();
    EXPECT_EQ(shown.status, 200);
    for (const char* each : {"x-vcloud-authorization", "X-VMWARE-VCLOUD-ACCESS-TOKEN"}) {
      EXPECT_EQ(shown.header(each), made.header(each));
    }
    EXPECT_EQ(xml(shown).root().attribute("org"), "acme");

    const auto ended = request("DELETE", "/api/session")
                           .as(registry.caller("user"))
                           .header("x-vcloud-authorization", made.header(name))
                           .send();
    EXPECT_EQ(ended.status, 204);
    EXPECT_EQ(ended.body, "");
    EXPECT_EQ(registry.snapshot()->sessions->size(), 0U);
  }
}

TEST_F(Sessions, OneThatHasEndedMeanwhileIsShownWithoutTokens) {
  const auto shown = request("GET", "/api/session")
                         .as(registry.caller("user"))
                         .header("Authorization", "Bearer gone")
                         .send();
  EXPECT_EQ(shown.status, 200);
  EXPECT_EQ(shown.header("x-vcloud-authorization"), "");
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

// spec 1.4 [V]
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

// spec 1.4 [V]
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
