#include "registry/service/bootstrap.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

#include "core/time/clock.h"
#include "registry/kinds/built_in.h"
#include "registry/kinds/kinds.h"
#include "registry/service/derive.h"
#include "registry/service/registry_service.h"
#include "registry/service/registry_shard.h"
#include "registry/store/memory_store.h"
#include "tests/unit/registry/service/in_process.h"

namespace registry::service {
namespace {

using Generated = core::Result<std::vector<GeneratedPassword>, BootstrapError>;

/// What a store holds, and who of it can log in.
struct Accounts {
  std::vector<resource::ResourcePtr> resources;
  std::vector<model::Organisation> organisations;
  std::vector<model::User> users;
};

/// A registry at its start, over a store that a test looks into. Its lane and shards do nothing
/// until told to.
struct Start {
  explicit Start(const Accounts& accounts = {}) : process(2) {
    auto made = std::make_unique<store::MemoryStore>();
    store = made.get();
    for (const auto& one : accounts.resources) {
      EXPECT_TRUE(store->apply(std::vector<store::Change>{store::PutResource{one}}));
    }
    RegistrySettings settings;
    settings.password_cost = access::PasswordCost{.parameter = 1};
    service = *RegistryService::open(std::move(made), clock, process.lane(), process.lane_post(),
                                     settings);
    for (std::uint16_t i = 0; i < 2; ++i) {
      shards.push_back(std::make_unique<RegistryShard>(*service, process.post(i)));
    }
  }

  Generated found(const BootstrapOptions& options = {}) {
    return service->found(options, [this](std::optional<BootstrapError> error) {
      done = true;
      failure = std::move(error);
    });
  }
  [[nodiscard]] Accounts stored() {
    Accounts accounts;
    accounts.resources = store->load()->resources;
    for (const auto& one : accounts.resources) {
      if (one->kind == &kinds::organisation()) {
        accounts.organisations.push_back(organisation_of(*one));
      }
      if (one->kind == &kinds::user()) accounts.users.push_back(user_of(*one));
    }
    return accounts;
  }

