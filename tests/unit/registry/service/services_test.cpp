// Commands about services and filters, from submit to the snapshot.

#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

#include "registry/model/rules.h"
#include "registry/service/decide.h"
#include "tests/unit/registry/resource/small_kinds.h"
#include "tests/unit/registry/service/registry_fixture.h"
#include "tests/unit/registry/service/typed_commands.h"

namespace registry::service {
namespace {

using Kind = RuleViolation::Kind;
using Numbers = std::vector<std::uint32_t>;

ChangeService change(const core::Uuid& id) {
  ChangeService made;
  made.id = id;
  return made;
}

TEST(CreateService, MakesAServiceThatCanBeFoundAndMatched) {
  House house;
  auto given = a_service("org.example");
  given.filters = {url_filter("/api/backup/.*")};
  const auto id = house.made(CreateService{given});

  const model::Service* service = house.snapshot().routes->find(id);
  ASSERT_NE(service, nullptr);
  EXPECT_EQ(service->namespace_, "org.example");
  ASSERT_EQ(service->filters.size(), 1U);
  EXPECT_FALSE(service->filters[0].id.is_nil());
  EXPECT_EQ(house.matches("/api/backup/17"), Numbers{0});
  EXPECT_EQ(house.stored(kinds::service()), 1U);
  EXPECT_EQ(house.stored(kinds::api_filter()), 1U);
}

TEST(CreateService, RefusesANamespaceThatIsTaken) {
  House house;
  house.made(CreateService{a_service("org.example")});
  const auto violation = house.refused(CreateService{a_service("org.example")});
  EXPECT_EQ(violation.kind, Kind::duplicate);
  EXPECT_NE(violation.text.find("\"org.example\""), std::string::npos);
}

TEST(CreateService, LetsTwoServicesHaveOneNameAndRoutingKey) {
  House house;
  house.made(CreateService{a_service("org.one")});
  house.made(CreateService{a_service("org.two")});
  EXPECT_EQ(house.snapshot().routes->services.size(), 2U);
}

TEST(CreateService, RefusesWhatBreaksARule) {
  House house;
  auto without_exchange = a_service("a");
  without_exchange.exchange.clear();
  EXPECT_EQ(house.refused(CreateService{without_exchange}).kind, Kind::invalid);
  auto both = a_service("a");
  both.filters = {url_filter("/api/x")};
  both.filters[0].response_content_type = "text/plain";
  EXPECT_EQ(house.refused(CreateService{both}).kind, Kind::invalid);
  EXPECT_EQ(house.stored(kinds::service()), 0U);
}

TEST(CreateService, SaysWhichPatternDoesNotCompileAndWhere) {
  House house;
  auto given = a_service("a");
  given.filters = {url_filter("/api/ok"), url_filter("/api/{id}")};
  const auto violation = house.refused(CreateService{given});
  EXPECT_EQ(violation.kind, Kind::invalid);
  EXPECT_TRUE(violation.text.starts_with("UrlPattern '/api/{id}' is not a pattern: "));
  EXPECT_TRUE(violation.text.ends_with(", near index 5.")) << violation.text;
}

TEST(CreateService, SaysWhichNewPatternsMayUseUpTheBudget) {
  House house;
  auto given = a_service("a");
  given.filters = {url_filter("/api/linear/.*"), url_filter("/api/(a)\\1")};
  const auto made = house.command(CreateService{given});
  ASSERT_TRUE(made);
  ASSERT_EQ(made->warnings.size(), 1U);
  EXPECT_TRUE(made->warnings[0].starts_with("UrlPattern '/api/(a)\\1': not linear"))
      << made->warnings[0];

  auto put = change(made->id);
  put.filters = given.filters;
  const auto again = house.command(put);
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->warnings.empty()) << "it is not new";

