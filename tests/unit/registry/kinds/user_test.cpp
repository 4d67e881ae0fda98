#include <gtest/gtest.h>

#include "registry/access/passwords.h"
#include "registry/access/rights.h"
#include "tests/unit/registry/kinds/small_registry.h"

namespace registry::kinds {
namespace {

using model::Role;

class Users : public SmallRegistry {
 protected:
  std::optional<BrokenRule> a_user(const core::Uuid& home, std::string_view name, Role power,
                                   Fields more = {}) {
    Resource fresh = make(user(), home,
                          {{"name", text(name)},
                           {"Role", reference_to_role(power)},
                           {"PasswordHash", text("$y$hash")}});  // spares the test the hashing
    for (const auto& [field, value] : more) fresh.set(field, value);
    return create(std::move(fresh));
  }
  core::Uuid administrator(std::string_view name) {
    EXPECT_EQ(said(a_user(system_, name, Role::system_administrator)), "nothing is broken");
    return last_;
  }
  core::Uuid a_role(std::initializer_list<std::size_t> built_in_rights) {
    List rights;
    for (const std::size_t i : built_in_rights) {
      rights.items.emplace_back(refer(access::built_in_rights()[i].id));
    }
    return add(
        role(), {},
        {{"name", text("role " + std::to_string(there_.size()))}, {"RightReference", rights}});
  }
  /// From now on an administrator of acme acts.
  void act_for_acme() {
    EXPECT_EQ(said(a_user(acme_, "boss", Role::organisation_administrator)), "nothing is broken");
    occasion_.actor = {.user = last_,
                       .organisation = acme_,
                       .user_name = "boss",
                       .is_system_administrator = false};
  }
};

TEST_F(Users, HaveAHashAndNoPassword) {
  const core::Uuid id = add(user(), acme_,
                            {{"name", text("ann")},
                             {"Role", reference_to_role(Role::user)},
                             {"Password", text("a password")}});
  EXPECT_FALSE(get(id).value("Password").is_set());
  EXPECT_TRUE(access::verify_password("a password", get(id).text("PasswordHash")));
  EXPECT_EQ(said(change(id, {{"Password", text("another")}})), "nothing is broken");
  EXPECT_FALSE(get(id).value("Password").is_set());
  EXPECT_TRUE(access::verify_password("another", get(id).text("PasswordHash")));
}

TEST_F(Users, OfAnOrganisationHaveNamesThatDifferByMoreThanCase) {
  EXPECT_EQ(said(a_user(acme_, "ann", Role::user)), "nothing is broken");
  const Resource* holder = there_.named(user(), acme_, "ANN");
  ASSERT_NE(holder, nullptr);
  EXPECT_EQ(holder->text("name"), "ann");
  EXPECT_EQ(there_.named(user(), system_, "ANN"), nullptr);
}

TEST_F(Users, NeedAPasswordThatCanBeOne) {
  const Fields without{{"PasswordHash", {}}};
  EXPECT_EQ(said(a_user(acme_, "ann", Role::user, without)), "Password is required.");
  EXPECT_EQ(path_of(a_user(acme_, "ann", Role::user, {{"Password", text("")}})), "Password");
  EXPECT_EQ(path_of(a_user(acme_, "ann", Role::user, {{"Password", text(std::string(512, 'x'))}})),
            "Password");
}

TEST_F(Users, KeepTheirPasswordWhenAChangeGivesNone) {
  EXPECT_EQ(said(a_user(acme_, "ann", Role::user)), "nothing is broken");
  EXPECT_EQ(said(change(last_, {{"FullName", text("Ann")}})), "nothing is broken");
  EXPECT_EQ(get(last_).text("PasswordHash"), "$y$hash");
}

TEST_F(Users, CanLogInUnlessTheDocumentSaysOtherwise) {
  EXPECT_EQ(said(a_user(acme_, "ann", Role::user)), "nothing is broken");
  EXPECT_TRUE(get(last_).flag("IsEnabled"));
  EXPECT_EQ(said(a_user(acme_, "bob", Role::user, {{"IsEnabled", false}})), "nothing is broken");
  EXPECT_FALSE(get(last_).flag("IsEnabled"));
}

TEST_F(Users, NeverShowPasswordOrHash) {
  for (const std::string_view field : user().views[0].fields) {
    EXPECT_FALSE(field.starts_with("Password"));
  }
  for (const auto& query : user().queries) {
    for (const auto& attribute : query.attributes) {
      EXPECT_FALSE(attribute.field.starts_with("Password"));
    }
  }
  EXPECT_TRUE(user().shape.fields[*user().shape.find("Password")].rules.secret);
  EXPECT_TRUE(user().shape.fields[*user().shape.find("PasswordHash")].rules.hidden);
}

TEST_F(Users, HaveANameOfTheirOrganisationThatStays) {
  EXPECT_EQ(said(a_user(acme_, "ann", Role::user)), "nothing is broken");
  EXPECT_EQ(there_.named(user(), acme_, "ann")->id, last_);
  EXPECT_EQ(there_.named(user(), system_, "ann"), nullptr);
  EXPECT_EQ(path_of(change(last_, {{"name", text("bob")}})), "name");
  EXPECT_EQ(path_of(a_user(acme_, "a:b", Role::user)), "name");
}

TEST_F(Users, HaveARoleThatIsThere) {
  Reference gone = reference_to_role(Role::user);
  gone.id = core::Uuid::random();
  EXPECT_EQ(path_of(a_user(acme_, "ann", Role::user, {{"Role", gone}})), "Role");
  EXPECT_EQ(path_of(a_user(acme_, "ann", Role::user, {{"Role", Value{}}})), "Role");
  EXPECT_EQ(path_of(a_user(acme_, "ann", Role::user, {{"Role", refer(acme_)}})), "Role");
  // Whoever may not know of a resource does not learn here that it is there.
  Reference no_role = gone;
  no_role.id = system_;
  EXPECT_EQ(said(a_user(acme_, "ann", Role::user, {{"Role", no_role}})),
            said(a_user(acme_, "ann", Role::user, {{"Role", gone}})));
}

TEST_F(Users, AreSystemAdministratorsInSystemOnly) {
  const auto broken = a_user(acme_, "ann", Role::system_administrator);
  EXPECT_EQ(said(broken), "Only users of System can be system administrators.");
  EXPECT_EQ(broken->kind, BrokenRule::Kind::forbidden);
  EXPECT_EQ(said(a_user(system_, "ann", Role::system_administrator)), "nothing is broken");
  EXPECT_EQ(said(a_user(system_, "bob", Role::organisation_administrator)),
            "Users of System cannot be administrators of an organization.");
}

TEST_F(Users, OfATenantCannotBeRaisedByAChangeEither) {
  EXPECT_EQ(said(a_user(acme_, "ann", Role::user)), "nothing is broken");
  EXPECT_EQ(path_of(change(last_, {{"Role", reference_to_role(Role::system_administrator)}})),
            "Role");
  EXPECT_EQ(said(change(last_, {{"Role", reference_to_role(Role::organisation_administrator)}})),
            "nothing is broken");
}

TEST_F(Users, GetNoBuiltInRightFromWhoDoesNotHoldIt) {
  const core::Uuid administers_system = a_role({4});
  const core::Uuid looks = a_role({0});
  act_for_acme();
  const auto broken = a_user(acme_, "ann", Role::user, {{"Role", refer(administers_system)}});
  EXPECT_EQ(said(broken),
            "The role holds the right \"System: Administer\", which you do not hold.");
  EXPECT_EQ(broken->kind, BrokenRule::Kind::forbidden);
  EXPECT_EQ(said(a_user(acme_, "ann", Role::user, {{"Role", refer(looks)}})), "nothing is broken");
  EXPECT_EQ(said(a_user(acme_, "bob", Role::organisation_administrator)), "nothing is broken");
}

TEST_F(Users, GetNoRightOfAServiceFromAnAdministratorWhoDoesNotHoldIt) {
  List rights;
  rights.items.emplace_back(
      refer(add(right(), {}, {{"name", text("look")}, {"ServiceNamespace", text("photos")}})));
  const core::Uuid id =
      add(role(), {}, {{"name", text("Photographer")}, {"RightReference", rights}});
  EXPECT_EQ(said(a_user(acme_, "jim", Role::user, {{"Role", refer(id)}})), "nothing is broken");
  act_for_acme();
  const auto broken = a_user(acme_, "ann", Role::user, {{"Role", refer(id)}});
  EXPECT_EQ(said(broken), "The role holds the right \"{photos}:look\", which you do not hold.");
  EXPECT_EQ(broken->kind, BrokenRule::Kind::forbidden);
}

TEST_F(Users, KeepARoleThatTheyHaveWhoeverChangesThem) {
  const core::Uuid strong = a_role({4});
  EXPECT_EQ(said(a_user(acme_, "ann", Role::user, {{"Role", refer(strong)}})), "nothing is broken");
  const core::Uuid ann = last_;
  act_for_acme();
  EXPECT_EQ(said(change(ann, {{"FullName", text("Ann")}, {"Role", refer(strong)}})),
            "nothing is broken");
}

TEST_F(Users, GetNoPasswordFromAnAdministratorWhoMayLessThanThey) {
  const core::Uuid strong = a_role({4});
  EXPECT_EQ(said(a_user(acme_, "ann", Role::user, {{"Role", refer(strong)}})), "nothing is broken");
  const core::Uuid ann = last_;
  EXPECT_EQ(said(a_user(acme_, "bob", Role::user)), "nothing is broken");
  const core::Uuid bob = last_;
  EXPECT_EQ(said(change(ann, {{"Password", text("from System")}})), "nothing is broken");
  act_for_acme();
  const auto broken = change(ann, {{"Password", text("now I am Ann")}});
  EXPECT_EQ(path_of(broken), "Password");
  EXPECT_EQ(said(broken),
            "The user's role holds the right \"System: Administer\", which you do not hold.");
  EXPECT_EQ(broken->kind, BrokenRule::Kind::forbidden);
  EXPECT_EQ(said(change(bob, {{"Password", text("forgotten")}})), "nothing is broken");
  const Value lowest = reference_to_role(Role::user);
  EXPECT_EQ(path_of(change(ann, {{"Password", text("x")}, {"Role", lowest}})), "Password");
}

TEST_F(Users, AreNeitherDemotedNorDisabledByAnAdministratorWhoMayLessThanThey) {
  const core::Uuid strong = a_role({4});
  EXPECT_EQ(said(a_user(acme_, "ann", Role::user, {{"Role", refer(strong)}})), "nothing is broken");
  const core::Uuid ann = last_;
  EXPECT_EQ(said(a_user(acme_, "bob", Role::user)), "nothing is broken");
  const core::Uuid bob = last_;
  const Value lowest = reference_to_role(Role::user);
  act_for_acme();
  const auto demoted = change(ann, {{"Role", lowest}});
  EXPECT_EQ(path_of(demoted), "Role");
  EXPECT_EQ(said(demoted),
            "The user's role holds the right \"System: Administer\", which you do not hold.");
  EXPECT_EQ(demoted->kind, BrokenRule::Kind::forbidden);
  EXPECT_EQ(path_of(change(ann, {{"IsEnabled", false}})), "IsEnabled");
  EXPECT_EQ(said(change(ann, {{"IsEnabled", true}, {"Role", refer(strong)}})), "nothing is broken");
  EXPECT_EQ(said(change(bob, {{"IsEnabled", false}, {"Role", refer(a_role({0}))}})),
            "nothing is broken");
  occasion_.actor.is_system_administrator = true;
  EXPECT_EQ(said(change(ann, {{"IsEnabled", false}, {"Role", lowest}})), "nothing is broken");
}

TEST_F(Users, TheLastAdministratorOfSystemStays) {
  const core::Uuid first = administrator("first");
  const std::string last = "\"first\" is the last administrator of System who is enabled.";
  EXPECT_EQ(said(remove(first)), last);
  EXPECT_EQ(said(change(first, {{"IsEnabled", false}})), last);
  EXPECT_EQ(said(change(first, {{"Role", reference_to_role(Role::user)}})), last);
  EXPECT_EQ(said(change(first, {{"FullName", text("First")}})), "nothing is broken");

  const core::Uuid second = administrator("second");
  EXPECT_EQ(said(change(second, {{"IsEnabled", false}})), "nothing is broken");
  EXPECT_EQ(said(remove(first)), last);
  EXPECT_EQ(said(change(second, {{"IsEnabled", true}})), "nothing is broken");
  EXPECT_EQ(said(remove(first)), "nothing is broken");
}

TEST_F(Users, ShowTheirOrganisationAndRoleInTheirRecords) {
  EXPECT_EQ(said(a_user(acme_, "ann", Role::user)), "nothing is broken");
  EXPECT_EQ(attribute_text("adminUser", "org", last_), "acme");
  EXPECT_EQ(attribute_text("adminUser", "orgName", last_), "acme");
  EXPECT_EQ(attribute_text("adminUser", "roleNames", last_), "vApp User");
  EXPECT_EQ(attribute_text("user", "name", last_), "ann");
}

}  // namespace
}  // namespace registry::kinds
