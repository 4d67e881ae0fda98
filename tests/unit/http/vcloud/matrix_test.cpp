// Every route with every kind of caller: who gets what (security.md, section 4.2).

#include "tests/unit/http/vcloud/vcloud_fixture.h"

namespace http::vcloud {
namespace {

using native::Access;
using Matrix = VcloudTest;

/// A path that the pattern matches, with ids that are nobody's.
std::string instance_of(std::string_view pattern) {
  std::string path{pattern};
  for (std::size_t at = path.find("{}"); at != std::string::npos; at = path.find("{}")) {
    path.replace(at, 2, "0f0e0d0c-0b0a-4908-8706-050403020100");
  }
  return path;
}

/// Whether somebody of that access is let in; the empty name is nobody.
bool admits(Access access, std::string_view user) {
  switch (access) {
    case Access::anybody:
      return true;
    case Access::user:
      return !user.empty();
    case Access::organisation_administrator:
      return user == "admin" || user == "root";
    case Access::system_administrator:
      break;
  }
  return user == "root";
}

TEST_F(Matrix, EachRouteAdmitsItsCallersAndNobodyElse) {
  for (const auto& route : api.routes()) {
    const std::string path = instance_of(route.pattern);
    for (const auto& action : route.actions) {
      const Access access = action.access.value_or(route.access);
      for (const char* user : {"", "user", "admin", "root"}) {
        auto exchange = request(action.method, path);
        if (*user != '\0') exchange.as(registry.caller(user));
        const auto status = exchange.send().status;
        const std::string what = std::string{action.method} + " " + path + " by " + user;
        if (!admits(access, user)) {
          EXPECT_EQ(status, *user == '\0' ? 401 : 403) << what;
        } else if (path != "/api/sessions") {  // which asks for credentials of its own
          EXPECT_NE(status, 401) << what;
          EXPECT_NE(status, 403) << what;
        }
      }
    }
  }
}

// spec 2 [V]
TEST_F(Matrix, EveryPathOfTheExtensionAdministrationIsForSystemAdministrators) {
  for (const auto& route : api.routes()) {
    if (!route.pattern.starts_with("/api/admin/extension")) continue;
    for (const auto& action : route.actions) {
      EXPECT_EQ(action.access.value_or(route.access), Access::system_administrator)
          << route.pattern;
    }
  }
  for (const char* path : {"/api/admin/extension/nothing", "/api/admin/extension/service/a/b/c"}) {
    EXPECT_TRUE(api.knows(path));
    EXPECT_EQ(request("GET", path).send().status, 401) << path;
    EXPECT_EQ(request("GET", path).as(registry.caller("admin")).send().status, 403) << path;
    EXPECT_EQ(by_root("GET", path).send().status, 404) << path;
  }
}

TEST_F(Matrix, KnowsItsPathsAndNoOthers) {
  for (const auto& route : api.routes()) EXPECT_TRUE(api.knows(instance_of(route.pattern)));
  EXPECT_TRUE(api.knows("/api/org/"));
  for (const char* path :
       {"/", "", "/api", "/api/", "/api/versionsx", "/api/sessions/x", "/api//org", "/api/org//",
        "/api/admin/extensions", "/cloudapi/1.0.0/sessions", "/api/administration", "/API/versions",
        "*"}) {
    EXPECT_FALSE(api.knows(path)) << path;
  }
}

TEST_F(Matrix, OtherMethodsAreNotAllowedAndTheAnswerSaysWhichAre) {
  const auto answer = by_root("PATCH", kServices).send();
  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.header("Allow"), "GET, HEAD, POST");
  EXPECT_EQ(request("GET", "/api/sessions").send().status, 405);
  EXPECT_EQ(by_root("HEAD", kServices).send().status, 200);
  EXPECT_EQ(request("PATCH", kServices).send().status, 401);  // before anything is said of methods
}

TEST_F(Matrix, VersionsThatAreNotServedAreNotAcceptable) {
  for (const char* accept :
       {"application/*+xml;version=28.0", "application/*+json;version=99.0", "text/html"}) {
    const auto answer = by_root("GET", kServices).accept(accept).send();
    EXPECT_EQ(answer.status, 406) << accept;
  }
  for (const auto version : representation::kVersions) {
    const auto answer = by_root("GET", kServices)
                            .accept("application/*+xml;version=" + std::string{version})
                            .send();
    EXPECT_EQ(answer.header("Content-Type"),
              "application/vnd.vmware.admin.extensionServices+xml;version=" + std::string{version});
  }
}

TEST_F(Matrix, NoRepresentationHasTwoLinksOfOneRelTypeAndName) {
  const auto id = add_service("org.example.backup", true);
  for (const auto& route : api.routes()) {
    for (const std::string_view format : {"xml", "json"}) {
      std::string path{route.pattern};
      if (const auto at = path.find("{}"); at != std::string::npos) {
        const bool org = path.find("/org/") != std::string::npos;
        path.replace(at, 2, (org ? registry.organisation("acme") : id).to_string());
      }
      const auto answer =
          by_root("GET", path).accept("application/*+" + std::string{format}).send();
      if (answer.status != 200 || format == "json") continue;
      std::vector<std::string> seen;
      const auto document = xml(answer);
      for (const auto child : document.root().children()) {
        if (!child.is(kVcloud, "Link")) continue;
        seen.push_back(std::string{child.attribute("rel").value_or("")} + " " +
                       std::string{child.attribute("type").value_or("")} + " " +
                       std::string{child.attribute("name").value_or("")});
      }
      std::sort(seen.begin(), seen.end());
      EXPECT_EQ(std::adjacent_find(seen.begin(), seen.end()), seen.end()) << path;
    }
  }
}

TEST_F(Matrix, ErrorsComeInTheFormatOfTheCaller) {
  const auto answer = request("GET", kServices).accept("application/*+json;version=36.0").send();
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(answer.header("Content-Type"), "application/vnd.vmware.vcloud.error+json;version=36.0");
  EXPECT_EQ(json(answer).root().find("majorErrorCode").integer(), 401);
}

}  // namespace
}  // namespace http::vcloud
