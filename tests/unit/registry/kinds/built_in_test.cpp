#include "registry/kinds/built_in.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "registry/access/rights.h"
#include "registry/kinds/kinds.h"
#include "registry/resource/validate.h"

namespace registry::kinds {
namespace {

TEST(BuiltIns, AreSoundRightsAndRolesWithFixedIdentifiers) {
  const auto all_of_them = built_ins();
  ASSERT_EQ(all_of_them.size(), access::built_in_rights().size() + access::built_in_roles().size());
  for (const auto& one : all_of_them) {
    EXPECT_TRUE(is_built_in(one.id));
    const auto broken = resource::validate(one.kind->shape, one.values);
    EXPECT_FALSE(broken.has_value()) << broken->text;
  }
  EXPECT_EQ(all_of_them.front().kind, &right());
  EXPECT_EQ(all_of_them.back().kind, &role());
  EXPECT_FALSE(is_built_in(core::Uuid::random()));
}

TEST(BuiltIns, DoNotLinkToTheirRemoval) {
  for (resource::Resource one : built_ins()) {
    const auto& links = one.kind->views.front().links;
    const auto remove = std::find_if(links.begin(), links.end(),
                                     [](const auto& link) { return link.rel == "remove"; });
    ASSERT_NE(remove, links.end()) << one.text("name");
    EXPECT_FALSE(remove->when(one, {})) << one.text("name");
    one.id = core::Uuid::random();
    EXPECT_TRUE(remove->when(one, {})) << one.text("name");
  }
}

TEST(BuiltIns, ARoleHoldsTheRightsOfItsPower) {
  for (const auto& one : built_ins()) {
    if (one.kind != &role()) continue;
    const auto* rights = one.value("RightReference").get_if<resource::List>();
    ASSERT_NE(rights, nullptr);
    const auto expected = access::rights_of(power_of(one.id));
    ASSERT_EQ(rights->items.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      EXPECT_EQ(rights->items[i].get_if<resource::Reference>()->id, expected[i]);
    }
  }
}

TEST(BuiltIns, ThePowerOfARoleIsThatOfAUserUnlessItIsBuiltIn) {
  EXPECT_EQ(power_of(core::Uuid::random()), model::Role::user);
  for (const auto power : {model::Role::system_administrator,
                           model::Role::organisation_administrator, model::Role::user}) {
    EXPECT_EQ(power_of(reference_to_role(power).id), power);
  }
}

}  // namespace
}  // namespace registry::kinds