  core::ManualClock clock;
  InProcess process;
  store::MemoryStore* store = nullptr;
  std::unique_ptr<RegistryService> service;
  std::vector<std::unique_ptr<RegistryShard>> shards;
  bool done = false;
  std::optional<BootstrapError> failure;
};

TEST(Bootstrap, MakesTheAdministratorWithAGeneratedPassword) {
  Start start;
  const auto generated = start.found();
  ASSERT_TRUE(generated);
  ASSERT_EQ(generated->size(), 1U);
  EXPECT_EQ((*generated)[0].organisation, "System");
  EXPECT_EQ((*generated)[0].user, "administrator");

  start.process.run();
  EXPECT_TRUE(start.done);
  const auto contents = start.stored();
  ASSERT_EQ(contents.users.size(), 1U);
  EXPECT_EQ(contents.users[0].role, model::Role::system_administrator);
  EXPECT_TRUE(access::verify_password((*generated)[0].password, contents.users[0].password_hash));
}

TEST(Bootstrap, TakesAGivenPasswordAndDoesNotShowIt) {
  Start start;
  const auto generated = start.found({.administrator_password = "given", .dev_password = {}});
  ASSERT_TRUE(generated);
  EXPECT_TRUE(generated->empty());
  start.process.run();
  EXPECT_TRUE(access::verify_password("given", start.stored().users[0].password_hash));
}

TEST(Bootstrap, StoresNothingBeforeTheLaneRuns) {
  Start start;
  ASSERT_TRUE(start.found({.administrator_password = {}, .dev = true, .dev_password = {}}));
  EXPECT_TRUE(start.stored().organisations.empty());
  EXPECT_TRUE(start.stored().users.empty());
  EXPECT_FALSE(start.done);
}

TEST(Bootstrap, GeneratesAnewWhenTheFirstStartEndedBeforeAnythingWasStored) {
  Start lost;
  const auto first = lost.found();
  Start again{lost.stored()};
  const auto second = again.found();
  ASSERT_TRUE(first && second);
  EXPECT_NE((*first)[0].password, (*second)[0].password);
  again.process.run();
  EXPECT_TRUE(
      access::verify_password((*second)[0].password, again.stored().users[0].password_hash));
}

TEST(Bootstrap, ALoginThatIsFasterWaitsForTheAccounts) {
  Start start;
  ASSERT_TRUE(start.found({.administrator_password = "given", .dev_password = {}}));
  std::optional<CommandResult> result;
  start.shards[1]->submit(LogIn{.user = "administrator",
                                .organisation = "System",
                                .password = "given",
                                .source = "192.0.2.1"},
                          [&](const CommandResult& answer) { result = answer; });
  start.process.run();
  ASSERT_TRUE(result.has_value());
  EXPECT_TRUE(result->has_value());
}

TEST(Bootstrap, ShowsTheAccountsToEveryShard) {
  Start start;
  ASSERT_TRUE(start.found());
  start.process.run();
  for (const auto& shard : start.shards) {
    EXPECT_NE(shard->snapshot()->directory->organisation_named("System"), nullptr);
  }
}

TEST(Bootstrap, LeavesEverythingAsItIsTheSecondTime) {
  Start start;
  ASSERT_TRUE(start.found({.administrator_password = "first", .dev_password = {}}));
  start.process.run();
  Start later{start.stored()};
  const auto again = later.found({.administrator_password = "second", .dev_password = {}});
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->empty());
  later.process.run();
  EXPECT_FALSE(later.done);
  ASSERT_EQ(later.stored().users.size(), 1U);
  EXPECT_TRUE(access::verify_password("first", later.stored().users[0].password_hash));
}

TEST(Bootstrap, MakesAcmeForDevelopmentOnly) {
  Start start;
  ASSERT_TRUE(start.found());
  start.process.run();
  EXPECT_EQ(start.stored().organisations.size(), 1U);

  Start dev{start.stored()};
  const auto generated = dev.found({.administrator_password = {}, .dev = true, .dev_password = {}});
  ASSERT_TRUE(generated);
  ASSERT_EQ(generated->size(), 2U);
  EXPECT_NE((*generated)[0].password, (*generated)[1].password);
  dev.process.run();
  const auto contents = dev.stored();
  ASSERT_EQ(contents.users.size(), 3U);
  EXPECT_EQ(contents.organisations[1].name, "acme");
  EXPECT_EQ(contents.users[1].name, "acme-admin");
  EXPECT_EQ(contents.users[1].role, model::Role::organisation_administrator);
  EXPECT_EQ(contents.users[1].organisation, contents.organisations[1].id);
  EXPECT_EQ(contents.users[2].name, "acme-user");
  EXPECT_EQ(contents.users[2].role, model::Role::user);
}

TEST(Bootstrap, GivesBothUsersOfAcmeTheGivenPassword) {
  Start start;
  const auto generated =
      start.found({.administrator_password = "given", .dev = true, .dev_password = "dev"});
  ASSERT_TRUE(generated);
  EXPECT_TRUE(generated->empty());
  start.process.run();
  const auto contents = start.stored();
  EXPECT_TRUE(access::verify_password("dev", contents.users[1].password_hash));
  EXPECT_TRUE(access::verify_password("dev", contents.users[2].password_hash));
  EXPECT_NE(contents.users[1].password_hash, contents.users[2].password_hash);
}

TEST(Bootstrap, MakesTheBuiltInRightsAndRoles) {
  Start start;
  ASSERT_TRUE(start.found());
  start.process.run();
  const resource::Resources there{start.stored().resources};
  for (const auto& built_in : kinds::built_ins()) {
    const auto* found = there.find(*built_in.kind, built_in.id);
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->values, built_in.values);
  }
}

TEST(Bootstrap, GivesAnOlderInstallationWhatItLacks) {
  Start start;
  ASSERT_TRUE(start.found({.administrator_password = "first", .dev_password = {}}));
  start.process.run();
  Accounts older = start.stored();
  std::erase_if(older.resources, [](const auto& one) {
    return one->kind == &kinds::role() || one->kind == &kinds::right();
  });
  Start later{older};
  const auto generated = later.found();
  ASSERT_TRUE(generated);
  EXPECT_TRUE(generated->empty());
  later.process.run();
  EXPECT_TRUE(later.done);
  EXPECT_EQ(later.stored().users.size(), 1U);
  EXPECT_EQ(later.stored().resources.size(), start.stored().resources.size());
}

TEST(Bootstrap, RefusesAPasswordThatCannotBeOne) {
  Start start;
  const auto refused = start.found({.administrator_password = "", .dev_password = {}});
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().text.find("administrator"), std::string::npos);
  start.process.run();
  EXPECT_TRUE(start.stored().users.empty());
}

TEST(Bootstrap, SaysWhenTheStoreFails) {
  Start start;
  ASSERT_TRUE(start.found());
  start.store->fail_with("disk full");
  start.process.run();
  ASSERT_TRUE(start.failure.has_value());
  EXPECT_NE(start.failure->text.find("disk full"), std::string::npos);
}

}  // namespace
}  // namespace registry::service
