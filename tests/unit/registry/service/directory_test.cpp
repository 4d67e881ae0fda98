#include "registry/service/directory.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "registry/access/rights.h"

namespace registry::service {
namespace {

model::Organisation organisation(std::string name) {
  return {.id = core::Uuid::random(), .name = std::move(name), .full_name = "", .enabled = true};
}
model::User user(const model::Organisation& home, std::string name) {
  return {.id = core::Uuid::random(),
          .organisation = home.id,
          .name = std::move(name),
          .password_hash = "$y$"};
}

/// acme with ann and bob, other with ann.
struct Two {
  model::Organisation acme = organisation("Acme");
  model::Organisation other = organisation("other");
  model::User ann = user(acme, "ann");
  model::User bob = user(acme, "bob");
  model::User ann_of_other = user(other, "ann");
  Directory directory;
  Two() {
    directory.put(acme);
    directory.put(other);
    for (const auto& one : {ann, bob, ann_of_other}) directory.put(one);
  }
};

TEST(Directory, FindsByIdAndByName) {
  const Two two;
  EXPECT_EQ(two.directory.organisation(two.acme.id)->name, "Acme");
  EXPECT_EQ(two.directory.organisation_named("aCME")->id, two.acme.id);
  EXPECT_EQ(two.directory.user(two.bob.id)->name, "bob");
  EXPECT_EQ(two.directory.user_named(two.acme.id, "ann")->id, two.ann.id);
  EXPECT_EQ(two.directory.user_named(two.other.id, "ann")->id, two.ann_of_other.id);
  EXPECT_EQ(two.directory.user_named(two.acme.id, "Ann"), nullptr) << "case matters";
  EXPECT_EQ(two.directory.user_named(two.other.id, "bob"), nullptr);
  EXPECT_EQ(two.directory.user(two.acme.id), nullptr);
  EXPECT_EQ(two.directory.organisation(two.bob.id), nullptr);
}

TEST(Directory, GivesAllInTheOrderTheyCame) {
  Two two;
  two.acme.full_name = "changed";
  two.directory.put(two.acme);
  std::vector<std::string> names;
  for (const auto& one : two.directory.organisations()) names.push_back(one.name);
  EXPECT_EQ(names, (std::vector<std::string>{"Acme", "other"}));
  EXPECT_EQ(two.directory.users().size(), 3U);
}

TEST(Directory, ForgetsAnOldName) {
  Two two;
  two.bob.name = "rob";
  two.acme.name = "Acme Ltd";
  two.directory.put(two.bob);
  two.directory.put(two.acme);
  EXPECT_EQ(two.directory.user_named(two.acme.id, "bob"), nullptr);
  EXPECT_EQ(two.directory.user_named(two.acme.id, "rob")->id, two.bob.id);
  EXPECT_EQ(two.directory.organisation_named("acme"), nullptr);
  EXPECT_NE(two.directory.organisation_named("acme ltd"), nullptr);
}

TEST(Directory, ForgetsWhoIsGone) {
  Two two;
  const Directory before = two.directory;
  two.directory.remove(two.ann_of_other.id);
  two.directory.remove(two.other.id);
  EXPECT_EQ(two.directory.user(two.ann_of_other.id), nullptr);
  EXPECT_EQ(two.directory.user_named(two.other.id, "ann"), nullptr);
  EXPECT_EQ(two.directory.organisation_named("other"), nullptr);
  EXPECT_EQ(two.directory.users().size(), 2U);
  EXPECT_NE(before.organisation_named("other"), nullptr) << "a copy stays as it was";
}

TEST(Directory, AdmitsWhoIsEnabledInAnEnabledOrganisation) {
  Two two;
  EXPECT_TRUE(two.directory.admits(two.ann.id));
  EXPECT_FALSE(two.directory.admits(core::Uuid::random()));
  two.ann.enabled = false;
  two.directory.put(two.ann);
  EXPECT_FALSE(two.directory.admits(two.ann.id));
  EXPECT_TRUE(two.directory.admits(two.bob.id));
  two.acme.enabled = false;
  two.directory.put(two.acme);
  EXPECT_FALSE(two.directory.admits(two.bob.id));
}

TEST(Directory, GivesACallerTheRightsOfHisRole) {
  Two two;
  EXPECT_EQ(two.directory.caller_of(two.ann).rights, access::rights_of(model::Role::user));
  const Directory::Rights rights{core::Uuid::random(), core::Uuid::random()};
  two.ann.role_id = core::Uuid::random();
  two.directory.put_role(two.ann.role_id, rights);
  two.directory.put(two.ann);
  const access::Caller caller = two.directory.caller_of(two.ann);
  EXPECT_EQ(caller.rights, rights);
  EXPECT_EQ(caller.user_name, "ann");
  EXPECT_EQ(caller.organisation, two.acme.id);
  EXPECT_EQ(caller.organisation_name, "Acme");
}

}  // namespace
}  // namespace registry::service
