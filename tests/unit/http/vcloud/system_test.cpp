// What the system says of itself: settings, tasks, and the documents that lead on (spec sections
// 1.4, 2.1, 4.9 and 6).

#include "tests/unit/http/vcloud/service_parts.h"

namespace http::vcloud {
namespace {

using Entrances = ServiceParts;

constexpr std::string_view kSettings = "/api/admin/extension/settings";
constexpr std::string_view kAmqp = "/api/admin/extension/settings/amqp";

class Settings : public ServiceParts {
 protected:
  native::Answer put(std::string_view members) {
    return by_root("PUT", kAmqp)
        .body(xml_type("amqpSettings"), vmext_xml("AmqpSettings", members))
        .send();
  }
  native::Answer test(std::string_view members) {
    return by_root("POST", std::string{kAmqp} + "/action/test")
        .body(xml_type("amqpSettings"), vmext_xml("AmqpSettings", members))
        .send();
  }
};

// spec 4.9 [V]
TEST_F(Settings, DescribeTheBrokerThatRuns) {
  const auto document = xml(by_root("GET", kAmqp).send());
  const auto root = document.root();
  EXPECT_TRUE(root.is(kVmext, "AmqpSettings"));
  EXPECT_EQ(text(root, kVmext, "AmqpHost"), "vcd.example.org");
  EXPECT_EQ(text(root, kVmext, "AmqpPort"), "5672");
  EXPECT_EQ(text(root, kVmext, "AmqpVHost"), "/");
  EXPECT_EQ(text(root, kVmext, "AmqpPrefix"), "vcd");
  EXPECT_EQ(text(root, kVmext, "AmqpPassword"), "none");
  EXPECT_EQ(href(root, "test", xml_type("amqpSettings")),
            std::string{kHost} + std::string{kAmqp} + "/action/test");
  EXPECT_EQ(href(root, "edit", xml_type("amqpSettings")), std::string{kHost} + std::string{kAmqp});
}

// spec 4.9 [V]
TEST_F(Settings, KeepWhatIsWrittenAndShowNoPassword) {
  const auto answer = put(
      "<vmext:AmqpHost>mq.example.org</vmext:AmqpHost><vmext:AmqpPassword>s</vmext:AmqpPassword>"
      "<vmext:AmqpPrefix>other</vmext:AmqpPrefix>");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(text(xml(answer).root(), kVmext, "AmqpHost"), "mq.example.org");
  EXPECT_EQ(put("<vmext:AmqpVHost>v</vmext:AmqpVHost>").status, 200);
  const auto document = xml(by_root("GET", kAmqp).send());
  EXPECT_EQ(text(document.root(), kVmext, "AmqpHost"), "mq.example.org");
  EXPECT_EQ(text(document.root(), kVmext, "AmqpPrefix"), "other");
  EXPECT_EQ(text(document.root(), kVmext, "AmqpVHost"), "v");
  EXPECT_EQ(text(document.root(), kVmext, "AmqpPassword"), "none");
  EXPECT_EQ(put("<vmext:AmqpPrefix>a b</vmext:AmqpPrefix>").status, 400);
  EXPECT_EQ(put("<vmext:AmqpPort>0</vmext:AmqpPort>").status, 400);
}

// spec 4.9 [V]
TEST_F(Settings, ATestThatFailsIsAnAnswerLikeAnother) {
  const auto good = test("<vmext:AmqpPort>5672</vmext:AmqpPort>");
  ASSERT_EQ(good.status, 200) << good.body;
  EXPECT_EQ(text(xml(good).root(), kVmext, "Valid"), "true");
  EXPECT_EQ(text(xml(good).root(), kVmext, "error"), "none");
  const auto bad =
      xml(test("<vmext:AmqpPort>5672</vmext:AmqpPort>"
               "<vmext:AmqpUseSSL>true</vmext:AmqpUseSSL>"));
  EXPECT_EQ(text(bad.root(), kVmext, "Valid"), "false");
  std::string message;
  for (const auto child : bad.root().children()) {
    if (child.is(kVmext, "error")) message = child.attribute("message").value_or("");
  }
  EXPECT_NE(message.find("5671"), std::string::npos) << message;
}

// spec 4.9 [V]
TEST_F(Settings, OfAmqpStandInThoseOfTheSystem) {
  const auto document = xml(by_root("GET", kSettings).send());
  EXPECT_TRUE(document.root().is(kVmext, "SystemSettings"));
  std::size_t found = 0;
  for (const auto child : document.root().children()) {
    if (child.is(kVmext, "AmqpSettings")) {
      EXPECT_EQ(text(child, kVmext, "AmqpPort"), "5672");
      ++found;
    }
    if (child.is(kVmext, "NotificationsSettings")) {
      EXPECT_EQ(text(child, kVmext, "EnableNotifications"), "false");
      ++found;
    }
  }
  EXPECT_EQ(found, 2U);
}

class Tasks : public ServiceParts {
 protected:
  std::string list = "/api/tasksList/" + registry.organisation("acme").to_string();

  std::string post_task(std::string_view status) {
    const auto answer =
        by_root("POST", list)
            .body("application/vnd.vmware.vcloud.task+xml",
                  vcloud_xml("Task", "",
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
