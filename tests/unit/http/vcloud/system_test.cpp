// What the system says of itself: tasks, and the documents that lead on (spec sections 1.4, 2.1 and
// 6).

#include "tests/unit/http/vcloud/service_parts.h"

namespace http::vcloud {
namespace {

using Entrances = ServiceParts;

class Tasks : public ServiceParts {
 protected:
  std::string list = "/api/tasksList/" + registry.organisation("acme").to_string();

  std::string post_task(std::string_view status, const std::string& members = "") {
    const auto answer =
        by_root("POST", list)
            .body("application/vnd.vmware.vcloud.task+xml",
                  vcloud_xml("Task", members,
                             "operationName='x' serviceNamespace='org.example' status='" +
                                 std::string{status} + "'"))
            .send();
    EXPECT_EQ(answer.status / 100, 2) << answer.body;
    return std::string{xml(answer).root().attribute("href").value_or("")}.substr(kHost.size());
  }
};

// spec 6.1 [V]
TEST_F(Tasks, AreShownToMembersOfTheOrganisation) {
  const std::string path = post_task("running");
  const auto document = xml(request("GET", list).as(registry.caller("user")).send());
  EXPECT_TRUE(document.root().is(kVcloud, "TasksList"));
  std::vector<std::string> hrefs;
  for (const auto child : document.root().children()) {
    if (child.is(kVcloud, "Task")) hrefs.emplace_back(child.attribute("href").value_or(""));
  }
  EXPECT_EQ(hrefs, (std::vector<std::string>{std::string{kHost} + path}));
  EXPECT_EQ(request("POST", list).as(registry.caller("admin")).send().status, 403);
}

// spec 6.1 [V]
TEST_F(Tasks, AreMarkedWhenSomebodyCancelsThem) {
  const std::string path = post_task("running");
  const auto before = xml(by_root("GET", path).send());
  const std::string cancel = href(before.root(), "task:cancel", "");
  ASSERT_EQ(cancel, std::string{kHost} + path + "/action/cancel");
  EXPECT_EQ(by_root("POST", cancel.substr(kHost.size())).send().status, 204);
  const auto after = xml(by_root("GET", path).send());
  EXPECT_EQ(after.root().attribute("cancelRequested"), "true");
  EXPECT_EQ(after.root().attribute("status"), "running");
  EXPECT_EQ(href(after.root(), "task:cancel", ""), "none");
  EXPECT_EQ(by_root("POST", cancel.substr(kHost.size())).send().status, 400);
  EXPECT_EQ(by_root("POST", post_task("success") + "/action/cancel").send().status, 400);
}

TEST_F(Tasks, AreCanceledByTheirUserAndByNoOtherOne) {
  const std::string of_root = post_task("running");
  const std::string of_user =
      post_task("running", "<User href='" + std::string{kHost} + "/api/admin/user/" +
                               registry.caller("user").user.to_string() + "'/>");
  const auto cancel = [&](const std::string& path, std::string_view user) {
    return request("POST", path + "/action/cancel").as(registry.caller(user)).send().status;
  };
  const auto link = [&](const std::string& path) {
    return href(xml(request("GET", path).as(registry.caller("user")).send()).root(), "task:cancel",
                "");
  };
  EXPECT_EQ(link(of_user), std::string{kHost} + of_user + "/action/cancel");
  EXPECT_EQ(link(of_root), "none");
  EXPECT_EQ(cancel(of_root, "user"), 403);
  EXPECT_EQ(cancel(of_user, "stranger@home"), 404);
  EXPECT_EQ(cancel(of_user, "user"), 204);
  EXPECT_EQ(cancel(of_root, "admin"), 204);
}

TEST_F(Tasks, AndEventsAreShownToAdministratorsOfTheirOrganisationOnly) {
  const std::string acme = post_task("running");
  list = "/api/tasksList/" + registry.organisation("other").to_string();
  post_task("running");
  // A task that runs has made an event at its creation, and one at its start.
  for (const auto& [type, each] : {std::pair{"adminTask", 1}, std::pair{"adminEvent", 2}}) {
    const std::string query = std::string{"/api/query?type="} + type;
    const auto total = [&](std::string_view user) {
      const auto answer = request("GET", query).as(registry.caller(user)).send();
      return answer.status == 200
                 ? std::string{xml(answer).root().attribute("total").value_or("none")}
                 : std::to_string(answer.status);
    };
    EXPECT_EQ(total("root"), std::to_string(2 * each)) << type;
    EXPECT_EQ(total("admin"), std::to_string(each)) << type;
    EXPECT_EQ(total("user"), "403") << type;
  }
}

// spec 6.2 [V]
TEST_F(Tasks, AndEventsArePostedWithoutAnAnswer) {
  const std::string org = "/api/admin/org/" + registry.organisation("acme").to_string();
  const auto answer =
      by_root("POST", org + "/events")
          .body(xml_type("event"),
                vcloud_xml("Event",
                           "<User href='" + std::string{kHost} + "/api/admin/user/" +
                               registry.caller("user").user.to_string() + "'/>",
                           "type='x/y' serviceNamespace='org.example' success='true'"))
          .send();
  EXPECT_EQ(answer.status, 204) << answer.body;
  EXPECT_EQ(answer.body, "");
  const auto records = xml(by_root("GET", "/api/query?type=adminEvent").send());
  EXPECT_NE(records.root().attribute("total"), "0");
}

TEST_F(Entrances, TheAdministrationShowsAnAdministratorWhatIsHis) {
  const auto names = [&](std::string_view user) {
    std::vector<std::string> found;
    const auto document = xml(request("GET", "/api/admin/").as(registry.caller(user)).send());
    for (const auto child : document.root().children()) {
      if (!child.is(kVcloud, "OrganizationReferences")) continue;
      for (const auto each : child.children()) {
        found.emplace_back(each.attribute("name").value_or(""));
      }
    }
    return found;
  };
  EXPECT_EQ(names("root"), (std::vector<std::string>{"System", "acme", "other"}));
  EXPECT_EQ(names("admin"), (std::vector<std::string>{"acme"}));
}

TEST_F(Entrances, ProviderVdcsAreListedByReference) {
  post("/api/admin/extension/providervdcs", "vmwprovidervdc",
       vmext_xml("VMWProviderVdc", "", "name='gold'"));
  const auto document = xml(by_root("GET", "/api/admin/extension/providerVdcReferences").send());
  std::vector<std::string> names;
  for (const auto child : document.root().children()) {
    if (!child.is(kVcloud, "Link")) names.emplace_back(child.attribute("name").value_or(""));
  }
  EXPECT_EQ(names, (std::vector<std::string>{"gold"}));
}

}  // namespace
}  // namespace http::vcloud
