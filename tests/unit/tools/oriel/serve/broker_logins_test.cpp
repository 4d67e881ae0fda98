#include "tools/oriel/serve/broker_logins.h"

#include <gtest/gtest.h>

#include "tools/oriel/serve/broker_access.h"

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
    directory->put(user);
    auto made = std::make_shared<registry::service::Snapshot>();
    made->directory = std::move(directory);
    snapshot_ = std::move(made);
  }
  void submit(registry::service::Command command, registry::service::CommandDone done) override {
    asked = std::get<CheckPassword>(command);
    if (before_answer) before_answer();
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
  std::function<void()> before_answer;

 private:
  registry::service::SnapshotPtr snapshot_;
};

/// A lane that runs its jobs when the test says so, or takes none; letters arrive at once.
class HandLane final : public core::Lane, public core::LanePost {
 public:
  bool submit(Job job) override {
    if (full) return false;
    jobs.push_back(std::move(job));
    return true;
  }
  void send(core::ShardId, core::Letter letter) override { letter(); }
  void run() {
    for (Job& job : std::exchange(jobs, {})) job();
  }
  std::vector<Job> jobs;
  bool full = false;
};

amqp::access::SnapshotPtr broker_users(std::vector<amqp::catalog::User> users) {
  amqp::catalog::Contents contents;
  contents.users = std::move(users);
  return std::make_shared<const amqp::access::Snapshot>(amqp::access::make_snapshot(contents));
}

/// Logins of one shard, with guest/guest and joe, whose password is "right", as broker users.
struct House {
  explicit House(registry::service::Registry& registry, bool dev = true)
      : logins{registry, keeper, PasswordLane{passwords, lane, lane, clock}, core::ShardId{0},
               dev} {}

  std::optional<bool> ask(amqp::port::Credentials credentials) {
    std::optional<bool> answer;
    logins.check(std::move(credentials), [&](bool accepted) { answer = accepted; });
    lane.run();
    return answer;
  }

  HandLane lane;
  core::ManualClock clock;
  BrokerPasswords passwords{{.parameter = 1}};
  amqp::access::Keeper keeper{broker_users({{"guest", quick_hash("guest"), "administrator"},
                                            {"joe", *passwords.hash("right"), ""},
                                            {"jim", quick_hash("imported"), ""},
                                            {"certified", "", ""}})};
  BrokerLogins logins;
};

