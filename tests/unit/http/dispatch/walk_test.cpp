#include "http/dispatch/walk.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "tests/unit/http/dispatch/fakes.h"
#include "tests/unit/registry/authorization/photos.h"

namespace http::dispatch {
namespace {

/// Matches nothing of itself: gives what it was told.
class FixedMatcher final : public registry::match::Matcher {
 public:
  explicit FixedMatcher(registry::match::Matches matches) : matches_(std::move(matches)) {}
  void match(std::string_view, registry::match::Matches& out) const override { out = matches_; }

 private:
  registry::match::Matches matches_;
};

std::string name_of(const Step& step) {
  if (const auto* request = std::get_if<AskAboutRequest>(&step)) return request->service->name;
  if (const auto* answer = std::get_if<AskAboutResponse>(&step))
    return "re:" + answer->service->name;
  return std::holds_alternative<AskNative>(step) ? "native" : "respond";
}

message::Response typed(std::string_view content_type) {
  message::Response response;
  response.headers.add("Content-Type", content_type);
  return response;
}

class WalkTest : public ::testing::Test {
 protected:
  std::shared_ptr<registry::model::Service> add(std::string name, std::string response_type = {}) {
    auto made = testing::service(static_cast<std::uint8_t>(10 + all_.size()), std::move(name));
    if (!response_type.empty()) {
      made->filters.push_back({.id = {},
                               .url_pattern = std::nullopt,
                               .response_content_type = response_type,
                               .operation_key = {}});
    }
    testing::add_to(*routes_, made);
    all_.push_back(made);
    return made;
  }
  Walk walk(std::vector<ServicePtr> chain) { return Walk{routes_, std::move(chain), request_}; }
  void matching(registry::match::Matches matches) {
    routes_->url_filters = std::make_shared<FixedMatcher>(std::move(matches));
  }

  /// The numbers of the filters of services that were added, by their places in that order.
  std::vector<registry::match::FilterNumber> numbers_of(std::vector<std::size_t> added) {
    std::vector<registry::match::FilterNumber> numbers;
    for (const std::size_t i : added) {
      numbers.push_back(registry::service::chain_place(*all_[i]));
    }
    return numbers;
  }

  std::vector<std::shared_ptr<registry::model::Service>> all_;
  std::shared_ptr<registry::service::Routes> routes_ =
      std::make_shared<registry::service::Routes>();
  message::Request request_ = testing::request("GET", "/api/x", {});
};

TEST_F(WalkTest, ExtensionsLiveUnderApiButNotWhereAdministratorsMustGetThrough) {
  for (const char* path : {"/api", "/api/", "/api/org/1", "/api/sessionx", "/api/admin/extensions",
                           "/api/admin/org/1", "/api/versionsX/y", "/api/queryX"}) {
    EXPECT_TRUE(is_extension_path(path)) << path;
  }
  for (const char* path : {"/", "/apix", "/cloudapi/1.0.0/x", "/api/versions", "/api/session",
                           "/api/sessions", "/api/sessions/", "/api/admin/extension", "/api/query",
                           "/api/admin/extension/service/1", "/API/x", "//api/x", ""}) {
    EXPECT_FALSE(is_extension_path(path)) << path;
  }
}

TEST_F(WalkTest, MatchedServicesComeInOrder) {
  add("a");
  add("b");
  add("c");
  registry::match::Matches found;
  found.numbers = numbers_of({0, 2});
  matching(std::move(found));
  const auto chain = match_services(*routes_, "/api/x");
  ASSERT_TRUE(chain);
  ASSERT_EQ(chain->size(), 2U);
  EXPECT_EQ((*chain)[0]->name, "a");
  EXPECT_EQ((*chain)[1]->name, "c");
}

TEST_F(WalkTest, AFilterOverItsBudgetRefusesAndNamesTheService) {
  add("a");
  add("slow");
  registry::match::Matches found;
  found.numbers = numbers_of({0});
  found.over_budget = true;
  found.over_budget_number = numbers_of({1}).front();
  matching(std::move(found));
  const auto chain = match_services(*routes_, "/api/x");
  ASSERT_FALSE(chain);
  EXPECT_EQ(chain.error().status, 503);
  EXPECT_EQ(chain.error().cause, Cause::over_budget);
  EXPECT_NE(chain.error().message.find("'slow'"), std::string::npos);
  EXPECT_EQ(chain.error().service, "slow");
}

TEST_F(WalkTest, OneServiceWithAuthorizationRefusesTheWholeChain) {
  const auto open = add("open");
  const auto closed = add("closed");
  const registry::service::Snapshot snapshot;
  const registry::access::Caller caller;
  EXPECT_FALSE(refusal({open, closed}, snapshot, caller, request_));
  closed->authorization_enabled = true;
  const auto failure = refusal({open, closed}, snapshot, caller, request_);
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->status, 403);
  EXPECT_EQ(failure->minor_code, "ACCESS_TO_RESOURCE_IS_FORBIDDEN");
  EXPECT_EQ(failure->service, "closed");
}

// spec 5 [V]: a rule that applies admits the caller.
TEST_F(WalkTest, ARuleAdmitsTheCallerToAServiceWithAuthorization) {
  registry::authorization::Photos photos;
  const auto closed = add("closed");
  closed->authorization_enabled = true;
  closed->id = photos.service();
  registry::access::Caller caller;
  caller.organisation = photos.organisation("acme");
  const auto things = photos.resource_class(closed->id, "application/org.example.thing+xml");
  photos.rule(photos.action(things, "GET", "/api/things/(?<id>[0-9]+)"), {}, {}, {});
  photos.photo(things, caller.organisation, "17");
  registry::service::Snapshot snapshot;
  snapshot.resources = std::make_shared<const registry::resource::Resources>(photos.there);
  snapshot.authorization = std::make_shared<const registry::authorization::Table>(photos.there);

  request_.target.path = "/api/things/17";
  EXPECT_FALSE(refusal({closed}, snapshot, caller, request_));
  request_.target.path = "/api/things/18";
  const auto failure = refusal({closed}, snapshot, caller, request_);
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->detail, "the resource class has no resource of this id");
}

