// What administrators set, and what the broker in the server says to it (spec section 4.9).

#include "registry/kinds/kinds.h"
#include "tests/unit/http/vcloud/service_parts.h"

namespace http::vcloud {
namespace {

constexpr std::string_view kSettings = "/api/admin/extension/settings";
constexpr std::string_view kAmqp = "/api/admin/extension/settings/amqp";
constexpr std::string_view kNotifications = "/api/admin/extension/settings/notifications";

class Settings : public ServiceParts {
 protected:
  native::Exchange putting(std::string_view members) {
    return by_root("PUT", kAmqp).body(xml_type("amqpSettings"), vmext_xml("AmqpSettings", members));
  }
  native::Answer put(std::string_view members) { return putting(members).send(); }
  native::Answer put_notifications(std::string_view members) {
    return by_root("PUT", kNotifications)
        .body(xml_type("notificationsSettings"), vmext_xml("NotificationsSettings", members))
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

TEST_F(Settings, NameTheListenersThatWereBoundAfterTheRoutesWereMade) {
  const auto place = std::make_shared<EmbeddedBroker::Place>();
  VcloudApi late{registry, {}, {place, nullptr}};
  place->port = 0;
  place->tls_port = 41000;
  const auto answer = native::Exchange{late, "GET", kAmqp}.as(registry.caller("root")).send();
  const auto document = xml(answer);
  EXPECT_EQ(text(document.root(), kVmext, "AmqpPort"), "41000");
  EXPECT_EQ(text(document.root(), kVmext, "AmqpUseSSL"), "true");
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

TEST_F(Settings, KeepNoPasswordAnywhere) {
  const auto& kind = registry::kinds::amqp_settings();
  for (int times = 0; times < 2; ++times) {
    ASSERT_EQ(put("<vmext:AmqpPassword>hidden</vmext:AmqpPassword>").status, 200);
    const auto& all = registry.snapshot()->resources->all(kind);
    ASSERT_EQ(all.size(), 1U);
    EXPECT_FALSE((*all.begin())->value("AmqpPassword").is_set());
  }
}

TEST_F(Settings, TakeTwoThatAreWrittenForTheFirstTimeAtOnce) {
  auto one = putting("<vmext:AmqpHost>one.example.org</vmext:AmqpHost>");
  auto two = putting("<vmext:AmqpVHost>two</vmext:AmqpVHost>");
  registry.hold();
  one.send();
  two.send();
  registry.release();
  EXPECT_EQ(one.answer().status, 200) << one.answer().body;
  EXPECT_EQ(two.answer().status, 200) << two.answer().body;
  const auto document = xml(by_root("GET", kAmqp).send());
  EXPECT_EQ(text(document.root(), kVmext, "AmqpHost"), "one.example.org");
  EXPECT_EQ(text(document.root(), kVmext, "AmqpVHost"), "two");
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

// spec 4.9 [V]: NotificationsSettings{EnableNotifications}.
TEST_F(Settings, OfNotificationsAreReadAndWritten) {
  const auto system = xml(by_root("GET", kSettings).send());
  EXPECT_EQ(href(system.root(), "down", xml_type("notificationsSettings")),
            std::string{kHost} + std::string{kNotifications});
  const auto before = xml(by_root("GET", kNotifications).send());
  EXPECT_TRUE(before.root().is(kVmext, "NotificationsSettings"));
  EXPECT_EQ(before.root().attribute("type"), xml_type("notificationsSettings"));
  EXPECT_EQ(text(before.root(), kVmext, "EnableNotifications"), "false");

  const auto written =
      put_notifications("<vmext:EnableNotifications>true</vmext:EnableNotifications>");
  ASSERT_EQ(written.status, 200) << written.body;
  EXPECT_EQ(text(xml(written).root(), kVmext, "EnableNotifications"), "true");
  const auto after = xml(by_root("GET", kNotifications).send());
  EXPECT_EQ(text(after.root(), kVmext, "EnableNotifications"), "true");
  EXPECT_EQ(
      put_notifications("<vmext:EnableNotifications>maybe</vmext:EnableNotifications>").status,
      400);
}

/// A broker that takes one user, and what it was asked.
class SettingsTest : public Settings {
 protected:
  SettingsTest() {
    broker.judge = [this](BrokerLogin login, std::function<void(EmbeddedBroker::Verdict)> done) {
      const bool right = login.user == "jane" && login.password == "s" && login.vhost == "/";
      asked = std::move(login);
      done(right ? EmbeddedBroker::Verdict{} : EmbeddedBroker::Verdict{"It says no."});
    };
  }
  /// The reason; empty: the settings are valid.
  std::string test(std::string_view members) {
    VcloudApi tested{registry, {}, broker};
    const auto answer = native::Exchange{tested, "POST", std::string{kAmqp} + "/action/test"}
                            .as(registry.caller("root"))
                            .accept("application/*+xml;version=36.0")
                            .body(xml_type("amqpSettings"), vmext_xml("AmqpSettings", members))
                            .send();
    EXPECT_EQ(answer.status, 200) << answer.body;
    const auto document = xml(answer);
    if (text(document.root(), kVmext, "Valid") == "true") {
      EXPECT_EQ(text(document.root(), kVmext, "error"), "none");
      return "";
    }
    for (const auto child : document.root().children()) {
      if (child.is(kVmext, "error")) return std::string{child.attribute("message").value_or("")};
    }
    return "no error";
  }

  EmbeddedBroker broker;
  std::optional<BrokerLogin> asked;
};

constexpr std::string_view kJane =
    "<vmext:AmqpUsername>jane</vmext:AmqpUsername><vmext:AmqpPassword>s</vmext:AmqpPassword>";

// spec 4.9 [V]: a failing test is 200 with Valid false and an error element.
TEST_F(SettingsTest, ThatFailsIsAnAnswerLikeAnother) {
  EXPECT_EQ(test(std::string{kJane} + "<vmext:AmqpPort>5672</vmext:AmqpPort>"), "");
  EXPECT_EQ(test(std::string{kJane} +
                 "<vmext:AmqpPort>5672</vmext:AmqpPort><vmext:AmqpUseSSL>true</vmext:AmqpUseSSL>"),
            "The broker listens on port 5671 with TLS.");
}

TEST_F(SettingsTest, AsksTheBrokerWhatItSaysToTheLogin) {
  EXPECT_EQ(test("<vmext:AmqpUsername>jane</vmext:AmqpUsername><vmext:AmqpPassword>wrong"
                 "</vmext:AmqpPassword>"),
            "It says no.");
  ASSERT_TRUE(asked);
  EXPECT_EQ(asked->password, "wrong");
  EXPECT_EQ(test(std::string{kJane} + "<vmext:AmqpVHost>other</vmext:AmqpVHost>"), "It says no.");
  EXPECT_EQ(asked->vhost, "other");
}

TEST_F(SettingsTest, WantsAPasswordAsNoneIsKept) {
  EXPECT_EQ(test("<vmext:AmqpUsername>jane</vmext:AmqpUsername>"),
            "AmqpPassword is required: no password is kept.");
  EXPECT_FALSE(asked);
}

TEST_F(SettingsTest, TriesNoOtherHost) {
  EXPECT_NE(test(std::string{kJane} + "<vmext:AmqpHost>mq.example.org</vmext:AmqpHost>"), "");
  EXPECT_FALSE(asked);
  for (const char* own : {"vcd.example.org", "VCD.example.org", "localhost", "127.0.0.1", "::1"}) {
    EXPECT_EQ(test(std::string{kJane} + "<vmext:AmqpHost>" + own + "</vmext:AmqpHost>"), "") << own;
  }
}

TEST_F(SettingsTest, SaysWhenThereIsNoSuchListener) {
  broker.place = std::make_shared<EmbeddedBroker::Place>(EmbeddedBroker::Place{5672, 0, "vcd"});
  EXPECT_EQ(test(std::string{kJane} + "<vmext:AmqpUseSSL>true</vmext:AmqpUseSSL>"),
            "The broker does not listen with TLS.");
}

}  // namespace
}  // namespace http::vcloud
