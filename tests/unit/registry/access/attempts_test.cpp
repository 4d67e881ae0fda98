#include "registry/access/attempts.h"

#include <gtest/gtest.h>

#include <string>

namespace registry::access {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr core::Instant kStart{minutes{1000}};
constexpr AttemptPolicy kPolicy{.free_failures = 3,
                                .wait_first = seconds{1},
                                .wait_max = seconds{5},
                                .forget_after = minutes{15}};

TEST(FailureTable, LetsAFewFailuresPassAndThenMakesTheKeyWaitLongerEachTime) {
  FailureTable table{kPolicy};
  core::Instant now = kStart;
  for (const int wait : {0, 0, 1, 2, 4, 5, 5}) {
    table.failed("key", now);
    EXPECT_EQ(table.wait("key", now), seconds{wait});
    now += seconds{10};
  }
}

TEST(FailureTable, LetsTheKeyTryAgainWhenTheWaitIsOver) {
  FailureTable table{kPolicy};
  for (int i = 0; i < 3; ++i) table.failed("key", kStart);
  EXPECT_GT(table.wait("key", kStart + seconds{0}), core::Duration::zero());
  EXPECT_EQ(table.wait("key", kStart + seconds{1}), core::Duration::zero());
}

TEST(FailureTable, ForgetsAfterAQuietTimeOrASuccess) {
  FailureTable table{kPolicy};
  for (int i = 0; i < 3; ++i) table.failed("key", kStart);
  table.failed("key", kStart + minutes{16});
  EXPECT_EQ(table.wait("key", kStart + minutes{16}), core::Duration::zero());
  for (int i = 0; i < 3; ++i) table.failed("key", kStart + minutes{16});
  table.succeeded("key");
  EXPECT_EQ(table.wait("key", kStart + minutes{16}), core::Duration::zero());
}

TEST(FailureTable, IsBoundedAndForgetsTheOldestFailureFirst) {
  FailureTable table{kPolicy};
  for (int i = 0; i < 3; ++i) table.failed("oldest", kStart);
  for (std::size_t i = 0; i < FailureTable::kKeysMax + 10; ++i) {
    for (int n = 0; n < 3; ++n) table.failed(std::to_string(i), kStart + seconds{1});
  }
  EXPECT_EQ(table.size(), FailureTable::kKeysMax);
  EXPECT_EQ(table.wait("oldest", kStart), core::Duration::zero());
}

TEST(LoginAttempts, LeaveTheOwnerAloneWhoComesFromElsewhere) {
  LoginAttempts attempts;
  for (int i = 0; i < 50; ++i) attempts.failed("acme/ann", "192.0.2.1", kStart);
  EXPECT_GT(attempts.wait("acme/ann", "192.0.2.1", kStart), core::Duration::zero());
  EXPECT_EQ(attempts.wait("acme/ann", "192.0.2.2", kStart), core::Duration::zero());
}

TEST(LoginAttempts, SlowDownASourceThatTriesManyAccounts) {
  LoginAttempts attempts;
  for (int i = 0; i < 20; ++i) attempts.failed("acme/" + std::to_string(i), "192.0.2.1", kStart);
  EXPECT_GT(attempts.wait("acme/ann", "192.0.2.1", kStart), core::Duration::zero());
}

TEST(LoginAttempts, SlowDownAnAccountThatManySourcesTryButNotForLong) {
  LoginAttempts attempts;
  for (int i = 0; i < 200; ++i) attempts.failed("acme/ann", std::to_string(i), kStart);
  EXPECT_GT(attempts.wait("acme/ann", "192.0.2.1", kStart), core::Duration::zero());
  EXPECT_LE(attempts.wait("acme/ann", "192.0.2.1", kStart), seconds{5});
}

TEST(LoginAttempts, ForgiveTheAccountAtItsSourceAfterASuccess) {
  LoginAttempts attempts;
  for (int i = 0; i < 4; ++i) attempts.failed("acme/ann", "192.0.2.1", kStart);
  attempts.succeeded("acme/ann", "192.0.2.1");
  attempts.failed("acme/ann", "192.0.2.1", kStart);
  EXPECT_EQ(attempts.wait("acme/ann", "192.0.2.1", kStart), core::Duration::zero());
}

TEST(LoginAttempts, LetWhoHasLoggedInThereInWhileOthersFailForHisAccountElsewhere) {
  LoginAttempts attempts;
  attempts.succeeded("acme/ann", "192.0.2.1");
  for (int i = 0; i < 200; ++i) attempts.failed("acme/ann", std::to_string(i), kStart);
  EXPECT_EQ(attempts.wait("acme/ann", "192.0.2.1", kStart), core::Duration::zero());
  EXPECT_EQ(attempts.wait("acme/ann", "192.0.2.2", kStart), seconds{5});
}

TEST(LoginAttempts, LetWhoHasLoggedInThereInWhileOtherNamesFailFromHisAddress) {
  LoginAttempts attempts;
  attempts.succeeded("acme/ann", "192.0.2.1");
  for (int i = 0; i < 40; ++i) attempts.failed(std::to_string(i), "192.0.2.1", kStart);
  EXPECT_EQ(attempts.wait("acme/ann", "192.0.2.1", kStart), core::Duration::zero());
  EXPECT_GT(attempts.wait("acme/bob", "192.0.2.1", kStart), core::Duration::zero());
}

TEST(LoginAttempts, SlowDownGuessingWhereTheOwnerHasLoggedIn) {
  LoginAttempts attempts;
  attempts.succeeded("acme/ann", "192.0.2.1");
  for (int i = 0; i < 5; ++i) attempts.failed("acme/ann", "192.0.2.1", kStart);
  EXPECT_GT(attempts.wait("acme/ann", "192.0.2.1", kStart), core::Duration::zero());
}

TEST(LoginAttempts, SlowDownGuessingWhereTheOwnerLogsInAgainAndAgain) {
  LoginAttempts attempts;
  attempts.succeeded("acme/ann", "192.0.2.1");
  for (int i = 0; i < 50; ++i) {
    for (int n = 0; n < 4; ++n) attempts.failed("acme/ann", "192.0.2.1", kStart);
    attempts.succeeded("acme/ann", "192.0.2.1");
  }
  EXPECT_EQ(attempts.wait("acme/ann", "192.0.2.1", kStart), seconds{5});
}

TEST(LoginAttempts, GiveAFreshSourceNoMoreTriesForTheOwnersLogins) {
  LoginAttempts without;
  LoginAttempts with;
  with.succeeded("acme/ann", "192.0.2.1");
  core::Instant now = kStart;
  for (int i = 0; i < 300; ++i) {
    const std::string source = "198.51.100." + std::to_string(i % 3);
    EXPECT_EQ(with.wait("acme/ann", source, now), without.wait("acme/ann", source, now));
    with.failed("acme/ann", source, now);
    without.failed("acme/ann", source, now);
    with.succeeded("acme/ann", "192.0.2.1");
    now += seconds{1};
  }
}

TEST(LoginAttempts, CountAnIpV6SourceByItsNetwork) {
  LoginAttempts attempts;
  for (int i = 0; i < 5; ++i) {
    attempts.failed("acme/ann", "2001:db8::" + std::to_string(i + 1), kStart);
  }
  EXPECT_GT(attempts.wait("acme/ann", "2001:db8::ffff", kStart), core::Duration::zero());
  EXPECT_EQ(attempts.wait("acme/ann", "2001:db8:0:1::1", kStart), core::Duration::zero());
  for (int i = 0; i < 20; ++i) {
    attempts.failed(std::to_string(i), "2001:db8:1::" + std::to_string(i + 1), kStart);
  }
  EXPECT_GT(attempts.wait("acme/bob", "2001:db8:1::ffff", kStart), core::Duration::zero());
}

}  // namespace
}  // namespace registry::access
