#include <gtest/gtest.h>

#include "tests/unit/registry/kinds/small_registry.h"

namespace registry::kinds {
namespace {

/// {Access, Entity} as one value.
Value setting(std::string_view access, Value entity = {}) {
  Object object;
  object.fields.push_back(text(access));
  object.fields.push_back(std::move(entity));
  return object;
}

class AclRules : public SmallRegistry {
 protected:
  AclRules() {
    const core::Uuid service_id = add(service(), {},
                                      {{"name", text("photos")},
                                       {"Namespace", text("photos")},
                                       {"RoutingKey", text("photos")},
                                       {"Exchange", text("ext")}});
    class_ = add(resource_class(), service_id, {{"name", text("photo")}});
    other_class_ = add(resource_class(), service_id, {{"name", text("album")}});
    action_ = add(resource_class_action(), class_,
                  {{"name", text("show")},
                   {"HttpMethod", text("GET")},
                   {"UrlPattern", text("/api/photos/(?<id>[0-9]+)")}});
    right_ = add(right(), {}, {{"name", text("look")}, {"ServiceNamespace", text("photos")}});
  }
  core::Uuid resource_of(const core::Uuid& resource_class) {
    return add(service_resource(), resource_class,
               {{"name", text("17")}, {"Org", refer(acme_)}, {"ExternalObjectId", text("17")}});
  }
  std::optional<BrokenRule> rule(Value resource, Value organisation, Value principal) {
    return refused(acl_rule(), action_,
                   {{"name", text("a")},
                    {"ServiceResourceAccess", std::move(resource)},
                    {"OrganizationAccess", std::move(organisation)},
                    {"PrincipalAccess", std::move(principal)}});
  }
  core::Uuid class_;
  core::Uuid other_class_;
  core::Uuid action_;
  core::Uuid right_;
};

// spec 3.4 [V]
TEST_F(AclRules, NeedAnOrganisationAndAPrincipalAndMayNameAResource) {
  EXPECT_EQ(said(rule({}, setting("Published"), setting("Shared"))), "nothing is broken");
  EXPECT_EQ(path_of(rule({}, {}, setting("Shared"))), "OrganizationAccess");
  EXPECT_EQ(path_of(rule({}, setting("Shared"), {})), "PrincipalAccess");
}

// spec 3.4 [V]
TEST_F(AclRules, ArePublishedForOrganisationsOnly) {
  EXPECT_EQ(path_of(rule(setting("Published"), setting("Shared"), setting("Shared"))),
            "ServiceResourceAccess/Access");
  EXPECT_EQ(path_of(rule({}, setting("Shared"), setting("Published"))), "PrincipalAccess/Access");
  EXPECT_EQ(path_of(rule({}, setting("shared"), setting("Shared"))), "OrganizationAccess/Access");
}

// spec 3.4 [V]
TEST_F(AclRules, NeedAnEntityWhenAccessIsEntity) {
  EXPECT_EQ(path_of(rule(setting("Entity"), setting("Shared"), setting("Shared"))),
            "ServiceResourceAccess/Entity");
  EXPECT_EQ(path_of(rule({}, setting("Entity"), setting("Shared"))), "OrganizationAccess/Entity");
  const auto broken = rule({}, setting("Shared"), setting("Entity"));
  EXPECT_EQ(path_of(broken), "PrincipalAccess/Entity");
  EXPECT_EQ(said(broken), "Entity is required when Access is Entity.");
}

TEST_F(AclRules, NameWhatIsThereAndOfTheRightKind) {
  const Value shared = setting("Shared");
  EXPECT_EQ(said(rule({}, setting("Entity", refer(acme_)), setting("Entity", refer(right_)))),
            "nothing is broken");
  EXPECT_EQ(path_of(rule({}, setting("Entity", refer(right_)), shared)),
            "OrganizationAccess/Entity");
  EXPECT_EQ(path_of(rule({}, shared, setting("Entity", refer(acme_)))), "PrincipalAccess/Entity");
  Reference gone = refer(right_);
  gone.id = core::Uuid::random();
  EXPECT_EQ(path_of(rule({}, shared, setting("Entity", gone))), "PrincipalAccess/Entity");
  EXPECT_EQ(path_of(rule(setting("Entity", gone), shared, shared)), "ServiceResourceAccess/Entity");
}

TEST_F(AclRules, NameNothingUnderAnotherKind) {
  const Value shared = setting("Shared");
  Reference as_role = refer(right_);
  as_role.kind = role().urn_kind;
  EXPECT_EQ(path_of(rule({}, shared, setting("Entity", as_role))), "PrincipalAccess/Entity");
  Reference as_user = refer(acme_);
  as_user.kind = user().urn_kind;
  EXPECT_EQ(path_of(rule({}, setting("Entity", as_user), shared)), "OrganizationAccess/Entity");
  EXPECT_EQ(path_of(rule(setting("Entity", as_user), shared, shared)),
            "ServiceResourceAccess/Entity");
}

TEST_F(AclRules, NameAServiceResourceOfTheClassOfTheirAction) {
  const Value shared = setting("Shared");
  EXPECT_EQ(said(rule(setting("Entity", refer(resource_of(class_))), shared, shared)),
            "nothing is broken");
  EXPECT_EQ(said(rule(setting("Entity", refer(resource_of(other_class_))), shared, shared)),
            "Entity must be of the resource class of the action.");
  EXPECT_EQ(said(rule(setting("Entity", refer(acme_)), shared, shared)), "nothing is broken");
}

// spec 2.5 [V]
TEST_F(AclRules, ShowWhomTheyAllowInTheirRecords) {
  const core::Uuid photo = resource_of(class_);
  EXPECT_EQ(said(rule(setting("Entity", refer(photo)), setting("Entity", refer(acme_)),
                      setting("Entity", refer(right_)))),
            "nothing is broken");
  const auto shown = [&](std::string_view name) { return attribute_text("aclRule", name, last_); };
  EXPECT_EQ(shown("org"), "acme");
  EXPECT_EQ(shown("principal"), "{photos}:look");
  EXPECT_EQ(shown("principalType"), "right");
  EXPECT_EQ(shown("serviceResource"), "17");
  EXPECT_EQ(shown("resourceClassAction"), "show");
  EXPECT_EQ(shown("orgAccess"), "Entity");
  EXPECT_EQ(shown("serviceResourceAccess"), "Entity");
  EXPECT_EQ(shown("principalAccess"), "Entity");
}

TEST_F(AclRules, ShowNothingWhereNothingIsSet) {
  EXPECT_EQ(said(rule({}, setting("Published"), setting("Shared"))), "nothing is broken");
  for (const std::string_view name :
       {"org", "principal", "principalType", "serviceResource", "serviceResourceAccess"}) {
    EXPECT_EQ(attribute_text("aclRule", name, last_), "not set") << name;
  }
}

TEST_F(AclRules, ShowNoEntityThatIsGone) {
  const core::Uuid photo = resource_of(class_);
  EXPECT_EQ(said(rule(setting("Entity", refer(photo)), setting("Shared"), setting("Shared"))),
            "nothing is broken");
  const core::Uuid id = last_;
  EXPECT_EQ(said(remove(photo)), "nothing is broken");
  EXPECT_EQ(attribute_text("aclRule", "serviceResource", id), "not set");
}

}  // namespace
}  // namespace registry::kinds
