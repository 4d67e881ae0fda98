// What becomes of sessions when users, organisations and roles change.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "registry/kinds/built_in.h"
#include "tests/unit/registry/service/registry_fixture.h"
#include "tests/unit/registry/service/resource_helpers.h"

namespace registry::service {
namespace {

/// acme-user and acme-admin have logged in.
class Renewal : public testing::Test {
 protected:
  const access::Session* session(const std::string& token) {
    return house_.snapshot().sessions->find(token, house_.clock().now(), {});
  }
  std::string log_in(const char* user) {
    return house_.command(LogIn{user, "acme", "acme secret", "::1"})->session->token;
  }
  core::Uuid id_of(const char* user) {
    return house_.snapshot().directory->user_named(acme_, user)->id;
  }

  House house_;
  core::Uuid acme_ = house_.snapshot().directory->organisation_named("acme")->id;
  std::string user_ = log_in("acme-user");
  std::string admin_ = log_in("acme-admin");
};

TEST_F(Renewal, EndsTheSessionsOfADisabledUser) {
  house_.made(change(kinds::user(), id_of("acme-user"), {{"IsEnabled", false}}));
  EXPECT_EQ(session(user_), nullptr);
  EXPECT_NE(session(admin_), nullptr);
}

TEST_F(Renewal, EndsTheSessionsOfADeletedUser) {
  house_.made(remove(kinds::user(), id_of("acme-user")));
  EXPECT_EQ(session(user_), nullptr);
  EXPECT_NE(session(admin_), nullptr);
}

TEST_F(Renewal, EndsTheSessionsOfADisabledAndOfADeletedOrganisation) {
  house_.made(change(kinds::organisation(), acme_, {{"IsEnabled", false}}));
  EXPECT_EQ(house_.snapshot().sessions->size(), 0U);
  house_.made(remove(kinds::organisation(), acme_));
  EXPECT_EQ(house_.snapshot().directory->organisation(acme_), nullptr);
  EXPECT_EQ(house_.snapshot().directory->users().size(), 1U) << "its users went with it";
}

TEST_F(Renewal, EndsTheSessionsOfAnotherPassword) {
  house_.made(change(kinds::user(), id_of("acme-user"), {{"Password", "another secret"}}));
  EXPECT_EQ(session(user_), nullptr);
  EXPECT_NE(session(admin_), nullptr);
  EXPECT_TRUE(house_.command(LogIn{"acme-user", "acme", "another secret", "::1"}));
}

TEST_F(Renewal, GivesTheTokenANewCallerWhenTheRoleIsAnother) {
  const auto id = session(user_)->id;
  house_.made(
      change(kinds::user(), id_of("acme-user"),
             {{"Role", kinds::reference_to_role(model::Role::organisation_administrator)}}));
  ASSERT_NE(session(user_), nullptr);
  EXPECT_EQ(session(user_)->id, id);
  EXPECT_EQ(session(user_)->caller.role, model::Role::organisation_administrator);
}

TEST_F(Renewal, GivesNewRightsWhenTheRoleHoldsOthers) {
  const auto right = house_.made(
      create(draft_of(kinds::right(), {{"name", "read"}, {"ServiceNamespace", "org.example"}})));
  const auto role = house_.made(create(draft_of(kinds::role(), {{"name", "Reader"}})));
  house_.made(change(kinds::user(), id_of("acme-user"),
                     {{"Role", resource::Reference{.id = role, .kind = "role"}}}));
  EXPECT_TRUE(session(user_)->caller.rights.empty());
  house_.made(change(
      kinds::role(), role,
      {{"RightReference", resource::List{{resource::Reference{.id = right, .kind = "right"}}}}}));
  EXPECT_EQ(session(user_)->caller.rights, std::vector{right});
}

TEST_F(Renewal, LeavesSessionsAloneThatNothingConcerns) {
  const auto sessions = house_.snapshot().sessions;
  house_.made(create(a_service_draft("org.example")));
  house_.made(change(kinds::organisation(), acme_, {{"FullName", "Another"}}));
  EXPECT_EQ(house_.snapshot().sessions, sessions);
}

}  // namespace
}  // namespace registry::service
