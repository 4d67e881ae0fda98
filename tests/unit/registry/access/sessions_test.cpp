#include "registry/access/sessions.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "registry/access/secrets.h"

namespace registry::access {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr core::Instant kStart{hours{100}};
constexpr SessionLimits kLimits{.idle = minutes{30}, .absolute = hours{24}};

std::shared_ptr<const Session> session(std::string token, core::Instant created = kStart,
                                       core::Uuid user = {}) {
  auto made = std::make_shared<Session>();
  made->id = core::Uuid::random();
  made->token = std::move(token);
  made->caller.user = user;
  made->created = created;
  return made;
}

TEST(SessionTable, FindsASessionByItsWholeToken) {
  const auto made = session("token-a");
  const auto table = SessionTable{}.with(made)->with(session("token-b"));
  EXPECT_EQ(table->find("token-a", kStart, kLimits), made.get());
  EXPECT_EQ(table->size(), 2U);
  for (const char* wrong : {"", "token-", "token-aa", "token-c", "TOKEN-A"}) {
    EXPECT_EQ(table->find(wrong, kStart, kLimits), nullptr) << wrong;
  }
}

std::shared_ptr<const Session> with_signed_token(std::string token, std::string signed_token,
                                                 core::Instant created = kStart) {
  auto made = std::make_shared<Session>();
  made->token = std::move(token);
  made->signed_token = std::move(signed_token);
  made->created = created;
  return made;
}

TEST(SessionTable, FindsASessionByEachOfItsTokensAndCountsItOnce) {
  const auto made = with_signed_token("opaque", "signed");
  const auto table = SessionTable{}.with(made)->with(session("other"));
  EXPECT_EQ(table->find("opaque", kStart, kLimits), made.get());
  EXPECT_EQ(table->find("signed", kStart, kLimits), made.get());
  EXPECT_EQ(table->size(), 2U);
  EXPECT_EQ(table->count_of_user({}), 2U);
}

TEST(SessionTable, ForgetsBothTokensByEitherOfThem) {
  const auto table =
      SessionTable{}.with(with_signed_token("opaque", "signed"))->with(session("other"));
  for (const char* token : {"opaque", "signed"}) {
    const auto rest = table->without(token);
    EXPECT_EQ(rest->find("opaque", kStart, kLimits), nullptr);
    EXPECT_EQ(rest->find("signed", kStart, kLimits), nullptr);
    EXPECT_NE(rest->find("other", kStart, kLimits), nullptr);
    EXPECT_EQ(rest->size(), 1U);
  }
  const auto later = table->with(with_signed_token("new", "newly signed", kStart + minutes{10}));
  const auto rest = later->without_expired(kStart + minutes{35}, kLimits);
  EXPECT_EQ(rest->size(), 1U);
  EXPECT_EQ(rest->find("signed", kStart, kLimits), nullptr);
  EXPECT_NE(rest->find("newly signed", kStart, kLimits), nullptr);
}

TEST(Session, GivesItsSignedTokenAsTheAccessTokenWhenItHasOne) {
  EXPECT_EQ(with_signed_token("opaque", "signed")->access_token(), "signed");
  EXPECT_EQ(session("opaque")->access_token(), "opaque");
}

TEST(SessionTable, LeavesTheEarlierTableAsItWas) {
  const auto first = SessionTable{}.with(session("a"));
  const auto second = first->without("a");
  const auto third = first->with(session("b"));
  EXPECT_NE(first->find("a", kStart, kLimits), nullptr);
  EXPECT_EQ(first->find("b", kStart, kLimits), nullptr);
  EXPECT_EQ(second->find("a", kStart, kLimits), nullptr);
  EXPECT_EQ(first->size(), 1U);
  EXPECT_EQ(second->size(), 0U);
  EXPECT_EQ(third->size(), 2U);
}

TEST(SessionTable, HoldsManySessionsInAllItsParts) {
  std::vector<std::string> tokens;
  auto table = std::make_shared<const SessionTable>();
  for (int i = 0; i < 1000; ++i) {
    tokens.push_back(new_token());
    table = table->with(session(tokens.back()));
  }
  EXPECT_EQ(table->size(), 1000U);
  for (const std::string& token : tokens) {
    ASSERT_NE(table->find(token, kStart, kLimits), nullptr);
    table = table->without(token);
  }
  EXPECT_EQ(table->size(), 0U);
}

TEST(SessionTable, WithoutAnUnknownTokenIsTheSame) {
  const auto table = SessionTable{}.with(session("a"))->without("b");
  EXPECT_EQ(table->size(), 1U);
}

TEST(SessionTable, ForgetsASessionThatRestsTooLong) {
  const auto table = SessionTable{}.with(session("a"));
  EXPECT_EQ(table->find("a", kStart + minutes{30}, kLimits), nullptr);
}

TEST(SessionTable, KeepsASessionThatIsUsed) {
  const auto table = SessionTable{}.with(session("a"));
  EXPECT_NE(table->find("a", kStart + minutes{29}, kLimits), nullptr);
  EXPECT_NE(table->find("a", kStart + minutes{58}, kLimits), nullptr);
  EXPECT_EQ(table->find("a", kStart + minutes{88}, kLimits), nullptr);
}

TEST(SessionTable, SharesTheTimeOfUseBetweenTables) {
  const auto first = SessionTable{}.with(session("a"));
  const auto second = first->with(session("b"));
  ASSERT_NE(second->find("a", kStart + minutes{29}, kLimits), nullptr);
  EXPECT_NE(first->find("a", kStart + minutes{31}, kLimits), nullptr);
}

TEST(SessionTable, EndsASessionAtItsAbsoluteAgeHoweverBusy) {
  const auto table = SessionTable{}.with(session("a"));
  for (core::Instant now = kStart; now < kStart + hours{24}; now += minutes{20}) {
    ASSERT_NE(table->find("a", now, kLimits), nullptr);
  }
  EXPECT_EQ(table->find("a", kStart + hours{24}, kLimits), nullptr);
}

TEST(SessionTable, DropsTheExpiredOnesOnRequest) {
  const auto table = SessionTable{}
                         .with(session("old", kStart))
                         ->with(session("new", kStart + minutes{10}))
                         ->without_expired(kStart + minutes{35}, kLimits);
  EXPECT_EQ(table->size(), 1U);
  EXPECT_NE(table->find("new", kStart + minutes{35}, kLimits), nullptr);
}

TEST(SessionTable, CountsTheSessionsOfAUserAndFindsTheLeastRecent) {
  const auto ann = core::Uuid::random();
  const auto bob = core::Uuid::random();
  const auto table = SessionTable{}
                         .with(session("a1", kStart, ann))
                         ->with(session("a2", kStart + seconds{10}, ann))
                         ->with(session("b1", kStart, bob));
  ASSERT_NE(table->find("a1", kStart + minutes{1}, kLimits), nullptr);  // now a2 has rested longer
  EXPECT_EQ(table->count_of_user(ann), 2U);
  ASSERT_NE(table->least_recent_of(ann), nullptr);
  EXPECT_EQ(table->least_recent_of(ann)->token, "a2");
  EXPECT_EQ(table->count_of_user(core::Uuid::random()), 0U);
  EXPECT_EQ(table->least_recent_of(core::Uuid::random()), nullptr);
}

TEST(SessionTable, CountsTheSessionsOfUsersAndOrganisationsHoweverTheyGo) {
  const auto ann = core::Uuid::random();
  const auto bob = core::Uuid::random();
  const auto acme = core::Uuid::random();
  const auto of = [&](const core::Uuid& user, std::string token, core::Instant created) {
    auto made = std::make_shared<Session>();
    made->token = std::move(token);
    made->signed_token = "signed " + made->token;
    made->caller.user = user;
    made->caller.organisation = acme;
    made->created = created;
    return made;
  };
  const auto table = SessionTable{}
                         .with(of(ann, "a1", kStart))
                         ->with(of(ann, "a2", kStart + minutes{10}))
                         ->with(of(bob, "b1", kStart));
  EXPECT_EQ(table->count_of_user(ann), 2U);
  EXPECT_EQ(table->count_of_organisation(acme), 3U);

  const auto later = table->without_expired(kStart + minutes{35}, kLimits);
  EXPECT_EQ(later->count_of_user(ann), 1U);
  EXPECT_EQ(later->count_of_user(bob), 0U);
  EXPECT_EQ(later->count_of_organisation(acme), 1U);

  const auto none = later->without("signed a2")->without("a2");
  EXPECT_EQ(none->count_of_user(ann), 0U);
  EXPECT_EQ(none->count_of_organisation(acme), 0U);
  EXPECT_EQ(table->count_of_organisation(acme), 3U);
}

}  // namespace
}  // namespace registry::access
