#include "tools/oriel/serve/broker_logins.h"

namespace oriel::serve {
namespace {

using registry::service::CheckPassword;
using registry::service::Outcome;

/// A registry that says yes to everything it is asked, about the user whom the test chose.
class YesRegistry final : public registry::service::Registry {
 public:
  explicit YesRegistry(registry::model::Role role) {
    auto directory = std::make_shared<registry::service::Directory>();
    registry::model::User user;
    user.id = id;
    user.role = role;
    directory->users.push_back(user);
    auto made = std::make_shared<registry::service::Snapshot>();
    made->directory = std::move(directory);
    snapshot_ = std::move(made);
  }
  void submit(registry::service::Command command, registry::service::CommandDone done) override {
    asked = std::get<CheckPassword>(command);
    if (says_yes) {
      done(Outcome{id, nullptr});
    } else {
      done(core::Unexpected{registry::service::RuleViolation{
          registry::service::RuleViolation::Kind::unauthorized, "no"}});
    }
  }
  [[nodiscard]] const registry::service::SnapshotPtr& snapshot() const override {
    return snapshot_;
  }

  core::Uuid id = core::Uuid::random();
  bool says_yes = true;
  std::optional<CheckPassword> asked;

 private:
  registry::service::SnapshotPtr snapshot_;
};

bool admits(YesRegistry& registry, bool dev, amqp::port::Credentials credentials) {
  BrokerLogins logins{registry, dev};
  std::optional<bool> answer;
  logins.check(std::move(credentials), [&](bool accepted) { answer = accepted; });
  return answer.value();
}

constexpr auto kAdministrator = registry::model::Role::system_administrator;

TEST(BrokerLogins, GuestIsForSandboxesFromLoopbackWithTheRightPassword) {
  YesRegistry registry{kAdministrator};
  EXPECT_TRUE(admits(registry, true, {"guest", "guest", true, "127.0.0.1"}));
  EXPECT_FALSE(admits(registry, true, {"guest", "guest", false, "192.0.2.1"}));
  EXPECT_FALSE(admits(registry, true, {"guest", "other", true, "127.0.0.1"}));
  EXPECT_FALSE(admits(registry, false, {"guest", "guest", true, "127.0.0.1"}));
  EXPECT_FALSE(registry.asked) << "guest is never a user of the registry";
}

TEST(BrokerLogins, AnAdministratorOfTheSystemMayNameHisOrganisation) {
  YesRegistry registry{kAdministrator};
  for (const char* user : {"administrator", "administrator@System", "administrator@SYSTEM"}) {
    EXPECT_TRUE(admits(registry, false, {user, "secret", false, "192.0.2.1"})) << user;
    ASSERT_TRUE(registry.asked);
    EXPECT_EQ(registry.asked->user, "administrator");
    EXPECT_EQ(registry.asked->organisation, "System");
    EXPECT_EQ(registry.asked->password, "secret");
    EXPECT_EQ(registry.asked->source, "192.0.2.1");
  }
}

TEST(BrokerLogins, UsersOfOtherOrganisationsAreRefusedWithoutALook) {
  YesRegistry registry{kAdministrator};
  EXPECT_FALSE(admits(registry, true, {"acme-admin@acme", "secret", true, "127.0.0.1"}));
  EXPECT_FALSE(registry.asked);
}

TEST(BrokerLogins, AWrongPasswordIsRefused) {
  YesRegistry registry{kAdministrator};
  registry.says_yes = false;
  EXPECT_FALSE(admits(registry, false, {"administrator", "wrong", true, "127.0.0.1"}));
}

TEST(BrokerLogins, AUserOfTheSystemWhoAdministersNothingIsRefused) {
  YesRegistry registry{registry::model::Role::user};
  EXPECT_FALSE(admits(registry, false, {"somebody", "right", true, "127.0.0.1"}));
}

}  // namespace
}  // namespace oriel::serve
