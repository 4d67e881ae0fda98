// Members of an organisation never see what belongs to another one: what is foreign and what is
// missing have the very same answer.

#include "tests/unit/http/vcloud/service_parts.h"

namespace http::vcloud {
namespace {

class Isolation : public ServiceParts {
 protected:
  /// Something of each kind that organisations have, of the organisation acme.
  std::vector<std::string> make() {
    const std::string acme = registry.organisation("acme").to_string();
    const std::string task = by_root("POST", "/api/tasksList/" + acme)
                                 .body("application/vnd.vmware.vcloud.task+xml",
                                       vcloud_xml("Task", "",
                                                  "name='task' status='running' operationName='x' "
                                                  "serviceNamespace='org.example'"))
                                 .send()
                                 .body;
    const auto at = task.find("/api/task/");
    EXPECT_NE(at, std::string::npos) << task;
    const auto user =
        by_root("POST", "/api/admin/org/" + acme + "/users")
            .body(xml_type("user"), vcloud_xml("User",
                                               "<Role href='" + role("vApp User") +
                                                   "'/><Password>a-Password-1</Password>",
                                               "name='new'"))
            .send();
    EXPECT_EQ(user.status, 201) << user.body;
    return {"/api/org/" + acme, "/api/admin/org/" + acme, "/api/tasksList/" + acme,
            task.substr(at, 10 + 36), user.header("Location").substr(kHost.size())};
  }
  std::string role(std::string_view name) {
    const auto records = xml(by_root("GET", "/api/admin/roles/query").send());
    for (const auto child : records.root().children()) {
      if (child.attribute("name") == name) return std::string{child.attribute("href").value_or("")};
    }
    return "none";
  }
  /// An administrator of another organisation.
  registry::access::Caller stranger() {
    auto caller = registry.caller("stranger@home");
    caller.role = registry::model::Role::organisation_administrator;
    return caller;
  }
};

TEST_F(Isolation, ForeignAndMissingAreTheSame) {
  for (const std::string& path : make()) {
    std::string missing = path;
    missing.replace(path.size() - 36, 36, "00000000-0000-4000-8000-000000000009");
    for (const char* method : {"GET", "PUT", "DELETE", "POST"}) {
      const auto foreign = request(method, path).as(stranger()).send();
      const auto none = request(method, missing).as(stranger()).send();
      EXPECT_EQ(foreign.status, none.status) << method << " " << path;
      EXPECT_EQ(foreign.body, none.body) << method << " " << path;
      EXPECT_NE(foreign.status / 100, 2) << method << " " << path;
    }
    EXPECT_EQ(request("GET", path).as(stranger()).send().status, 404) << path;
    EXPECT_EQ(request("GET", path).as(registry.caller("admin")).send().status, 200) << path;
    EXPECT_EQ(by_root("GET", path).send().status, 200) << path;
  }
}

TEST_F(Isolation, WhatWasForeignAndIsDeletedIsMissing) {
  const auto acme_administrator = registry.caller("admin");
  const std::string acme = registry.organisation("acme").to_string();
  const auto made =
      request("POST", "/api/admin/org/" + acme + "/users")
          .as(acme_administrator)
          .body(xml_type("user"), vcloud_xml("User",
                                             "<Role href='" + role("vApp User") +
                                                 "'/><Password>a-Password-1</Password>",
                                             "name='brief' operationKey='once'"))
          .send();
  ASSERT_EQ(made.status, 201) << made.body;
  const std::string path = made.header("Location").substr(kHost.size());
  std::string missing = path;
  missing.replace(path.size() - 36, 36, "00000000-0000-4000-8000-000000000009");
  EXPECT_EQ(request("DELETE", path).as(acme_administrator).send().status, 204);
  EXPECT_EQ(request("DELETE", path).as(acme_administrator).send().status, 204) << "again";
  EXPECT_EQ(by_root("DELETE", path).send().status, 204);
  const auto foreign = request("DELETE", path).as(stranger()).send();
  EXPECT_EQ(foreign.status, 404);
  EXPECT_EQ(foreign.body, request("DELETE", missing).as(stranger()).send().body);
}

TEST_F(Isolation, TheEntityResolverKnowsNothingOfOthersEither) {
  const auto all = make();
  const std::string urn = "urn:vcloud:task:" + id_of(all[3]);
  EXPECT_EQ(request("GET", "/api/entity/" + urn).as(registry.caller("user")).send().status, 200);
  EXPECT_EQ(request("GET", "/api/entity/" + urn).as(stranger()).send().status, 404);
}

TEST_F(Isolation, NoQueryOfATenantShowsAnothersResources) {
  make();
  const std::string acme = registry.organisation("acme").to_string();
  const auto list = xml(request("GET", "/api/query").as(stranger()).send());
  std::size_t asked = 0;
  for (const auto child : list.root().children()) {
    const std::string url{child.attribute("href").value_or("")};
    const auto answer = request("GET", url.substr(kHost.size())).as(stranger()).send();
    EXPECT_EQ(answer.status, 200) << url;
    EXPECT_EQ(answer.body.find(acme), std::string::npos) << url << answer.body;
    ++asked;
  }
  EXPECT_GT(asked, 10U);
}

TEST_F(Isolation, AnAdministratorMakesNothingInAnotherOrganisation) {
  const std::string acme = registry.organisation("acme").to_string();
  const auto answer = request("POST", "/api/admin/org/" + acme + "/users")
                          .as(stranger())
                          .body(xml_type("user"), vcloud_xml("User", "", "name='new'"))
                          .send();
  EXPECT_EQ(answer.status, 404);
}

}  // namespace
}  // namespace http::vcloud