bool admits(YesRegistry& registry, bool dev, amqp::port::Credentials credentials) {
  return House{registry, dev}.ask(std::move(credentials)).value();
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

TEST(BrokerLogins, UsersOfTheBrokerComeBeforeThoseOfTheRegistry) {
  YesRegistry registry{kAdministrator};
  House house{registry};
  EXPECT_EQ(house.ask({"joe", "right", false, "192.0.2.1"}), true);
  EXPECT_EQ(house.ask({"joe", "wrong", false, "192.0.2.1"}), false);
  EXPECT_EQ(house.ask({"jim", "imported", false, "192.0.2.1"}), true);
  EXPECT_EQ(house.ask({"jim", "wrong", false, "192.0.2.1"}), false);
  EXPECT_FALSE(registry.asked);
}

TEST(BrokerLogins, AUserWithoutAPasswordLogsInByCertificateOnly) {
  YesRegistry registry{kAdministrator};
  House house{registry};
  for (const char* password : {"", "x"}) {
    EXPECT_EQ(house.ask({"certified", password, true, "127.0.0.1"}), false);
  }
  const auto by_certificate = [&](const char* user) {
    bool admitted = false;
    house.logins.by_certificate(user, [&](bool accepted) { admitted = accepted; });
    return admitted;
  };
  EXPECT_TRUE(by_certificate("certified"));
  EXPECT_TRUE(by_certificate("joe"));
  EXPECT_FALSE(by_certificate("guest"));
  EXPECT_FALSE(by_certificate("administrator"));
}

TEST(BrokerLogins, APasswordThatWasRightIsKnownForAWhile) {
  YesRegistry registry{kAdministrator};
  House house{registry};
  EXPECT_EQ(house.ask({"joe", "right", false, "192.0.2.1"}), true);
  house.lane.full = true;
  EXPECT_EQ(house.ask({"joe", "right", false, "192.0.2.1"}), true);
  EXPECT_EQ(house.ask({"joe", "other", false, "192.0.2.1"}), false) << "the lane is full";
  house.clock.advance(std::chrono::minutes{2});
  EXPECT_EQ(house.ask({"joe", "right", false, "192.0.2.1"}), false);
}

TEST(BrokerLogins, WhoGuessesHasToWait) {
  YesRegistry registry{kAdministrator};
  for (const char* user : {"joe", "jim"}) {
    House house{registry};
    const std::string right = user == std::string_view{"joe"} ? "right" : "imported";
    for (int i = 0; i < 6; ++i) EXPECT_EQ(house.ask({user, "guess", true, "127.0.0.1"}), false);
    EXPECT_EQ(house.ask({user, right, true, "127.0.0.1"}), false) << user;
    EXPECT_EQ(house.ask({user, right, true, "127.0.0.2"}), true) << "elsewhere he may try";
    house.clock.advance(std::chrono::minutes{6});
    EXPECT_EQ(house.ask({user, right, true, "127.0.0.1"}), true);
  }
}

TEST(BrokerLogins, MoreChecksThanTheShardMayHaveUnderWayAreRefused) {
  YesRegistry registry{kAdministrator};
  House house{registry};
  std::vector<bool> answers;
  for (std::size_t i = 0; i <= BrokerLogins::kChecksMax; ++i) {
    house.logins.check({"joe", "right", false, "192.0.2.1"},
                       [&](bool accepted) { answers.push_back(accepted); });
  }
  EXPECT_EQ(answers, std::vector<bool>{false});
  house.lane.run();
  EXPECT_EQ(answers.size(), BrokerLogins::kChecksMax + 1);
  EXPECT_TRUE(answers.back());
}

TEST(BrokerLogins, WhoIsDeletedOrChangedWhileHisPasswordIsJudgedIsRefused) {
  YesRegistry registry{kAdministrator};
  const auto answer_after = [&](std::vector<amqp::catalog::User> users) {
    House house{registry};
    std::optional<bool> answer;
    house.logins.check({"joe", "right", false, "192.0.2.1"}, [&](bool yes) { answer = yes; });
    house.keeper.install(broker_users(std::move(users)));
    house.lane.run();
    return answer;
  };
  EXPECT_EQ(answer_after({}), false) << "an administrator may be called joe, too";
  EXPECT_EQ(answer_after({{"joe", "another hash", ""}}), false);
}

TEST(BrokerLogins, AnAdministratorIsRefusedWhoseNameBecomesAUsersMeanwhile) {
  YesRegistry registry{kAdministrator};
  House house{registry};
  registry.before_answer = [&] { house.keeper.install(broker_users({{"ops", "", ""}})); };
  EXPECT_EQ(house.ask({"ops", "secret", false, "192.0.2.1"}), false);
  EXPECT_EQ(house.ask({"ops@System", "secret", false, "192.0.2.1"}), true);
}

TEST(BrokerLogins, GuestOfAnotherPasswordIsForLoopbackOnly) {
  YesRegistry registry{kAdministrator};
  House house{registry, false};
  house.keeper.install(broker_users({{"guest", quick_hash("chosen"), ""}}));
  EXPECT_EQ(house.ask({"guest", "chosen", true, "127.0.0.1"}), true);
  EXPECT_EQ(house.ask({"guest", "chosen", false, "192.0.2.1"}), false);
}

TEST(BrokerPasswords, KnowAHashOfRabbitMqs) {
  // The password "test12" with the salt 0x908DC60A, as RabbitMQ's documentation computes it.
  const amqp::access::User user{
      "u", "{rabbit-sha256}kI3GCqW5JLMJa4iX1lo7X4D6XbYqlLgxIs30+P6tENUV2POR", {}};
  BrokerPasswords passwords{{.parameter = 1}};
  EXPECT_EQ(passwords.judge(user, {"u", "test12", true, "127.0.0.1"}, {}), true);
  EXPECT_EQ(passwords.judge(user, {"u", "test13", true, "127.0.0.1"}, {}), false);
  EXPECT_FALSE(passwords.hash("")) << "no password is none";
  EXPECT_FALSE(passwords.hash(std::string(512, 'x')));
}

/// The organisation System with one administrator, ops, whom a test changes.
class System : public testing::Test {
 protected:
  System() {
    organisation.id = core::Uuid::random();
    organisation.name = "System";
    ops.id = core::Uuid::random();
    ops.organisation = organisation.id;
    ops.name = "ops";
    ops.password_hash = "hash";
    ops.role = kAdministrator;
  }
  [[nodiscard]] std::shared_ptr<registry::service::Directory> directory() const {
    auto made = std::make_shared<registry::service::Directory>();
    made->put(organisation);
    made->put(ops);
    return made;
  }
  [[nodiscard]] bool is_administrator(std::string_view login) const {
    registry::service::Snapshot snapshot;
    snapshot.directory = directory();
    return is_system_administrator(snapshot, login);
  }

  registry::model::Organisation organisation;
  registry::model::User ops;
};

using IsSystemAdministrator = System;

TEST_F(IsSystemAdministrator, GoesByNameOrganisationAndRole) {
  EXPECT_TRUE(is_administrator("ops"));
  EXPECT_TRUE(is_administrator("ops@system"));
  EXPECT_FALSE(is_administrator("ops@acme"));
  EXPECT_FALSE(is_administrator("somebody"));
  ops.enabled = false;
  EXPECT_FALSE(is_administrator("ops"));
}

/// Whom a change of the books turns out.
class Expelled : public System {
 protected:
  /// What ops is told when he logged in before `change`, under each of his names.
  std::string why(const std::function<void()>& change) {
    const LoginBooks before{users, directory()};
    change();
    const LoginBooks now{users, directory()};
    const auto short_name = why_expelled(before, now, "ops");
    const auto full_name = why_expelled(before, now, "ops@System");
    EXPECT_EQ(short_name.has_value(), full_name.has_value());
    EXPECT_FALSE(why_expelled(before, now, "joe"))
        << "a user of the broker has nothing to do with it";
    return short_name.value_or("");
  }

  amqp::access::SnapshotPtr users = broker_users({{"joe", "", ""}});
};

TEST_F(Expelled, AnAdministratorIsWhoMayNotLogInAsHeDidAnyMore) {
  EXPECT_EQ(why([&] { ops.enabled = false; }), "user 'ops' is disabled");
  ops.enabled = true;
  EXPECT_EQ(why([&] { organisation.enabled = false; }), "user 'ops' is disabled");
  organisation.enabled = true;
  EXPECT_EQ(why([&] { ops.role = registry::model::Role::user; }),
            "user 'ops' is no system administrator any more");
  ops.role = kAdministrator;
  EXPECT_EQ(why([&] { ops.password_hash = "other"; }), "user 'ops' has another password");
  EXPECT_EQ(why([&] { ops.name = "renamed"; }), "user 'ops' is deleted");
  ops.name = "ops";
  EXPECT_EQ(why([&] { ops.id = core::Uuid::random(); }), "user 'ops' is deleted")
      << "who has his name now is somebody else";
}

TEST_F(Expelled, AnAdministratorIsNotForWhatElseChanges) {
  EXPECT_EQ(why([&] { ops.role_id = core::Uuid::random(); }), "");
  EXPECT_EQ(why([&] { users = broker_users({{"joe", "other", "tag"}}); }), "");
}

TEST_F(Expelled, AUserOfTheBrokerIsWhenHeIsDeletedWhoeverElseHasHisName) {
  const auto books = directory();
  const auto with = broker_users({{"ops", "", ""}});
  const auto changed = broker_users({{"ops", "other", ""}});
  const auto without = broker_users({});
  EXPECT_EQ(why_expelled({with, books}, {without, books}, "ops"), "user 'ops' is deleted");
  EXPECT_FALSE(why_expelled({with, books}, {changed, books}, "ops"));
  EXPECT_FALSE(why_expelled({with, books}, {without, books}, "ops@System"));
  EXPECT_EQ(why_expelled({without, books}, {with, books}, "ops"),
            "user 'ops' is a user of the broker now");
}

TEST_F(Expelled, NobodyIsWhileTheBooksNameTheSame) {
  const auto books = directory();
  const auto changed = broker_users({{"joe", "other", ""}});
  EXPECT_TRUE(same_logins({users, books}, {changed, books}));
  EXPECT_FALSE(same_logins({users, books}, {broker_users({}), books}));
  EXPECT_FALSE(same_logins({users, books}, {users, directory()}));
}

TEST(SandboxUsers, AreGuestUnlessThereIsOne) {
  amqp::catalog::Contents contents;
  EXPECT_EQ(add_sandbox_users(contents).size(), 2U);
  ASSERT_EQ(contents.users.size(), 1U);
  EXPECT_EQ(contents.users[0].name, "guest");
  EXPECT_EQ(contents.permissions.size(), 1U);
  EXPECT_TRUE(add_sandbox_users(contents).empty());
  EXPECT_EQ(contents.users.size(), 1U);
}

}  // namespace
}  // namespace oriel::serve