// A chain must not hold its shard for as often as it has services.
TEST_F(WalkTest, ServicesThatFitTheirBudgetAloneButNotTogetherAreRefused) {
  registry::authorization::Photos photos;
  registry::access::Caller caller;
  caller.organisation = photos.organisation("acme");
  std::vector<ServicePtr> chain;
  for (const char* name : {"first", "second"}) {
    const auto slow = add(name);
    slow->authorization_enabled = true;
    slow->id = photos.service();
    const auto things = photos.resource_class(slow->id, "application/org.example.thing+xml");
    photos.action(things, "GET", "/api/things/17/(?:.*a){20}b");
    photos.rule(photos.action(things, "GET", "/api/things/(?<id>[0-9]+)/a*"), {}, {}, {});
    photos.photo(things, caller.organisation, "17");
    chain.push_back(slow);
  }
  registry::service::Snapshot snapshot;
  snapshot.resources = std::make_shared<const registry::resource::Resources>(photos.there);
  snapshot.authorization = std::make_shared<const registry::authorization::Table>(photos.there);
  request_.target.path = "/api/things/17/" + std::string(3500, 'a');

  EXPECT_FALSE(refusal({chain[0]}, snapshot, caller, request_));
  EXPECT_FALSE(refusal({chain[1]}, snapshot, caller, request_));
  const auto failure = refusal(chain, snapshot, caller, request_);
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->status, 503);
  EXPECT_EQ(failure->cause, Cause::over_budget);
  EXPECT_EQ(failure->service, "second");
}

TEST_F(WalkTest, AResponseOfTheFirstServiceEndsTheChain) {
  Walk walk = this->walk({add("a"), add("b")});
  EXPECT_EQ(name_of(walk.begin()), "a");
  EXPECT_EQ(name_of(walk.responded(typed("text/x"), all_[0].get())), "respond");
}

TEST_F(WalkTest, AContinuedRequestGoesToTheNextAndAtLastToTheNativeApi) {
  Walk walk = this->walk({add("a"), add("b")});
  EXPECT_EQ(name_of(walk.begin()), "a");
  Continuation first;
  first.method = "PUT";
  EXPECT_EQ(name_of(walk.continued(first).value()), "b");
  Continuation second;
  second.path = "/api/other";
  EXPECT_EQ(name_of(walk.continued(second).value()), "native");
  EXPECT_EQ(walk.request().method, "PUT");
  EXPECT_EQ(walk.request().target.path, "/api/other");
  EXPECT_EQ(request_.method, "GET") << "the request as it came stays";
}

TEST_F(WalkTest, AServiceCannotSendARequestOnToAProtectedPath) {
  Walk walk = this->walk({add("a")});
  static_cast<void>(walk.begin());
  for (const char* path : {"/api/sessions", "/api/admin/extension/service", "/cloudapi/x", "/"}) {
    Continuation changes;
    changes.path = path;
    const auto step = walk.continued(changes);
    ASSERT_FALSE(step) << path;
    EXPECT_EQ(step.error().status, 500);
    EXPECT_EQ(step.error().cause, Cause::reply_unusable);
  }
}

TEST_F(WalkTest, WithoutServicesTheNativeApiIsAskedAndItsAnswerFiltered) {
  add("watcher", "application/vnd.vmware.vcloud.org+xml");
  Walk walk = this->walk({});
  EXPECT_EQ(name_of(walk.begin()), "native");
  EXPECT_EQ(
      name_of(walk.responded(typed("application/vnd.vmware.vcloud.ORG+xml;version=36.0"), nullptr)),
      "re:watcher");
  EXPECT_EQ(name_of(walk.responded(typed("text/changed"), all_[0].get())), "respond");
  EXPECT_EQ(*walk.response().headers.find("Content-Type"), "text/changed");
}

TEST_F(WalkTest, ResponseFiltersAreAskedInOrderAndNeverTheirOwnMaker) {
  const auto maker = add("maker", "text/x");
  add("second", "text/x");
  add("other", "text/y");
  add("third", "text/x");
  Walk walk = this->walk({maker});
  static_cast<void>(walk.begin());
  EXPECT_EQ(name_of(walk.responded(typed("text/x"), maker.get())), "re:second");
  EXPECT_EQ(name_of(walk.responded(typed("text/x"), all_[1].get())), "re:third");
  EXPECT_EQ(name_of(walk.responded(typed("text/x"), all_[3].get())), "respond");
}

TEST_F(WalkTest, AFilterThatFitsNoMoreIsPassedOver) {
  add("first", "text/x");
  add("second", "text/x");
  Walk walk = this->walk({});
  static_cast<void>(walk.begin());
  EXPECT_EQ(name_of(walk.responded(typed("text/x"), nullptr)), "re:first");
  EXPECT_EQ(name_of(walk.responded(typed("text/y"), all_[0].get())), "respond");
}

TEST_F(WalkTest, ADisabledServiceSeesNoResponse) {
  const auto off = add("off", "text/x");
  off->enabled = false;
  *routes_ = {};
  testing::add_to(*routes_, off);
  Walk walk = this->walk({});
  static_cast<void>(walk.begin());
  EXPECT_EQ(name_of(walk.responded(typed("text/x"), nullptr)), "respond");
}

}  // namespace
}  // namespace http::dispatch
