#include "registry/access/rights.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace registry::access {
namespace {

TEST(Rights, GrowWithTheRole) {
  const auto user = rights_of(model::Role::user);
  const auto administrator = rights_of(model::Role::organisation_administrator);
  const auto system = rights_of(model::Role::system_administrator);
  EXPECT_EQ(user.size(), 2U);
  EXPECT_EQ(administrator.size(), 3U);
  EXPECT_EQ(system.size(), built_in_rights().size());
  for (const auto& right : user) {
    EXPECT_NE(std::find(administrator.begin(), administrator.end(), right), administrator.end());
  }
}

TEST(Rights, HaveDistinctIdentifiersThatNeverChange) {
  std::set<core::Uuid> ids;
  for (const BuiltInRight& right : built_in_rights()) ids.insert(right.id);
  EXPECT_EQ(ids.size(), built_in_rights().size());
  EXPECT_EQ(built_in_rights()[0].id.to_string(), "33bbbf32-d169-4867-9a7e-125c6c51509e");
}

TEST(Roles, AreThreeWithIdentifiersThatNeverChange) {
  std::set<core::Uuid> ids;
  for (const BuiltInRole& role : built_in_roles()) ids.insert(role.id);
  EXPECT_EQ(ids.size(), built_in_roles().size());
  EXPECT_EQ(built_in_roles()[0].role, model::Role::system_administrator);
  EXPECT_EQ(built_in_roles()[0].id.to_string(), "76f3ba1b-34f5-4e07-ae95-b23f4e439840");
}

}  // namespace
}  // namespace registry::access
