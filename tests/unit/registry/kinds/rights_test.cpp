#include "registry/kinds/rights.h"

#include <gtest/gtest.h>

#include "registry/access/rights.h"
#include "tests/unit/registry/kinds/small_registry.h"

namespace registry::kinds {
namespace {

class Rights : public SmallRegistry {
 protected:
  core::Uuid a_right(std::string_view name, std::string_view name_space = "photos") {
    return add(right(), {}, {{"name", text(name)}, {"ServiceNamespace", text(name_space)}});
  }
  core::Uuid a_role(std::initializer_list<core::Uuid> rights) {
    List list;
    for (const core::Uuid& id : rights) list.items.emplace_back(refer(id));
    return add(role(), {}, {{"name", text("Photographer")}, {"RightReference", list}});
  }
  core::Uuid a_service(std::string_view name_space) {
    return add(service(), {},
               {{"name", text("photos")},
                {"Namespace", text(name_space)},
                {"RoutingKey", text("photos")},
                {"Exchange", text("ext")}});
  }
  /// A rule that allows whoever holds the right.
  void allow(const core::Uuid& right_id) {
    Object everywhere;
    everywhere.fields = {text("Published"), {}};
    Object holders;
    holders.fields = {text("Entity"), refer(right_id)};
    const core::Uuid photo = add(resource_class(), a_service("rules"), {{"name", text("photo")}});
    const core::Uuid action = add(
        resource_class_action(), photo,
        {{"name", text("show")}, {"HttpMethod", text("GET")}, {"UrlPattern", text("/api/photos")}});
    add(acl_rule(), action,
        {{"name", text("holders")},
         {"OrganizationAccess", everywhere},
         {"PrincipalAccess", holders}});
  }
};

// spec 3.7 [V]
TEST_F(Rights, TakeTheNamespaceOfTheServiceIntoTheirName) {
  EXPECT_EQ(get(a_right("look")).text("name"), "{photos}:look");
  EXPECT_EQ(right_name("photos", "{photos}:look"), "{photos}:look");
  EXPECT_EQ(right_name("photos", "{albums}:look"), "{photos}:{albums}:look");
  EXPECT_EQ(right_name("", "look"), "look");
}

// spec 3.7 [V]
TEST_F(Rights, AreAddedOnlyOnce) {
  const core::Uuid id = a_right("look");
  const auto again = [&](std::string_view name, std::string_view name_space) {
    return right().rules->already(
        make(right(), {}, {{"name", text(name)}, {"ServiceNamespace", text(name_space)}}), there_);
  };
  ASSERT_NE(again("look", "photos"), nullptr);
  EXPECT_EQ(again("look", "photos")->id, id);
  EXPECT_EQ(again("{photos}:look", "photos")->id, id);
  EXPECT_EQ(again("look", "albums"), nullptr);
  EXPECT_EQ(again("Look", "photos"), nullptr);
}

TEST_F(Rights, AreNotLongerThanANameWithTheirNamespace) {
  EXPECT_EQ(path_of(refused(
                right(), {},
                {{"name", text(std::string(250, 'x'))}, {"ServiceNamespace", text("photos")}})),
            "name");
}

// spec 3.7 [V]
TEST_F(Rights, AreKeptWhileARoleOrARuleNamesThem) {
  const core::Uuid look = a_right("look");
  const core::Uuid role_id = a_role({look});
  const auto broken = remove(look);
  EXPECT_EQ(said(broken), "The right \"{photos}:look\" is in use by a role or an ACL rule.");
  EXPECT_EQ(broken->kind, BrokenRule::Kind::conflict);
  EXPECT_EQ(said(remove(role_id)), "nothing is broken");
  EXPECT_EQ(said(remove(look)), "nothing is broken");

  const core::Uuid list = a_right("list");
  allow(list);
  EXPECT_EQ(said(remove(list)), "The right \"{photos}:list\" is in use by a role or an ACL rule.");
}

// spec 3.7 [V]
TEST_F(Rights, ThatAreBuiltInStay) {
  const auto broken = remove(access::built_in_rights()[0].id);
  EXPECT_EQ(said(broken), "The right \"Organization: View\" is built in.");
  EXPECT_EQ(broken->kind, BrokenRule::Kind::forbidden);
}

// spec 3.7 [V]
TEST_F(Rights, OfServicesThatAreGoneAreUnusedUnlessTheyAreInUse) {
  const core::Uuid service_id = a_service("photos");
  const core::Uuid look = a_right("look");
  const core::Uuid list = a_right("list");
  a_role({list});
  EXPECT_TRUE(unused_rights(there_).empty());
  EXPECT_EQ(said(remove(service_id)), "nothing is broken");
  EXPECT_EQ(unused_rights(there_), std::vector<core::Uuid>{look});
}

// spec 2.5 [V]
TEST_F(Rights, HaveANameAndACategoryInTheirRecords) {
  const core::Uuid id = access::built_in_rights()[0].id;
  EXPECT_EQ(attribute_text("right", "name", id), "Organization: View");
  EXPECT_EQ(attribute_text("right", "category", id), "Organization");
}

class Roles : public Rights {};

TEST_F(Roles, HoldRightsThatAreThere) {
  Reference gone = refer(a_right("look"));
  gone.id = core::Uuid::random();
  List rights;
  rights.items = {refer(a_right("list")), gone};
  EXPECT_EQ(path_of(refused(role(), {}, {{"name", text("a")}, {"RightReference", rights}})),
            "RightReferences/RightReference[2]");
  rights.items = {refer(acme_)};
  EXPECT_EQ(path_of(refused(role(), {}, {{"name", text("a")}, {"RightReference", rights}})),
            "RightReferences/RightReference[1]");
}

TEST_F(Roles, ThatAreBuiltInStayAsTheyAre) {
  const core::Uuid id = access::built_in_roles()[2].id;
  EXPECT_EQ(said(change(id, {{"Description", text("mine")}})),
            "The role \"vApp User\" is built in.");
  EXPECT_EQ(said(remove(id)), "The role \"vApp User\" is built in.");
  EXPECT_EQ(attribute("role", "isReadOnly", id), Value{true});
  EXPECT_FALSE(role().views[0].links[0].when(get(id), there_));
}

TEST_F(Roles, GainAndLoseRights) {
  const core::Uuid look = a_right("look");
  const core::Uuid id = a_role({});
  List rights;
  rights.items = {refer(look)};
  EXPECT_EQ(said(change(id, {{"RightReference", rights}})), "nothing is broken");
  EXPECT_TRUE(is_in_use(get(look), there_));
  EXPECT_EQ(said(change(id, {{"RightReference", List{}}})), "nothing is broken");
  EXPECT_FALSE(is_in_use(get(look), there_));
  EXPECT_EQ(attribute("role", "isReadOnly", id), Value{false});
  EXPECT_TRUE(role().views[0].links[0].when(get(id), there_));
}

TEST_F(Roles, AreKeptWhileAUserHasThem) {
  const core::Uuid id = a_role({});
  const core::Uuid ann = add(
      user(), acme_, {{"name", text("ann")}, {"Role", refer(id)}, {"PasswordHash", text("$y$")}});
  const auto broken = remove(id);
  EXPECT_EQ(said(broken), "The role \"Photographer\" is in use by a user.");
  EXPECT_EQ(broken->kind, BrokenRule::Kind::conflict);
  EXPECT_EQ(said(remove(ann)), "nothing is broken");
  EXPECT_EQ(said(remove(id)), "nothing is broken");
}

TEST_F(Roles, AreThoseOfEveryOrganisation) {
  const Value org = attribute("adminRole", "org", access::built_in_roles()[0].id);
  ASSERT_NE(org.get_if<Reference>(), nullptr);
  EXPECT_TRUE(org.get_if<Reference>()->id.is_nil());
  EXPECT_EQ(org.get_if<Reference>()->kind, "org");
}

}  // namespace
}  // namespace registry::kinds
