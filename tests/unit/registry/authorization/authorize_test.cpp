#include "registry/authorization/authorize.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tests/unit/registry/authorization/photos.h"

namespace registry::authorization {
namespace {

using Part = Photos::Part;

constexpr std::string_view kPhotoType = "application/org.example.photo+xml";

/// A service whose class `photo` has one action, GET /api/photos/<id>, and the photo 17 of acme.
class Authorize : public testing::Test {
 protected:
  Decision ask(std::string_view method = "GET", std::string_view path = "/api/photos/17") const {
    std::uint64_t steps_left = kStepsMax;
    return ask(method, path, steps_left);
  }
  Decision ask(std::string_view method, std::string_view path, std::uint64_t& steps_left) const {
    return authorize(Table{photos_.there}, photos_.there, service_, caller(), method, path,
                     steps_left);
  }
  void allow(const Part& resource, const Part& organisation, const Part& principal) {
    photos_.rule(action_, resource, organisation, principal);
  }
  Principal caller() const {
    return {.user = user_, .organisation = caller_organisation_, .rights = rights_};
  }

  Photos photos_;
  core::Uuid acme_ = photos_.organisation("acme");
  core::Uuid other_ = photos_.organisation("other");
  core::Uuid service_ = photos_.service();
  core::Uuid class_ = photos_.resource_class(service_, kPhotoType);
  core::Uuid action_ = photos_.action(class_, "GET", "/api/photos/(?<id>[0-9]+)");
  core::Uuid photo_ = photos_.photo(class_, acme_, "17");
  core::Uuid user_ = core::Uuid::random();
  core::Uuid caller_organisation_ = acme_;
  std::vector<core::Uuid> rights_;
};

// spec 5 [V]: AuthorizationEnabled false: everyone authenticated may do everything.
TEST_F(Authorize, AServiceWithoutAuthorizationIsOpen) {
  service_ = photos_.service(false);
  EXPECT_EQ(ask("PATCH", "/api/anything"), Decision::open);
}

// spec 5 [V]: without any class, action and rule: always refused.
TEST_F(Authorize, AServiceWithoutRulesRefusesEverybody) {
  EXPECT_EQ(ask(), Decision::no_rule);
  service_ = photos_.service();
  EXPECT_EQ(ask(), Decision::no_action);
}

// spec 5, step 1 [V]: the method and the URL choose the actions.
TEST_F(Authorize, OnlyActionsOfTheMethodWhosePatternMatchesCount) {
  allow({}, {}, {});
  EXPECT_EQ(ask(), Decision::allowed);
  EXPECT_EQ(ask("POST"), Decision::no_action);
  EXPECT_EQ(ask("GET", "/api/photos/17/list"), Decision::no_action);
}

TEST_F(Authorize, HeadIsJudgedAsGet) {
  allow({}, {}, {});
  EXPECT_EQ(ask("HEAD"), Decision::allowed);
}

// spec 5, step 2 [V]: without the group id an action authorizes nothing.
TEST_F(Authorize, AnActionWithoutAnIdAuthorizesNothing) {
  action_ = photos_.action(class_, "GET", "/api/photos/all");
  allow({}, {"Published"}, {});
  EXPECT_EQ(ask("GET", "/api/photos/all"), Decision::no_id);
}

// spec 5, step 3 [V]: the resource is the one whose ExternalObjectId is the id.
TEST_F(Authorize, AnUnknownResourceIsRefusedWhateverTheRuleSays) {
  allow({}, {"Published"}, {});
  EXPECT_EQ(ask("GET", "/api/photos/18"), Decision::unknown_resource);
}

// spec 5, step 3 [V]: or a native object of the class's MimeType.
TEST_F(Authorize, ANativeObjectIsFoundByItsUuid) {
  const core::Uuid orgs =
      photos_.resource_class(service_, "application/vnd.vmware.admin.organization+xml");
  action_ = photos_.action(orgs, "GET", "/api/org/(?<id>[-0-9a-f]+)/photos");
  allow({}, {}, {});
  EXPECT_EQ(ask("GET", "/api/org/" + acme_.to_string() + "/photos"), Decision::allowed);
  EXPECT_EQ(ask("GET", "/api/org/" + other_.to_string() + "/photos"), Decision::no_rule);
  EXPECT_EQ(ask("GET", "/api/org/" + core::Uuid::random().to_string() + "/photos"),
            Decision::unknown_resource);
  EXPECT_EQ(ask("GET", "/api/org/17/photos"), Decision::unknown_resource);
}

// spec 5, step 4 [V]: any one rule that applies allows.
TEST_F(Authorize, OneOfSeveralRulesIsEnough) {
  allow({}, {"Entity", other_, "org"}, {});
  EXPECT_EQ(ask(), Decision::no_rule);
  allow({}, {}, {});
  EXPECT_EQ(ask(), Decision::allowed);
}

// spec 5, step 4 [V]: ServiceResourceAccess absent or Shared, or the Entity.
TEST_F(Authorize, ARuleCanNameTheResource) {
  const core::Uuid second = photos_.photo(class_, acme_, "18");
  allow({"Entity", second, "serviceResource"}, {}, {});
  EXPECT_EQ(ask("GET", "/api/photos/17"), Decision::no_rule);
  EXPECT_EQ(ask("GET", "/api/photos/18"), Decision::allowed);
}
TEST_F(Authorize, ARuleWithoutServiceResourceAccessIsForAll) {
  allow({""}, {}, {});
  EXPECT_EQ(ask(), Decision::allowed);
}

// spec 5, step 4 [V]: OrganizationAccess Shared is the organisation that owns the resource.
TEST_F(Authorize, SharedReachesTheOwningOrganisationOnly) {
  allow({}, {}, {});
  EXPECT_EQ(ask(), Decision::allowed);
  caller_organisation_ = other_;
  EXPECT_EQ(ask(), Decision::no_rule);
}
TEST_F(Authorize, PublishedReachesEveryOrganisation) {
  allow({}, {"Published"}, {});
  caller_organisation_ = other_;
  EXPECT_EQ(ask(), Decision::allowed);
}
TEST_F(Authorize, AnOrganisationCanBeNamed) {
  allow({}, {"Entity", other_, "org"}, {});
  EXPECT_EQ(ask(), Decision::no_rule);
  caller_organisation_ = other_;
  EXPECT_EQ(ask(), Decision::allowed);
}

// spec 5, step 4 [V]: PrincipalAccess names the caller or a right that he holds.
TEST_F(Authorize, AUserCanBeNamed) {
  allow({}, {}, {"Entity", user_, "user"});
  EXPECT_EQ(ask(), Decision::allowed);
  user_ = core::Uuid::random();
  EXPECT_EQ(ask(), Decision::no_rule);
}
TEST_F(Authorize, ARightCanBeNamed) {
  const core::Uuid right = core::Uuid::random();
  allow({}, {}, {"Entity", right, "right"});
  EXPECT_EQ(ask(), Decision::no_rule);
  rights_ = {core::Uuid::random(), right};
  EXPECT_EQ(ask(), Decision::allowed);
}
TEST_F(Authorize, ARightIsNoUser) {
  allow({}, {}, {"Entity", user_, "right"});
  EXPECT_EQ(ask(), Decision::no_rule);
}

TEST_F(Authorize, AllThreePartsMustApply) {
  allow({"Entity", photo_, "serviceResource"}, {"Entity", acme_, "org"}, {"Entity", user_, "user"});
  EXPECT_EQ(ask(), Decision::allowed);
  caller_organisation_ = other_;
  EXPECT_EQ(ask(), Decision::no_rule);
}

TEST_F(Authorize, OfResourcesWithOneIdAnyMayAllow) {
  photos_.photo(class_, other_, "17");
  allow({}, {}, {});
  EXPECT_EQ(ask(), Decision::allowed);
  caller_organisation_ = other_;
  EXPECT_EQ(ask(), Decision::allowed);
}

TEST_F(Authorize, APatternThatTakesTooLongRefuses) {
  photos_.action(class_, "GET", "/(?<id>(?:a|a|b)*)\\1c");
  allow({}, {"Published"}, {});
  EXPECT_EQ(ask("GET", "/" + std::string(8000, 'a')), Decision::over_budget);
  EXPECT_FALSE(is_allowed(Decision::over_budget));
}

TEST_F(Authorize, WhatOneServiceSpendsIsNotThereForTheNext) {
  allow({}, {}, {});
  std::uint64_t steps_left = kStepsMax;
  EXPECT_EQ(ask("GET", "/api/photos/17", steps_left), Decision::allowed);
  const std::uint64_t spent = kStepsMax - steps_left;
  EXPECT_GT(spent, 0U);

  steps_left = 2 * spent - 1;
  EXPECT_EQ(ask("GET", "/api/photos/17", steps_left), Decision::allowed);
  EXPECT_EQ(ask("GET", "/api/photos/17", steps_left), Decision::over_budget);
}

TEST_F(Authorize, AnOpenServiceCostsNoSteps) {
  service_ = photos_.service(false);
  std::uint64_t steps_left = 0;
  EXPECT_EQ(ask("GET", "/api/photos/17", steps_left), Decision::open);
}

TEST_F(Authorize, EveryDecisionIsExplainedInItsOwnWords) {
  EXPECT_NE(explain(Decision::no_action), explain(Decision::no_rule));
  EXPECT_NE(explain(Decision::over_budget), explain(Decision::open));
}

}  // namespace
}  // namespace registry::authorization
