#include <gtest/gtest.h>

#include <algorithm>

#include "registry/kinds/inventory_values.h"
#include "tests/unit/registry/kinds/small_registry.h"

namespace registry::kinds {
namespace {

class Organisations : public SmallRegistry {
 protected:
  core::Uuid vdc_in_acme() { return add(vdc(), acme_, {{"name", text("east")}}); }

  static std::ptrdiff_t links(const resource::View& view, std::string_view rel,
                              std::string_view type) {
    return std::count_if(view.links.begin(), view.links.end(), [&](const auto& link) {
      return link.rel == rel && link.media_type == type;
    });
  }
};

TEST_F(Organisations, AreEnabledAndCalledByTheirNameUnlessTheySayOtherwise) {
  const core::Uuid id = add(organisation(), {}, {{"name", text("globex")}});
  EXPECT_TRUE(get(id).flag("IsEnabled"));
  EXPECT_EQ(get(id).text("FullName"), "globex");
  const core::Uuid other =
      add(organisation(), {},
          {{"name", text("initech")}, {"FullName", text("Initech Inc")}, {"IsEnabled", false}});
  EXPECT_FALSE(get(other).flag("IsEnabled"));
  EXPECT_EQ(get(other).text("FullName"), "Initech Inc");
}

TEST_F(Organisations, HaveNoNameThatALoginOrAUrlWouldBeSplitAt) {
  for (const std::string_view name : {"a@b", "a/b", "a\\b", "a b"}) {
    EXPECT_EQ(path_of(refused(organisation(), {}, {{"name", text(name)}})), "name") << name;
  }
}

TEST_F(Organisations, ShareNoNameInWhateverCase) {
  EXPECT_NE(there_.named(organisation(), {}, "ACME"), nullptr);
}

TEST_F(Organisations, SystemKeepsItsNameAndStaysEnabled) {
  EXPECT_EQ(change(system_, {{"name", text("other")}})->kind, BrokenRule::Kind::forbidden);
  EXPECT_EQ(change(system_, {{"IsEnabled", false}})->kind, BrokenRule::Kind::forbidden);
  EXPECT_EQ(said(change(system_, {{"FullName", text("All of us")}})), "nothing is broken");
}

TEST_F(Organisations, SystemCannotBeRemoved) {
  EXPECT_EQ(remove(system_)->kind, BrokenRule::Kind::forbidden);
}

TEST_F(Organisations, WithVirtualDatacentersAreRemovedWhenTheyAreDisabled) {
  vdc_in_acme();
  EXPECT_EQ(said(remove(acme_)),
            "The organization has users or virtual datacenters: disable it first.");
  EXPECT_EQ(said(change(acme_, {{"IsEnabled", false}})), "nothing is broken");
  EXPECT_EQ(organisation().rules->check_removal(get(acme_), there_), std::nullopt);
}

TEST_F(Organisations, ThatAreEmptyAreRemovedAtOnce) {
  EXPECT_EQ(said(remove(acme_)), "nothing is broken");
}

// spec 1.4 [V]
TEST_F(Organisations, TheUserViewHasExactlyOneLinkToTheTasksList) {
  const resource::View& view = organisation().views[1];
  EXPECT_EQ(view.name, "Org");
  EXPECT_EQ(links(view, "down", "application/vnd.vmware.vcloud.tasksList"), 1);
  EXPECT_EQ(view.read, resource::Access::user);
}

// spec 6.1, 6.2 [V]
TEST_F(Organisations, TheAdministratorsViewOffersTasksAndEventsToBeMade) {
  const resource::View& view = organisation().views[0];
  EXPECT_EQ(view.element, "/api/admin/org/{}");
  EXPECT_EQ(links(view, "task:create", "application/vnd.vmware.vcloud.task"), 1);
  EXPECT_EQ(links(view, "event:create", "application/vnd.vmware.admin.event"), 1);
}

TEST_F(Organisations, RecordsCountWhatTheyHave) {
  const core::Uuid east = vdc_in_acme();
  add(vapp(), east, {{"name", text("shop")}});
  add(vapp(), east, {{"name", text("bank")}});
  EXPECT_EQ(attribute("organization", "numberOfVdcs", acme_), Value{std::int64_t{1}});
  EXPECT_EQ(attribute("organization", "numberOfVApps", acme_), Value{std::int64_t{2}});
  EXPECT_EQ(attribute("organization", "numberOfVApps", system_), Value{std::int64_t{0}});
}

}  // namespace
}  // namespace registry::kinds
