// Commands about resources of any kind, from submit to the snapshot. The kinds are real ones,
// chosen for what they have: nested parts, keys, names, rules.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "registry/kinds/built_in.h"
#include "tests/unit/registry/service/registry_fixture.h"
#include "tests/unit/registry/service/resource_helpers.h"

namespace registry::service {
namespace {

using Kind = RuleViolation::Kind;
using testing::ElementsAre;
using testing::HasSubstr;

resource::Draft class_draft(std::string name) {
  return draft_of(kinds::resource_class(), {{"name", std::move(name)}});
}
resource::Draft action_draft(std::string name) {
  return draft_of(
      kinds::resource_class_action(),
      {{"name", std::move(name)}, {"HttpMethod", "GET"}, {"UrlPattern", "/api/a/(?<id>[0-9]+)"}});
}

std::vector<std::string> patterns(House& house, const core::Uuid& service) {
  std::vector<std::string> found;
  for (const auto& one : house.resources().children(service, kinds::api_filter())) {
    found.push_back(one->text("UrlPattern"));
  }
  return found;
}

TEST(CreateResource, MakesItWithAllThatIsNestedInIt) {
  House house;
  auto service = a_service_draft("org.example");
  service.nested = {a_filter_draft("/api/a"), class_draft("photos")};
  service.nested[1].nested = {action_draft("read"), action_draft("list")};
  const auto id = house.made(create(service));
  const auto& there = house.resources();
  ASSERT_NE(there.find(kinds::service(), id), nullptr);
  EXPECT_EQ(there.children(id, kinds::api_filter()).size(), 1U);
  const auto& classes = there.children(id, kinds::resource_class());
  ASSERT_EQ(classes.size(), 1U);
  EXPECT_EQ(there.children((*classes.begin())->id, kinds::resource_class_action()).size(), 2U);
  EXPECT_EQ(house.stored(kinds::resource_class_action()), 2U);
  EXPECT_EQ(house.snapshot().routes->find(id)->filters.size(), 1U);
}

TEST(CreateResource, LeadsToWhatIsWrongInANestedDocument) {
  House house;
  auto service = a_service_draft("org.example");
  service.nested = {a_filter_draft("/api/a"), a_filter_draft("/api/(")};
  EXPECT_EQ(house.refused(create(service)).path, "ApiFilters/ApiFilter[2]/UrlPattern");
  service.nested = {class_draft("photos")};
  service.nested[0].nested = {action_draft("")};
  EXPECT_EQ(house.refused(create(service)).path,
            "ResourceClasses/ResourceClass[1]/ResourceClassActions/ResourceClassAction[1]/name");
  EXPECT_EQ(house.stored(kinds::service()), 0U) << "all of it or nothing";
}

TEST(CreateResource, WantsAParentOfItsKind) {
  House house;
  const auto service = house.made(create(a_service_draft("org.example")));
  EXPECT_EQ(house.refused(create(a_filter_draft("/api/a"), core::Uuid::random())).kind,
            Kind::not_found);
  EXPECT_EQ(house.refused(create(action_draft("read"), service)).kind, Kind::not_found);
}

// spec 3.10: the scope of a key is its collection.
TEST(CreateResource, CountsAnOperationKeyInItsCollectionOnly) {
  House house;
  const auto one = house.made(create(a_service_draft("org.one", "once")));
  const auto two = house.made(create(a_service_draft("org.two")));
  const auto filter = house.made(create(a_filter_draft("/api/a", "once"), one));
  EXPECT_EQ(house.made(create(a_filter_draft("(", "once"), one)), filter) << "whatever the rest is";
  EXPECT_NE(house.made(create(a_filter_draft("/api/a", "once"), two)), filter);
  EXPECT_EQ(house.made(create(a_service_draft("org.three", "once"))), one);
}

TEST(CreateResource, RefusesAnOperationKeyThatIsTooLong) {
  House house;
  const auto violation =
      house.refused(create(a_service_draft("org.example", std::string(256, 'k'))));
  EXPECT_EQ(violation.kind, Kind::invalid);
  EXPECT_EQ(violation.path, "operationKey");
}

TEST(CreateResource, GivesWhatItStandsForAlready) {
  House house;
  const auto right = [](const char* name) {
    return create(draft_of(kinds::right(), {{"name", name}, {"ServiceNamespace", "org.example"}}));
  };
  const auto first = house.made(right("read"));
  EXPECT_EQ(house.made(right("read")), first);
  EXPECT_NE(house.made(right("write")), first);
}

TEST(CreateResource, RefusesANameThatIsTakenAndSaysWhose) {
  House house;
  house.made(create(a_service_draft("org.example")));
  const auto violation = house.refused(create(a_service_draft("org.example")));
  EXPECT_EQ(violation.kind, Kind::duplicate);
  EXPECT_EQ(violation.text, "There is already a Service with the Namespace \"org.example\".");
  EXPECT_EQ(violation.path, "Namespace");
}

TEST(ChangeResource, KeepsWhatIsNotGivenAndStoresTheRest) {
  House house;
  auto draft = a_service_draft("org.example");
  draft.nested = {a_filter_draft("/api/a")};
  const auto id = house.made(create(draft));
  house.made(change(kinds::service(), id, {{"Vendor", "maker"}, {"Enabled", true}}));
  const auto& now = *house.resources().find(id);
  EXPECT_EQ(now.text("Vendor"), "maker");
  EXPECT_EQ(now.text("Exchange"), "ext");
  EXPECT_THAT(patterns(house, id), ElementsAre("/api/a"));
  EXPECT_TRUE(house.snapshot().routes->find(id)->enabled);
}

TEST(ChangeResource, RefusesWhatIsFixedOrNotThere) {
  House house;
  const auto id = house.made(create(a_service_draft("org.example")));
  EXPECT_EQ(house.refused(change(kinds::service(), id, {{"Namespace", "org.other"}})).path,
            "Namespace");
  EXPECT_EQ(house.refused(change(kinds::user(), id, {})).kind, Kind::not_found);
}

TEST(ChangeResource, ReplacesAContainerButKeepsWhatIsTheSame) {
  House house;
  auto draft = a_service_draft("org.example");
  draft.nested = {a_filter_draft("/api/a"), a_filter_draft("/api/b"), class_draft("kept")};
  draft.nested[2].nested = {action_draft("read")};
  const auto id = house.made(create(draft));
  const auto second = house.snapshot().routes->find(id)->filters[1].id;
  const auto kept = (*house.resources().children(id, kinds::resource_class()).begin())->id;

  auto put = change(kinds::service(), id, {});
  put.amendment.replaced = {
      {&kinds::api_filter(), {a_filter_draft("/api/b"), a_filter_draft("/api/c")}},
      {&kinds::resource_class(), {draft.nested[2]}}};
  house.made(put);
  EXPECT_THAT(patterns(house, id), ElementsAre("/api/b", "/api/c"));
  EXPECT_EQ(house.snapshot().routes->find(id)->filters[0].id, second);
  EXPECT_NE(house.resources().find(kept), nullptr);

  put.amendment.replaced = {{&kinds::resource_class(), {class_draft("kept")}}};
  house.made(put);
  EXPECT_EQ(house.resources().find(kept), nullptr) << "it has no action any more, so it is another";
  EXPECT_THAT(patterns(house, id), ElementsAre("/api/b", "/api/c")) << "not given, so kept";
}

TEST(ChangeResource, LeadsToWhatIsWrongInAReplacement) {
  House house;
  const auto id = house.made(create(a_service_draft("org.example")));
  auto put = change(kinds::service(), id, {});
  put.amendment.replaced = {{&kinds::api_filter(), {a_filter_draft("/a"), a_filter_draft("(")}}};
  EXPECT_EQ(house.refused(put).path, "ApiFilters/ApiFilter[2]/UrlPattern");
  EXPECT_TRUE(patterns(house, id).empty());
}

TEST(ChangeResource, ThatSaysNothingNewChangesNothing) {
  House house;
  const auto id = house.made(create(a_service_draft("org.example")));
  const auto before = house.resources().share(id);
  const auto revision = house.snapshot().revision;
  house.made(change(kinds::service(), id, {{"Exchange", "ext"}}));
  EXPECT_EQ(house.resources().share(id), before);
  EXPECT_EQ(house.snapshot().revision, revision);
}

TEST(DeleteResource, TakesEverythingBelowWithItAndRemembersKeys) {
  House house;
  auto draft = a_service_draft("org.example");
  draft.nested = {a_filter_draft("/api/a", "once"), class_draft("photos")};
  draft.nested[1].nested = {action_draft("read")};
  const auto id = house.made(create(draft));
  const auto filter = house.snapshot().routes->find(id)->filters[0].id;
  house.made(remove(kinds::service(), id));
  EXPECT_EQ(house.stored(kinds::api_filter()), 0U);
  EXPECT_EQ(house.stored(kinds::resource_class_action()), 0U);
  EXPECT_TRUE(house.resources().all(kinds::resource_class()).empty());
  EXPECT_EQ(house.snapshot().routes->find(id), nullptr);
  EXPECT_EQ(house.made(remove(kinds::api_filter(), filter)), filter) << "it had a key";
  EXPECT_EQ(house.refused(remove(kinds::service(), id)).kind, Kind::not_found) << "it had none";
}

TEST(DeleteResource, AsksTheRulesOfTheKind) {
  House house;
  const auto roles = kinds::built_ins();
  const auto violation = house.refused(remove(kinds::role(), roles.back().id));
  EXPECT_EQ(violation.kind, Kind::forbidden);
  EXPECT_THAT(violation.text, HasSubstr("built in"));
}

TEST(ChangeSeveral, DoesAllInTheirOrder) {
  House house;
  const auto id = house.made(create(a_service_draft("org.example")));
  ChangeSeveral several;
  several.commands = {create(a_filter_draft("/api/a"), id),
                      change(kinds::service(), id, {{"Enabled", true}}),
                      create(a_filter_draft("/api/b"), id)};
  const auto last = house.made(several);
  EXPECT_EQ(house.snapshot().routes->find(id)->filters.back().id, last);
  EXPECT_THAT(patterns(house, id), ElementsAre("/api/a", "/api/b"));
  EXPECT_TRUE(house.snapshot().routes->find(id)->enabled);
}

TEST(ChangeSeveral, DoesAllOrNothing) {
  House house;
  const auto id = house.made(create(a_service_draft("org.example")));
  ChangeSeveral several;
  several.commands = {create(a_filter_draft("/api/a"), id), remove(kinds::service(), id),
                      create(a_filter_draft("/api/b"), id)};
  EXPECT_EQ(house.refused(several).kind, Kind::not_found);
  EXPECT_NE(house.resources().find(id), nullptr);
  EXPECT_TRUE(patterns(house, id).empty());
  EXPECT_EQ(house.stored(kinds::service()), 1U);
}

TEST(Snapshot, JudgesByTheRulesOfItsServices) {
  House house;
  const auto id = house.made(create(a_service_draft("org.example")));
  EXPECT_EQ(house.snapshot().authorization->policy_of(id), nullptr);
  house.made(change(kinds::service(), id, {{"AuthorizationEnabled", true}}));
  EXPECT_NE(house.snapshot().authorization->policy_of(id), nullptr);
}

}  // namespace
}  // namespace registry::service