  const auto more = house.command(AddFilter{made->id, url_filter("/api/(?!a).*")});
  ASSERT_TRUE(more);
  EXPECT_EQ(more->warnings.size(), 1U);
}

TEST(CreateService, GivesABoundedNumberOfWarnings) {
  House house;
  auto given = a_service("a");
  for (std::size_t i = 0; i < 2 * kWarningsMax; ++i) {
    given.filters.push_back(url_filter("/api/(a)\\1" + std::to_string(i)));
  }
  const auto made = house.command(CreateService{given});
  ASSERT_TRUE(made);
  EXPECT_EQ(made->warnings.size(), kWarningsMax);
}

TEST(CreateService, IsNotMadeWhenTheStoreFails) {
  House house;
  house.store().fail_with("disk full");
  const auto violation = house.refused(CreateService{a_service("org.example")});
  EXPECT_EQ(violation.kind, Kind::failed);
  EXPECT_NE(violation.text.find("disk full"), std::string::npos);
  EXPECT_TRUE(house.snapshot().routes->services.empty());

  house.store().fail_with("");
  house.made(CreateService{a_service("org.example")});  // the namespace was not taken
}

TEST(CreateService, WithTheKeyOfALiveServiceGivesThatService) {
  House house;
  auto given = a_service("org.example");
  given.operation_key = "once";
  const auto id = house.made(CreateService{given});
  given.namespace_ = "org.other";
  given.exchange.clear();  // even if the rest differs, and is wrong
  EXPECT_EQ(house.made(CreateService{given}), id);
  EXPECT_EQ(house.snapshot().routes->services.size(), 1U);
}

TEST(CreateService, CountsTheKeysOfNestedFilters) {
  House house;
  auto given = a_service("org.example");
  given.filters = {url_filter("/api/a", "k"), url_filter("/api/b", "k"), url_filter("/api/c"),
                   url_filter("/api/d")};
  const auto id = house.made(CreateService{given});
  const auto& filters = house.snapshot().routes->find(id)->filters;
  ASSERT_EQ(filters.size(), 3U);
  EXPECT_EQ(filters[0].url_pattern, "/api/a");

  AddFilter again{id, url_filter("/api/e", "k")};
  EXPECT_EQ(house.made(again), filters[0].id);
  EXPECT_EQ(house.snapshot().routes->find(id)->filters.size(), 3U);
}

TEST(ChangeService, KeepsWhatIsNotGiven) {
  House house;
  auto given = a_service("org.example");
  given.priority = 70;
  given.vendor = "vendor";
  given.authorization_enabled = true;
  given.reply_timeout = std::chrono::seconds{5};
  given.filters = {url_filter("/api/x")};
  const auto id = house.made(CreateService{given});
  const auto filter = house.snapshot().routes->find(id)->filters[0].id;

  auto put = change(id);
  put.namespace_ = "org.example";
  put.enabled = false;
  put.routing_key = "other";
  EXPECT_EQ(house.made(put), id);

  const model::Service& now = *house.snapshot().routes->find(id);
  EXPECT_FALSE(now.enabled);
  EXPECT_EQ(now.routing_key, "other");
  EXPECT_EQ(now.exchange, "ext");
  EXPECT_EQ(now.priority, 70);
  EXPECT_EQ(now.vendor, "vendor");
  EXPECT_TRUE(now.authorization_enabled);
  EXPECT_EQ(now.reply_timeout, std::chrono::seconds{5});
  ASSERT_EQ(now.filters.size(), 1U);
  EXPECT_EQ(now.filters[0].id, filter);
}

TEST(ChangeService, TakesEveryMemberThatIsGiven) {
  House house;
  const auto id = house.made(CreateService{a_service("org.example")});
  auto put = change(id);
  put.name = "n";
  put.description = "d";
  put.vendor = "v";
  put.exchange = "e";
  put.priority = 3;
  put.authorization_enabled = true;
  put.reply_timeout = std::chrono::seconds{9};
  house.made(put);
  const model::Service& now = *house.snapshot().routes->find(id);
  EXPECT_EQ(now.name, "n");
  EXPECT_EQ(now.description, "d");
  EXPECT_EQ(now.vendor, "v");
  EXPECT_EQ(now.exchange, "e");
  EXPECT_EQ(now.priority, 3);
  EXPECT_TRUE(now.authorization_enabled);
  EXPECT_EQ(now.reply_timeout, std::chrono::seconds{9});
}

TEST(ChangeService, ReplacesTheFiltersWhenTheyAreGiven) {
  House house;
  auto given = a_service("org.example");
  given.filters = {url_filter("/api/a"), url_filter("/api/b")};
  const auto id = house.made(CreateService{given});
  const auto kept = house.snapshot().routes->find(id)->filters[1].id;

  auto put = change(id);
  put.filters = {url_filter("/api/b"), url_filter("/api/c")};
  house.made(put);
  const auto& filters = house.snapshot().routes->find(id)->filters;
  ASSERT_EQ(filters.size(), 2U);
  EXPECT_EQ(filters[0].id, kept);  // the same filter again is no new one
  EXPECT_TRUE(house.matches("/api/a").empty());
  EXPECT_EQ(house.matches("/api/c"), Numbers{0});

  put.filters = std::vector<model::ApiFilter>{};
  house.made(put);
  EXPECT_TRUE(house.snapshot().routes->find(id)->filters.empty());
}

TEST(ChangeService, DoesNotMoveAServiceToAnotherNamespace) {
  House house;
  const auto id = house.made(CreateService{a_service("org.example")});
  auto put = change(id);
  put.namespace_ = "org.other";
  EXPECT_EQ(house.refused(put).kind, Kind::invalid);
}

TEST(ChangeService, ChecksTheResult) {
  House house;
  const auto id = house.made(CreateService{a_service("org.example")});
  auto put = change(id);
  put.priority = 101;
  EXPECT_EQ(house.refused(put).kind, Kind::invalid);
  put = change(id);
  put.exchange = "";
  EXPECT_EQ(house.refused(put).kind, Kind::invalid);
  put = change(id);
  put.filters = {url_filter("(")};
  EXPECT_EQ(house.refused(put).kind, Kind::invalid);
  EXPECT_EQ(house.refused(change(core::Uuid::random())).kind, Kind::not_found);
}

TEST(DeleteService, RefusesAnEnabledOne) {
  House house;
  const auto id = house.made(CreateService{a_service("org.example")});
  const auto violation = house.refused(DeleteService{id});
  EXPECT_EQ(violation.kind, Kind::invalid);
  EXPECT_NE(violation.text.find("enabled"), std::string::npos);
}

TEST(DeleteService, RemovesADisabledOneAndFreesItsNamespace) {
  House house;
  auto given = a_service("org.example");
  given.enabled = false;
  const auto id = house.made(CreateService{given});
  house.made(DeleteService{id});
  EXPECT_EQ(house.snapshot().routes->find(id), nullptr);
  EXPECT_EQ(house.refused(DeleteService{id}).kind, Kind::not_found);
  house.made(CreateService{given});
}

TEST(DeleteService, SucceedsAgainWhenTheServiceHadAKey) {
  House house;
  auto given = a_service("org.example");
  given.enabled = false;
  given.operation_key = "once";
  given.filters = {url_filter("/api/a", "filter once"), url_filter("/api/b")};
  const auto id = house.made(CreateService{given});
  const auto filters = house.snapshot().routes->find(id)->filters;
  house.made(DeleteService{id});
  EXPECT_EQ(house.made(DeleteService{id}), id);
  house.made(DeleteFilter{filters[0].id});
  EXPECT_EQ(house.refused(DeleteFilter{filters[1].id}).kind, Kind::not_found);
  EXPECT_EQ(house.refused(DeleteService{filters[0].id}).kind, Kind::not_found);  // a filter's id
  EXPECT_NE(house.made(CreateService{given}), id);  // the key makes a new one
}

TEST(AddFilter, AddsToWhatIsThere) {
  House house;
  auto given = a_service("org.example");
  given.filters = {url_filter("/api/a")};
  const auto id = house.made(CreateService{given});
  const auto filter = house.made(AddFilter{id, url_filter("/api/b")});
  const auto& filters = house.snapshot().routes->find(id)->filters;
  ASSERT_EQ(filters.size(), 2U);
  EXPECT_EQ(filters[1].id, filter);
  EXPECT_EQ(house.matches("/api/a"), Numbers{0});
  EXPECT_EQ(house.matches("/api/b"), Numbers{0});
}

TEST(AddFilter, RefusesABadFilterAndAnUnknownService) {
  House house;
  const auto id = house.made(CreateService{a_service("org.example")});
  EXPECT_EQ(house.refused(AddFilter{id, url_filter("(")}).kind, Kind::invalid);
  EXPECT_EQ(house.refused(AddFilter{id, {}}).kind, Kind::invalid);
  EXPECT_EQ(house.refused(AddFilter{core::Uuid::random(), url_filter("/api/a")}).kind,
            Kind::not_found);
}

TEST(AddFilter, RefusesMoreThanAServiceMayHave) {
  House house;
  auto given = a_service("org.example");
  given.filters.assign(model::kFiltersPerServiceMax, url_filter("/api/a"));
  const auto id = house.made(CreateService{given});
  EXPECT_EQ(house.refused(AddFilter{id, url_filter("/api/b")}).kind, Kind::invalid);
}

TEST(DeleteFilter, RemovesOneAndLeavesTheOthers) {
  House house;
  auto given = a_service("org.example");
  given.filters = {url_filter("/api/a"), url_filter("/api/b")};
  const auto id = house.made(CreateService{given});
  const auto filter = house.snapshot().routes->find(id)->filters[0].id;
  house.made(DeleteFilter{filter});
  EXPECT_TRUE(house.matches("/api/a").empty());
  EXPECT_EQ(house.matches("/api/b"), Numbers{0});
  EXPECT_EQ(house.refused(DeleteFilter{filter}).kind, Kind::not_found);
}

TEST(DeleteFilter, SucceedsAgainWhenTheFilterHadAKey) {
  House house;
  const auto id = house.made(CreateService{a_service("org.example")});
  const auto filter = house.made(AddFilter{id, url_filter("/api/a", "once")});
  house.made(DeleteFilter{filter});
  EXPECT_EQ(house.made(DeleteFilter{filter}), filter);
}

TEST(Routes, AreInChainOrder) {
  House house;
  for (const auto& [name, priority] :
       {std::pair{"low", 0}, {"first", 50}, {"second", 50}, {"high", 100}}) {
    auto given = a_service(name);
    given.priority = priority;
    given.filters = {url_filter("/api/x")};
    house.made(CreateService{given});
  }
  std::vector<std::string> names;
  EXPECT_EQ(house.matches("/api/x"), (Numbers{0, 1, 2, 3}));
  for (const auto& service : house.snapshot().routes->services) {
    names.push_back(service->namespace_);
  }
  EXPECT_EQ(names, (std::vector<std::string>{"high", "first", "second", "low"}));
}

TEST(Routes, LeaveDisabledServicesOutOfMatchingButNotOutOfTheList) {
  House house;
  auto given = a_service("org.example");
  given.filters = {url_filter("/api/x"), {}};
  given.filters[1].response_content_type = "text/plain";
  const auto id = house.made(CreateService{given});
  ASSERT_NE(house.snapshot().routes->response_filters.find("text/plain"), nullptr);
  EXPECT_EQ(house.snapshot().routes->response_filters.find("text/plain")->size(), 1U);

  auto put = change(id);
  put.enabled = false;
  house.made(put);
  EXPECT_TRUE(house.matches("/api/x").empty());
  EXPECT_TRUE(house.snapshot().routes->response_filters.empty());
  EXPECT_NE(house.snapshot().routes->find(id), nullptr);
}

TEST(Routes, AfterManyChangesAreThoseThatAreMadeAnew) {
  House house;
  std::vector<core::Uuid> ids;
  std::uint32_t seed = 1;
  const auto random = [&](std::uint32_t bound) {
    seed = seed * 1664525U + 1013904223U;
    return (seed >> 16) % bound;
  };
  for (int step = 0; step < 300; ++step) {
    if (ids.size() < 5 || random(3) == 0) {
      auto given = a_service("space." + std::to_string(step));
      given.priority = static_cast<std::int32_t>(random(3));
      given.filters = {url_filter("/api/" + std::to_string(random(9)) + "/.*"), {}};
      given.filters[1].response_content_type = random(2) == 0 ? "text/Plain; q=1" : "text/html";
      ids.push_back(house.made(CreateService{given}));
      continue;
    }
    const core::Uuid id = ids[random(static_cast<std::uint32_t>(ids.size()))];
    auto put = change(id);
    put.priority = static_cast<std::int32_t>(random(3));
    put.enabled = random(2) == 0;
    if (random(2) == 0) put.filters = {{url_filter("/api/" + std::to_string(random(9)))}};
    house.made(put);
    if (put.enabled == false && random(2) == 0) {
      house.made(DeleteService{id});
      std::erase(ids, id);
    }
  }
  const Routes& routes = *house.snapshot().routes;
  const auto anew = make_routes({routes.services.begin(), routes.services.end()});
  EXPECT_EQ(routes.services.size(), ids.size());
  EXPECT_EQ(routes.by_id.size(), anew->by_id.size());
  EXPECT_EQ(routes.response_filters.size(), anew->response_filters.size());
  for (const char* type : {"text/plain", "text/html"}) {
    const auto* chain = routes.response_filters.find(type);
    const auto* expected = anew->response_filters.find(type);
    ASSERT_EQ(chain == nullptr, expected == nullptr) << type;
    if (chain == nullptr) continue;
    EXPECT_TRUE(std::equal(chain->begin(), chain->end(), expected->begin(), expected->end()));
  }
  for (int i = 0; i < 9; ++i) {
    for (const char* rest : {"", "/x"}) {
      match::Matches found;
      match::Matches expected;
      const std::string path = "/api/" + std::to_string(i) + rest;
      routes.url_filters->match(path, found);
      anew->url_filters->match(path, expected);
      EXPECT_EQ(found.numbers, expected.numbers) << path;
    }
  }
}

TEST(Routes, AreTheSameWhenTheirPatternsAreCompiledInParallel) {
  std::vector<Routes::ServicePtr> services;
  for (std::uint64_t i = 0; i < 700; ++i) {
    auto given = a_service("space." + std::to_string(i));
    given.id = core::Uuid::random();
    given.created = i;
    given.filters = {url_filter("/api/" + std::to_string(i % 350) + "/.*"), url_filter("(")};
    services.push_back(std::make_shared<const model::Service>(given));
  }
  std::size_t parts_run = 0;
  const auto backwards = [&](std::size_t parts, const std::function<void(std::size_t)>& work) {
    while (parts > 0) {
      work(--parts);
      ++parts_run;
    }
  };
  const auto one_by_one = make_routes(services);
  const auto in_parallel = make_routes(services, backwards);
  EXPECT_GT(parts_run, 1U);
  for (const char* path : {"/api/0/x", "/api/349/", "/api/350/x", "/api/17", "("}) {
    match::Matches expected;
    match::Matches found;
    one_by_one->url_filters->match(path, expected);
    in_parallel->url_filters->match(path, found);
    EXPECT_EQ(found.numbers, expected.numbers) << path;
  }
}

TEST(State, IsWhatTheStoreHeldBefore) {
  store::MemoryStore store;
  const auto made = resource::small::shelf("Poems", 17);
  const store::Deleted gone{core::Uuid::random(), "book", core::Uuid::random()};
  ASSERT_TRUE(store.apply(
      std::vector<store::Change>{store::PutResource{made}, store::RememberDeleted{gone}}));

  const State state{*store.load()};
  EXPECT_EQ(state.resources()->last_created(), 17U);
  EXPECT_EQ(state.resources()->share(made->id), made);
  ASSERT_NE(state.deleted(gone.id), nullptr);
  EXPECT_EQ(*state.deleted(gone.id), gone);
  EXPECT_EQ(state.deleted(made->id), nullptr);
}

/// A registry that holds `services` services with `filters` filters each.
State full_state(std::size_t services, std::size_t filters) {
  store::Contents contents;
  std::uint64_t created = 0;
  const auto add = [&](const resource::Kind& kind, const core::Uuid& parent, const char* field,
                       std::string text) {
    auto made = resource::small::make(kind, ++created, parent);
    made->set(field, std::move(text));
    contents.resources.push_back(made);
    return made->id;
  };
  for (std::size_t i = 0; i < services; ++i) {
    const auto id = add(kinds::service(), {}, "Namespace", "org." + std::to_string(i));
    for (std::size_t n = 0; n < filters; ++n) add(kinds::api_filter(), id, "UrlPattern", "/api/x");
  }
  return State{std::move(contents)};
}

Decided decided(const State& state, const Command& command) {
  return std::visit(
      [&](const auto& one) -> Decided {
        if constexpr (requires { decide(state, one, core::WallTime{}); }) {
          return decide(state, one, {});
        } else {
          return core::Unexpected{RuleViolation{}};
        }
      },
      command);
}

TEST(Decide, RefusesMoreServicesThanTheRegistryHolds) {
  const std::size_t most = kinds::service().count_max;
  EXPECT_EQ(most, 10'000U);
  const auto refused = decided(full_state(most, 0), CreateService{a_service("one.more")});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, Kind::invalid);
  EXPECT_TRUE(decided(full_state(most - 1, 0), CreateService{a_service("one.more")}));
}

TEST(Decide, RefusesMoreFiltersThanTheRegistryHolds) {
  const std::size_t most = kinds::api_filter().count_max;
  EXPECT_EQ(most, 100'000U);
  const State full = full_state(200, most / 200);
  const core::Uuid first = full.resources()->named(kinds::service(), {}, "org.0")->id;
  EXPECT_FALSE(decided(full, AddFilter{first, url_filter("/api/y")}));

  auto given = a_service("one.more");
  EXPECT_TRUE(decided(full, CreateService{given}));
  given.filters = {url_filter("/api/y")};
  EXPECT_FALSE(decided(full, CreateService{given}));

  auto put = change(first);
  put.name = "named";
  put.exchange = "ext";
  put.routing_key = "key";
  put.filters = {url_filter("/api/y")};  // fewer than before
  EXPECT_TRUE(decided(full, put));
}

}  // namespace
}  // namespace registry::service
