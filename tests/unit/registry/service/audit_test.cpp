#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "registry/service/audit_entry.h"
#include "tests/unit/registry/service/registry_fixture.h"
#include "tests/unit/registry/service/resource_helpers.h"

namespace registry::service {
namespace {

using Act = store::AuditEntry::Act;
using testing::HasSubstr;
using testing::Not;

store::AuditPage audit(House& house, const store::AuditQuery& query = {}) {
  const auto result = house.command(ReadAudit{query});
  EXPECT_TRUE(result && result->audit != nullptr);
  return result && result->audit ? *result->audit : store::AuditPage{};
}

const resource::Actor kAnn{.user = core::Uuid{{1}},
                           .organisation = core::Uuid{{2}},
                           .user_name = "ann",
                           .is_system_administrator = true};

TEST(Audit, SaysWhoMadeWhatWhen) {
  House house;
  house.clock().advance(std::chrono::seconds{5});
  auto command = create(a_service_draft("org.example"));
  command.actor = kAnn;
  const auto id = house.made(command);
  const auto page = audit(house, {.resource = id});
  ASSERT_EQ(page.entries.size(), 1U);
  const auto& entry = page.entries[0];
  EXPECT_EQ(entry.act, Act::create);
  EXPECT_EQ(entry.user, kAnn.user);
  EXPECT_EQ(entry.organisation, kAnn.organisation);
  EXPECT_EQ(entry.user_name, "ann");
  EXPECT_EQ(entry.time, house.clock().wall());
  EXPECT_EQ(entry.kind, "externalService");
  EXPECT_EQ(entry.name, "backup");
  EXPECT_EQ(entry.before, "");
  EXPECT_THAT(entry.after, HasSubstr(R"("Namespace":"org.example")"));
}

TEST(Audit, SaysWhatAResourceWasBeforeAndAfter) {
  House house;
  const auto id = house.made(create(a_service_draft("org.example")));
  house.made(change(kinds::service(), id, {{"Vendor", "maker"}}));
  house.made(change(kinds::service(), id, {{"Vendor", "maker"}}));
  house.made(remove(kinds::service(), id));
  const auto page = audit(house, {.resource = id});
  ASSERT_EQ(page.entries.size(), 3U) << "what changes nothing is not told";
  EXPECT_EQ(page.entries[0].act, Act::remove);
  EXPECT_EQ(page.entries[0].after, "");
  EXPECT_THAT(page.entries[0].before, HasSubstr("maker"));
  EXPECT_EQ(page.entries[1].act, Act::change);
  EXPECT_THAT(page.entries[1].before, Not(HasSubstr("maker")));
  EXPECT_THAT(page.entries[1].after, HasSubstr("maker"));
}

TEST(IsTenant, IsWhoBelongsToAnotherOrganisationThanSystem) {
  resource::Resources there;
  const auto add = [&](const char* name) {
    auto made = std::make_shared<resource::Resource>();
    made->kind = &kinds::organisation();
    made->id = core::Uuid::random();
    made->created = there.last_created() + 1;
    made->values.fields.resize(made->kind->shape.fields.size());
    made->set("name", std::string{name});
    there = there.with(made);
    return resource::Actor{.user = core::Uuid::random(),
                           .organisation = made->id,
                           .user_name = "ann",
                           .is_system_administrator = false};
  };
  EXPECT_FALSE(is_tenant(add("System"), there));
  EXPECT_TRUE(is_tenant(add("acme"), there));
  EXPECT_TRUE(is_tenant(kAnn, there)) << "of one that is gone";
  EXPECT_FALSE(is_tenant({}, there)) << "the server itself";
}

TEST(Audit, TellsOfEverythingThatCameAndWentWithAResource) {
  House house;
  auto draft = a_service_draft("org.example");
  draft.nested = {a_filter_draft("/api/a"), a_filter_draft("/api/b")};
  const auto id = house.made(create(draft));
  EXPECT_EQ(audit(house).total, 3U);
  house.made(remove(kinds::service(), id));
  EXPECT_EQ(audit(house).total, 6U);
}

TEST(Audit, SaysNothingOfWhatWasRefusedOrNotStored) {
  House house;
  auto draft = a_service_draft("org.example");
  draft.nested = {a_filter_draft("(")};
  house.refused(create(draft));
  house.store().fail_with("disk full");
  house.refused(create(a_service_draft("org.example")));
  EXPECT_EQ(audit(house).total, 0U);
}

TEST(Audit, KeepsSecretsToItself) {
  House house;
  const auto acme = house.snapshot().directory->organisation_named("acme")->id;
  const auto role = *house.resources()
                         .find(house.snapshot().directory->user_named(acme, "acme-user")->id)
                         ->reference("Role");
  const auto id = house.made(create(
      draft_of(kinds::user(), {{"name", "ann"}, {"Role", role}, {"Password", "hush hush"}}), acme));
  house.made(change(kinds::user(), id, {{"Password", "other hush"}}));
  const auto page = audit(house, {.resource = id});
  ASSERT_EQ(page.entries.size(), 2U);
  for (const auto& entry : page.entries) {
    for (const auto& text : {entry.before, entry.after}) {
      EXPECT_THAT(text, Not(HasSubstr("hush")));
      EXPECT_THAT(text, Not(HasSubstr("$y$")));
    }
  }
}

TEST(Audit, SaysThatASecretWasChangedAndNotHow) {
  House house;
  const auto acme = house.snapshot().directory->organisation_named("acme")->id;
  const auto user = house.snapshot().directory->user_named(acme, "acme-user")->id;
  house.made(change(kinds::user(), user, {{"Password", "hush hush"}}));
  house.made(change(kinds::user(), user, {{"FullName", "Ann"}}));
  const auto page = audit(house, {.resource = user});
  ASSERT_EQ(page.entries.size(), 2U);
  EXPECT_THAT(page.entries[0].after, Not(HasSubstr("(changed)"))) << "the name only";
  EXPECT_THAT(page.entries[1].before, Not(HasSubstr("(changed)")));
  EXPECT_THAT(page.entries[1].after, HasSubstr(R"json("PasswordHash":"(changed)")json"));
}

}  // namespace
}  // namespace registry::service
