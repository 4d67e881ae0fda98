#include <gtest/gtest.h>

#include "tests/unit/registry/kinds/small_registry.h"

namespace registry::kinds {
namespace {

constexpr core::WallTime kNow{std::chrono::milliseconds{1'700'000'000'000}};

class Events : public SmallRegistry {
 protected:
  Events() {
    occasion_.time = kNow;
    ann_ = add(user(), acme_,
               {{"name", text("ann")},
                {"Role", reference_to_role(model::Role::user)},
                {"PasswordHash", text("$y$hash")}});
  }

  std::optional<BrokenRule> post(Fields more = {}) {
    Resource fresh = make(event(), acme_,
                          {{"type", text("photo/import")},
                           {"serviceNamespace", text("org.example.photos")},
                           {"success", true},
                           {"User", refer(ann_)}});
    for (const auto& [name, value] : more) fresh.set(name, value);
    return create(std::move(fresh));
  }
  static Value property(std::string_view name, std::string_view value) {
    return Object{{text(name), text(value)}};
  }

  core::Uuid ann_;
};

// spec 6.2 [V]
TEST_F(Events, ArePostedToAnOrganisationAndNeverShown) {
  EXPECT_EQ(event().collections[0].path, "/api/admin/org/{}/events");
  EXPECT_TRUE(event().views[0].element.empty());
  EXPECT_EQ(said(post()), "nothing is broken");
  EXPECT_EQ(attribute("event", "timeStamp", last_), Value{kNow});
}

// spec 6.2 [V]
TEST_F(Events, HaveATypeThatIsNotTheServers) {
  EXPECT_EQ(path_of(post({{"type", text("com/vmware/vcloud/event/vm/create")}})), "type");
  EXPECT_EQ(path_of(post({{"type", text("")}})), "type");
  EXPECT_EQ(path_of(post({{"type", text(std::string(129, 't'))}})), "type");
  EXPECT_EQ(said(post({{"type", text(std::string(128, 't'))}})), "nothing is broken");
}

// spec 6.2 [V]
TEST_F(Events, NameAServiceByANamespaceThatIsNotTheServers) {
  EXPECT_EQ(path_of(post({{"serviceNamespace", text("com.vmware.vcloud")}})), "serviceNamespace");
  EXPECT_EQ(path_of(post({{"serviceNamespace", {}}})), "serviceNamespace");
}

// spec 6.2 [V]
TEST_F(Events, HaveWordsOfAtMostTwoThousandCharacters) {
  EXPECT_EQ(said(post({{"typeFull", text(std::string(2000, 'w'))}})), "nothing is broken");
  EXPECT_EQ(path_of(post({{"typeFull", text(std::string(2001, 'w'))}})), "typeFull");
}

// spec 6.2 [V]
TEST_F(Events, SayWhoBroughtThemAbout) {
  EXPECT_EQ(path_of(post({{"User", {}}})), "User");
  const core::Uuid globex = add(organisation(), {}, {{"name", text("globex")}});
  const core::Uuid eve = add(user(), globex,
                             {{"name", text("eve")},
                              {"Role", reference_to_role(model::Role::user)},
                              {"PasswordHash", text("$y$hash")}});
  EXPECT_EQ(said(post({{"User", refer(eve)}})),
            "User must be a member of the organization or a system administrator.");
}

TEST_F(Events, OfTheServerMayHaveItsTypes) {
  EXPECT_EQ(said(post({{"type", text("com/vmware/vcloud/event/task/create")}, {"byServer", true}})),
            "nothing is broken");
}

// spec 2.5 [V]
TEST_F(Events, AreListedWithWhatTheyAreAbout) {
  EXPECT_EQ(said(post({{"Owner", refer(acme_)}, {"success", false}})), "nothing is broken");
  EXPECT_EQ(attribute_text("event", "eventType", last_), "photo/import");
  EXPECT_EQ(attribute("event", "eventStatus", last_), Value{std::int64_t{0}});
  EXPECT_EQ(attribute_text("event", "userName", last_), "ann");
  EXPECT_EQ(attribute_text("event", "orgName", last_), "acme");
  EXPECT_EQ(attribute_text("event", "entityName", last_), "acme");
  EXPECT_EQ(attribute_text("event", "entityType", last_), "org");
}

// spec 2.5 [V]
TEST_F(Events, SayWhichVersionOfTheServerTheyWerePostedTo) {
  EXPECT_EQ(said(post()), "nothing is broken");
  EXPECT_NE(attribute_text("adminEvent", "productVersion", last_), "not set");
}

TEST_F(Events, ShowTheirPropertiesAsJson) {
  const Value properties = List{{property("from", "camera \"1\""), Object{{text("to"), {}}}}};
  EXPECT_EQ(said(post({{"EventProperty", properties}})), "nothing is broken");
  EXPECT_EQ(attribute_text("adminEvent", "details", last_), R"({"from":"camera \"1\"","to":""})");
}

TEST_F(Events, MakeRoomForNewerOnes) {
  EXPECT_TRUE(event().oldest_makes_room);
  EXPECT_EQ(event().count_max, 10'000U);
}

}  // namespace
}  // namespace registry::kinds
