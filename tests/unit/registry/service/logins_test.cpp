#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <memory>
#include <string>

#include "registry/access/rights.h"
#include "tests/unit/registry/service/registry_fixture.h"

namespace registry::service {
namespace {

using Kind = RuleViolation::Kind;

LogIn administrator(std::string password = "system secret", std::string source = "192.0.2.1") {
  return {"administrator", "System", std::move(password), std::move(source)};
}

const access::Session* find(House& house, const std::string& token, std::uint16_t shard = 0) {
  return house.snapshot(shard).sessions->find(token, house.clock().now(), {});
}

TEST(LogIn, GivesASessionThatEveryShardKnows) {
  House house{3};
  const auto result = house.command(administrator(), 1);
  ASSERT_TRUE(result);
  ASSERT_NE(result->session, nullptr);
  EXPECT_EQ(result->id, result->session->id);
  EXPECT_EQ(result->session->token.size(), 64U);
  for (std::uint16_t shard = 0; shard < 3; ++shard) {
    EXPECT_EQ(find(house, result->session->token, shard), result->session.get());
  }
}

TEST(LogIn, SaysWhoTheCallerIs) {
  House house;
  const auto result = house.command(LogIn{"acme-admin", "ACME", "acme secret", "::1"});
  ASSERT_TRUE(result);
  const access::Caller& caller = result->session->caller;
  EXPECT_EQ(caller.user_name, "acme-admin");
  EXPECT_EQ(caller.organisation_name, "acme");
  EXPECT_EQ(caller.role, model::Role::organisation_administrator);
  EXPECT_EQ(caller.rights, access::rights_of(model::Role::organisation_administrator));
  EXPECT_FALSE(caller.is_system_administrator());
  EXPECT_NE(house.snapshot().directory->user(caller.user), nullptr);
  EXPECT_NE(house.snapshot().directory->organisation(caller.organisation), nullptr);
}

TEST(LogIn, SaysTheSameForEverythingThatIsWrong) {
  House house;
  const auto wrong_password = house.refused(administrator("x"));
  const auto unknown_user = house.refused(LogIn{"nobody", "System", "system secret", "::1"});
  const auto unknown_organisation =
      house.refused(LogIn{"administrator", "nowhere", "system secret", "::1"});
  const auto other_organisation =
      house.refused(LogIn{"administrator", "acme", "system secret", "::1"});
  const auto no_password = house.refused(administrator(""));
  EXPECT_EQ(wrong_password.kind, Kind::unauthorized);
  for (const auto& other : {unknown_user, unknown_organisation, other_organisation, no_password}) {
    EXPECT_EQ(other.kind, Kind::unauthorized);
    EXPECT_EQ(other.text, wrong_password.text);
  }
}

/// Ann of acme, and nobody else.
Directory a_directory() {
  Directory directory;
  const model::Organisation acme{.id = core::Uuid::random(), .name = "acme", .full_name = ""};
  directory.put(acme);
  directory.put(model::User{.id = core::Uuid::random(),
                            .organisation = acme.id,
                            .name = "ann",
                            .password_hash = access::hash_password("secret", kCheapPasswords)});
  return directory;
}

TEST(OpenSession, GivesAnAccessTokenThatOpensTheSameWhenThereIsAKey) {
  const Directory directory = a_directory();
  access::AccessTokens tokens{"cell"};
  SessionTerms terms{.now = core::Instant{std::chrono::hours{1}},
                     .date = core::WallTime{std::chrono::hours{480'000}},
                     .limits = {},
                     .access_tokens = &tokens};
  const auto without = open_session({}, directory, *directory.users().begin(), terms);
  ASSERT_TRUE(without);
  EXPECT_EQ(without->session->access_token(), without->session->token);

  tokens.sign_with(core::jwt::Signer{core::tls::KeyPtr{EVP_RSA_gen(2048)}});
  const auto with = open_session(*without->table, directory, *directory.users().begin(), terms);
  ASSERT_TRUE(with);
  const auto& session = *with->session;
  EXPECT_NE(session.access_token(), session.token);
  EXPECT_EQ(with->table->find(session.access_token(), terms.now, {}), &session);
  EXPECT_EQ(with->table->find(session.token, terms.now, {}), &session);
  EXPECT_EQ(with->table->size(), 2U);
}

/// Users of System, acme and other organisations, and sessions that they opened and left open.
class CrowdedSessions : public testing::Test {
 protected:
  CrowdedSessions() { add("System", "root"); }

  void add(const std::string& organisation, const std::string& user) {
    if (directory_.organisation_named(organisation) == nullptr) {
      directory_.put(
          model::Organisation{.id = core::Uuid::random(), .name = organisation, .full_name = ""});
    }
    directory_.put(model::User{.id = core::Uuid::random(),
                               .organisation = directory_.organisation_named(organisation)->id,
                               .name = user,
                               .password_hash = ""});
  }
  const model::User& user(const std::string& organisation, const std::string& name) {
    return *directory_.user_named(directory_.organisation_named(organisation)->id, name);
  }
  /// As many sessions as a user may have, of users that are made for it.
  void fill(const std::string& organisation, std::size_t sessions) {
    for (std::size_t i = 0; i < sessions; ++i) {
      const std::string name = "filler " + std::to_string(i / kPerUser);
      if (i % kPerUser == 0) add(organisation, name);
      auto opened = open(organisation, name);
      ASSERT_TRUE(opened) << opened.error().text;
      table_ = opened->table;
    }
  }
  core::Result<NewSession, RuleViolation> open(const std::string& organisation,
                                               const std::string& name) {
    return open_session(*table_, directory_, user(organisation, name), terms_);
  }

  static constexpr std::size_t kPerUser = access::SessionTable::kSessionsPerUserMax;
  static constexpr std::size_t kShare = access::SessionTable::kSessionsPerOrganisationMax;
  static constexpr std::size_t kAll = access::SessionTable::kSessionsMax;
  SessionTerms terms_{.now = core::Instant{std::chrono::hours{1}},
                      .date = {},
                      .limits = {},
                      .access_tokens = nullptr};
  std::shared_ptr<const access::SessionTable> table_ =
      std::make_shared<const access::SessionTable>();
  Directory directory_;
};

TEST_F(CrowdedSessions, OfOneOrganisationLeaveRoomForTheOthersAndAreSaidToItsUsers) {
  add("acme", "late");
  add("globex", "bob");
  fill("acme", kShare);
  const auto refused = open("acme", "late");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, Kind::busy);
  EXPECT_EQ(refused.error().text,
            "Too many sessions of the organisation acme have been opened and not ended: log out of "
            "some, or wait until they end by themselves, 30 minutes after their last use.");
  EXPECT_TRUE(open("globex", "bob"));
  EXPECT_TRUE(open("System", "root"));
}

TEST_F(CrowdedSessions, OfAUserMakeRoomForHisOwnEvenWhenHisOrganisationHasItsShare) {
  fill("acme", kShare);
  EXPECT_TRUE(open("acme", "filler 0"));
}

TEST_F(CrowdedSessions, AreLetInAgainWhenOneHasEndedOrRestedTooLong) {
  add("acme", "late");
  fill("acme", kShare);
  const auto full = table_;
  table_ = full->without(full->all().front()->token);
  EXPECT_TRUE(open("acme", "late"));
  table_ = full;
  terms_.now += terms_.limits.idle;
  EXPECT_TRUE(open("acme", "late"));
}

TEST_F(CrowdedSessions, OfAllTenantsTogetherLeaveRoomForSystem) {
  std::size_t left = kAll - access::SessionTable::kSessionsKeptForSystem;
  for (int i = 0; left > 0; ++i) {
    const std::size_t some = std::min(left, kShare);
    fill("tenant" + std::to_string(i), some);
    left -= some;
  }
  add("globex", "bob");
  const auto refused = open("globex", "bob");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, Kind::busy);
  EXPECT_EQ(refused.error().text.find("globex"), std::string::npos);
  fill("System", access::SessionTable::kSessionsKeptForSystem);
  EXPECT_FALSE(open("globex", "bob"));
  EXPECT_FALSE(open("System", "root"));
  EXPECT_EQ(table_->size(), kAll);
}

TEST_F(CrowdedSessions, OfSystemAreNotCountedByOrganisation) {
  fill("System", kShare + 1);
  EXPECT_TRUE(open("System", "root"));
}

TEST(LogIn, RefusesDisabledUsersAndUsersOfDisabledOrganisations) {
  Directory directory = a_directory();
  Logins logins{kCheapPasswords, std::chrono::minutes{1}};
  const Credentials ann{"ann", "acme", "secret", "::1"};
  const core::Instant now{std::chrono::hours{1}};
  EXPECT_TRUE(logins.check(directory, ann, now));
  auto user = *directory.users().begin();
  user.enabled = false;  // also when the password is remembered
  directory.put(user);
  EXPECT_FALSE(logins.check(directory, ann, now));
  user.enabled = true;
  directory.put(user);
  auto organisation = *directory.organisations().begin();
  organisation.enabled = false;
  directory.put(organisation);
  EXPECT_FALSE(logins.check(directory, ann, now));
}

TEST(LogIn, MakesWhoFailsOftenWaitAndSaysHowLong) {
  House house;
  for (int i = 0; i < 5; ++i) house.refused(administrator("x"));
  const auto violation = house.refused(administrator());  // the right one, too soon
  EXPECT_EQ(violation.kind, Kind::unauthorized);
  EXPECT_EQ(violation.text, "Too many failed logins; try again in 1 second.");
  EXPECT_EQ(violation.retry_after, std::chrono::seconds{1});
  EXPECT_TRUE(house.command(administrator("system secret", "192.0.2.2")));  // from elsewhere
  house.clock().advance(std::chrono::seconds{1});
  EXPECT_TRUE(house.command(administrator()));
}

TEST(LogIn, LetsWhoHasLoggedInFromThereInWhileOthersFailForHisAccountElsewhere) {
  House house;
  ASSERT_TRUE(house.command(administrator()));
  for (int i = 0; i < 100; ++i) {
    house.refused(administrator("x", "198.51.100." + std::to_string(i)));
  }
  EXPECT_EQ(house.refused(administrator("system secret", "203.0.113.1")).text,
            "Too many failed logins; try again in 1 second.");
  EXPECT_TRUE(house.command(administrator()));
}

TEST(LogIn, LetsWhoHasLoggedInFromThereInWhileMadeUpNamesFailFromHisAddress) {
  House house;
  ASSERT_TRUE(house.command(administrator()));
  for (int i = 0; i < 20; ++i) {
    house.refused(LogIn{"nobody " + std::to_string(i), "System", "x", "::ffff:192.0.2.1"});
  }
  EXPECT_EQ(house.refused(LogIn{"acme-user", "acme", "acme secret", "192.0.2.1"}).text,
            "Too many failed logins; try again in 1 second.");
  EXPECT_TRUE(house.command(administrator()));
}

TEST(LogIn, MakesNonexistentAccountsWaitAlike) {
  House house;
  for (int i = 0; i < 5; ++i) house.refused(LogIn{"nobody", "nowhere", "x", "::1"});
  EXPECT_NE(house.refused(LogIn{"nobody", "nowhere", "x", "::1"}).text.find("Too many"),
            std::string::npos);
}

TEST(LogIn, CountsAllSpellingsOfANameAsOne) {
  House house;
  for (const char* user : {"Nobody", "nobody", "NOBODY", "nObody", "noBody"}) {
    house.refused(LogIn{user, "Nowhere", "x", "::1"});
  }
  EXPECT_NE(house.refused(LogIn{"nobodY", "nowhere", "x", "::1"}).text.find("Too many"),
            std::string::npos);
}

TEST(LogIn, EndsTheUsersOldestSessionBeyondHisShare) {
  House house;
  const auto first = house.command(administrator());
  const auto other = house.command(LogIn{"acme-user", "acme", "acme secret", "::1"});
  house.clock().advance(std::chrono::seconds{5});
  for (std::size_t i = 1; i < access::SessionTable::kSessionsPerUserMax; ++i) {
    ASSERT_TRUE(house.command(administrator()));
  }
  EXPECT_EQ(house.snapshot().sessions->size(), access::SessionTable::kSessionsPerUserMax + 1);
  const auto last = house.command(administrator());
  EXPECT_EQ(house.snapshot().sessions->size(), access::SessionTable::kSessionsPerUserMax + 1);
  EXPECT_EQ(find(house, first->session->token), nullptr);
  EXPECT_NE(find(house, last->session->token), nullptr);
  EXPECT_NE(find(house, other->session->token), nullptr);
}

TEST(LogIn, ForgetsExpiredSessions) {
  House house;
  ASSERT_TRUE(house.command(administrator()));
  house.clock().advance(std::chrono::hours{1});
  ASSERT_TRUE(house.command(administrator()));
  EXPECT_EQ(house.snapshot().sessions->size(), 1U);
}

TEST(LogOut, EndsTheSessionOnEveryShard) {
  House house{2};
  const auto result = house.command(administrator());
  ASSERT_TRUE(result);
  EXPECT_TRUE(house.command(LogOut{result->session->token}, 1));
  EXPECT_EQ(find(house, result->session->token, 0), nullptr);
  EXPECT_EQ(find(house, result->session->token, 1), nullptr);
  EXPECT_TRUE(house.command(LogOut{result->session->token}));  // and again
}

TEST(CheckPassword, GivesTheUserAndNoSession) {
  House house;
  const auto result =
      house.command(CheckPassword{"administrator", "system", "system secret", "::1"});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->session, nullptr);
  const model::User* user = house.snapshot().directory->user(result->id);
  ASSERT_NE(user, nullptr);
  EXPECT_EQ(user->role, model::Role::system_administrator);
  EXPECT_EQ(house.snapshot().sessions->size(), 0U);
  EXPECT_EQ(house.refused(CheckPassword{"administrator", "system", "x", "::1"}).kind,
            Kind::unauthorized);
}

}  // namespace
}  // namespace registry::service
