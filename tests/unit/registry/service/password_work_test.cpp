#include "registry/service/password_work.h"

#include <gtest/gtest.h>

#include <string>

#include "registry/kinds/kinds.h"

namespace registry::service {
namespace {

/// Begins as many as there is room for, and gives how many.
std::size_t fill(PasswordWork& work, const std::string& party) {
  std::size_t count = 0;
  for (; work.has_room_for(party); ++count) work.began(party);
  return count;
}

TEST(PasswordWork, GivesEachPartyAShareOfWhatIsFree) {
  PasswordWork work;
  EXPECT_EQ(fill(work, "one"), 13U);
  EXPECT_EQ(fill(work, "another"), 10U);
  EXPECT_EQ(fill(work, "third"), 8U);
  for (int i = 0; i < 3; ++i) work.ended("one");
  EXPECT_FALSE(work.has_room_for("one"));
  EXPECT_TRUE(work.has_room_for("third"));
}

TEST(PasswordWork, HasRoomForWhoHasNoneUnderWayWhateverTenOthersDo) {
  PasswordWork work;
  for (int i = 0; i < 10; ++i) fill(work, std::to_string(i));
  EXPECT_TRUE(work.has_room_for("late"));
}

TEST(PasswordWork, IsBoundedForAllTogether) {
  PasswordWork work;
  for (std::size_t i = 0; i < PasswordWork::kAllMax; ++i) {
    const std::string party = std::to_string(i);
    ASSERT_TRUE(work.has_room_for(party));
    work.began(party);
  }
  EXPECT_FALSE(work.has_room_for("another"));
  work.ended("0");
  EXPECT_TRUE(work.has_room_for("another"));
  EXPECT_EQ(work.count(), PasswordWork::kAllMax - 1);
}

TEST(PartyOfPassword, IsTheSourceOfALogin) {
  EXPECT_EQ(party_of_password(LogIn{"ann", "acme", "x", "192.0.2.1"}), "192.0.2.1");
  EXPECT_EQ(party_of_password(CheckPassword{"ann", "acme", "x", "192.0.2.1"}), "192.0.2.1");
  EXPECT_EQ(party_of_password(LogIn{"ann", "acme", "x", "2001:db8::1"}),
            party_of_password(LogIn{"bob", "globex", "y", "2001:db8::2"}));
}

TEST(PartyOfPassword, IsTheOrganisationOfWhoGivesOneToAUser) {
  resource::Resource user;
  user.kind = &kinds::user();
  user.values.fields.resize(user.kind->shape.fields.size());
  const resource::Actor actor{
      .user = core::Uuid::random(), .organisation = core::Uuid::random(), .user_name = "ann"};
  const auto create = [&] {
    return CreateResource{
        {.kind = user.kind, .values = user.values, .operation_key = {}, .nested = {}}, {}, actor};
  };
  const auto change = [&] {
    return ChangeResource{user.kind, {}, {.values = user.values, .replaced = {}}, actor};
  };
  EXPECT_EQ(party_of_password(create()), std::nullopt);
  EXPECT_EQ(party_of_password(change()), std::nullopt);
  user.set("Password", std::string{"another secret"});
  EXPECT_EQ(party_of_password(create()), "organisation " + actor.organisation.to_string());
  EXPECT_EQ(party_of_password(change()), party_of_password(create()));
}

TEST(PartyOfPassword, IsNobodyForEverythingElse) {
  EXPECT_EQ(party_of_password(LogOut{"token"}), std::nullopt);
  EXPECT_EQ(party_of_password(DeleteResource{}), std::nullopt);
}

}  // namespace
}  // namespace registry::service
