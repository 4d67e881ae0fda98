// How many resources there may be: of a kind, and of those that one organisation has. The kinds are
// small ones below the real organisations.

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "registry/kinds/kinds.h"
#include "registry/service/decide.h"
#include "registry/service/state.h"

namespace registry::service {
namespace {

using resource::Field;
using resource::ResourcePtr;
using ViolationKind = RuleViolation::Kind;

constexpr std::array kFields{Field{.name = "Text"}};
constexpr resource::Kind kBox{.urn_kind = "box",
                              .words = "What holds things.",
                              .shape = {.name = "Box", .fields = kFields},
                              .parent = "org",
                              .count_max = 5,
                              .count_max_of_organisation = 3};
constexpr resource::Kind kThing{.urn_kind = "thing",
                                .words = "What is in a box.",
                                .shape = {.name = "Thing", .fields = kFields},
                                .parent = "box",
                                .count_max = 5,
                                .count_max_of_organisation = 3};
constexpr resource::Kind kLetter{.urn_kind = "letter",
                                 .words = "What comes and goes.",
                                 .shape = {.name = "Letter", .fields = kFields},
                                 .parent = "org",
                                 .count_max = 5,
                                 .count_max_of_organisation = 3,
                                 .oldest_makes_room = true};

/// Two organisations, and what was made in them.
class Bounds : public testing::Test {
 protected:
  core::Uuid make(const resource::Kind& kind, const core::Uuid& parent) {
    auto decision = decided(kind, parent);
    EXPECT_TRUE(decision) << decision.error().text;
    return decision ? took_place(*std::move(decision)) : core::Uuid{};
  }
  Decided decided(const resource::Kind& kind, const core::Uuid& parent) {
    resource::Draft draft{.kind = &kind, .values = {}, .operation_key = {}, .nested = {}};
    return decide(state(), CreateResource{.draft = draft, .parent = parent, .actor = {}}, {});
  }
  void remove(const resource::Kind& kind, const core::Uuid& id) {
    auto decision = decide(state(), DeleteResource{.kind = &kind, .id = id, .actor = {}}, {});
    ASSERT_TRUE(decision) << decision.error().text;
    took_place(*std::move(decision));
  }
  std::size_t count(const resource::Kind& kind, const core::Uuid& organisation) {
    return state().resources()->children(organisation, kind).size();
  }
  /// As a start finds it: made of all there is at once.
  void restart() {
    std::vector<ResourcePtr> all;
    for (const auto* kind : {&kinds::organisation(), &kBox, &kThing, &kLetter}) {
      for (const ResourcePtr& one : state().resources()->all(*kind)) all.push_back(one);
    }
    state_ = std::make_unique<State>(store::Contents{.resources = std::move(all), .deleted = {}});
  }

  const core::Uuid acme = core::Uuid::random();
  const core::Uuid globex = core::Uuid::random();

 private:
  State& state() {
    if (state_ == nullptr) {
      state_ = std::make_unique<State>(store::Contents{
          .resources = {organisation(acme, "acme", 1), organisation(globex, "globex", 2)},
          .deleted = {}});
    }
    return *state_;
  }
  core::Uuid took_place(Decision decision) {
    state().assume(std::move(decision.resources));
    state().confirm(decision.changes);
    return decision.outcome.id;
  }
  static ResourcePtr organisation(const core::Uuid& id, std::string name, std::uint64_t created) {
    resource::Resource made;
    made.kind = &kinds::organisation();
    made.id = id;
    made.created = created;
    made.set("name", std::move(name));
    return std::make_shared<const resource::Resource>(std::move(made));
  }

  std::unique_ptr<State> state_;
};

TEST_F(Bounds, AnOrganisationCannotUseUpWhatIsMeantForAll) {
  for (int i = 0; i < 3; ++i) make(kBox, acme);
  const auto refused = decided(kBox, acme);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ViolationKind::invalid);
  EXPECT_EQ(refused.error().text, "The organisation acme holds no more than 3 of the kind Box.");
  make(kBox, globex);
}

TEST_F(Bounds, TheRegistryIsFullBeforeEachOrganisationIs) {
  for (int i = 0; i < 3; ++i) make(kBox, acme);
  for (int i = 0; i < 2; ++i) make(kBox, globex);
  const auto refused = decided(kBox, globex);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().text, "The registry holds no more than 5 of the kind Box.");
}

TEST_F(Bounds, WhatIsFurtherDownIsTheOrganisationsToo) {
  const core::Uuid one = make(kBox, acme);
  const core::Uuid other = make(kBox, acme);
  make(kThing, one);
  make(kThing, one);
  make(kThing, other);
  EXPECT_FALSE(decided(kThing, one));
  EXPECT_FALSE(decided(kThing, other));
  make(kThing, make(kBox, globex));
}

TEST_F(Bounds, WhatIsDeletedMakesRoom) {
  const core::Uuid box = make(kBox, acme);
  std::vector<core::Uuid> things;
  for (int i = 0; i < 3; ++i) things.push_back(make(kThing, box));
  EXPECT_FALSE(decided(kThing, box));
  remove(kThing, things[1]);
  make(kThing, box);
  EXPECT_FALSE(decided(kThing, box));
  remove(kBox, box);  // and all that is in it
  const core::Uuid next = make(kBox, acme);
  for (int i = 0; i < 3; ++i) make(kThing, next);
  EXPECT_FALSE(decided(kThing, next));
}

TEST_F(Bounds, AreTheSameAfterARestart) {
  const core::Uuid box = make(kBox, acme);
  for (int i = 0; i < 3; ++i) make(kThing, box);
  restart();
  EXPECT_FALSE(decided(kThing, box));
  EXPECT_TRUE(decided(kBox, acme));
}

TEST_F(Bounds, TheOldestOfTheOrganisationMakesRoomNotThatOfAnother) {
  make(kLetter, globex);
  make(kLetter, globex);
  for (int i = 0; i < 10; ++i) make(kLetter, acme);
  EXPECT_EQ(count(kLetter, acme), 3U);
  EXPECT_EQ(count(kLetter, globex), 2U);
}

TEST(KindsOfAnOrganisation, HaveABoundForEachOrganisation) {
  for (const resource::Kind* kind : kinds::all()) {
    bool is_of_organisation = false;
    for (const auto* above = kinds::find(kind->parent); above != nullptr;
         above = kinds::find(above->parent)) {
      is_of_organisation = is_of_organisation || above == &kinds::organisation();
    }
    EXPECT_EQ(is_of_organisation, kind->count_max_of_organisation != 0) << kind->urn_kind;
    EXPECT_LT(kind->count_max_of_organisation, kind->count_max) << kind->urn_kind;
    // Whose oldest makes room, it has to be found among its siblings.
    EXPECT_TRUE(!is_of_organisation || !kind->oldest_makes_room ||
                kind->parent == kinds::organisation().urn_kind)
        << kind->urn_kind;
  }
}

}  // namespace
}  // namespace registry::service
