#include "registry/service/bootstrap.h"

#include <gtest/gtest.h>

#include <string>

#include "registry/store/memory_store.h"

namespace registry::service {
namespace {

BootstrapOptions cheap() {
  BootstrapOptions options;
  options.password_cost = access::PasswordCost{.parameter = 1};
  return options;
}

TEST(Bootstrap, MakesTheAdministratorWithAGeneratedPassword) {
  store::MemoryStore store;
  const auto generated = bootstrap(store, cheap());
  ASSERT_TRUE(generated);
  ASSERT_EQ(generated->size(), 1U);
  EXPECT_EQ((*generated)[0].organisation, "System");
  EXPECT_EQ((*generated)[0].user, "administrator");

  const auto contents = store.load();
  ASSERT_EQ(contents->users.size(), 1U);
  EXPECT_EQ(contents->users[0].role, model::Role::system_administrator);
  EXPECT_TRUE(access::verify_password((*generated)[0].password, contents->users[0].password_hash));
}

TEST(Bootstrap, TakesAGivenPasswordAndDoesNotShowIt) {
  store::MemoryStore store;
  auto options = cheap();
  options.administrator_password = "given";
  const auto generated = bootstrap(store, options);
  ASSERT_TRUE(generated);
  EXPECT_TRUE(generated->empty());
  EXPECT_TRUE(access::verify_password("given", store.load()->users[0].password_hash));
}

TEST(Bootstrap, LeavesEverythingAsItIsTheSecondTime) {
  store::MemoryStore store;
  auto options = cheap();
  options.administrator_password = "first";
  ASSERT_TRUE(bootstrap(store, options));
  options.administrator_password = "second";
  const auto again = bootstrap(store, options);
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->empty());
  EXPECT_EQ(store.load()->users.size(), 1U);
  EXPECT_TRUE(access::verify_password("first", store.load()->users[0].password_hash));
}

TEST(Bootstrap, MakesAcmeForDevelopmentOnly) {
  store::MemoryStore store;
  ASSERT_TRUE(bootstrap(store, cheap()));
  EXPECT_EQ(store.load()->organisations.size(), 1U);

  auto options = cheap();
  options.dev = true;
  const auto generated = bootstrap(store, options);
  ASSERT_TRUE(generated);
  ASSERT_EQ(generated->size(), 2U);
  EXPECT_NE((*generated)[0].password, (*generated)[1].password);
  const auto contents = store.load();
  ASSERT_EQ(contents->users.size(), 3U);
  EXPECT_EQ(contents->organisations[1].name, "acme");
  EXPECT_EQ(contents->users[1].name, "acme-admin");
  EXPECT_EQ(contents->users[1].role, model::Role::organisation_administrator);
  EXPECT_EQ(contents->users[1].organisation, contents->organisations[1].id);
  EXPECT_EQ(contents->users[2].name, "acme-user");
  EXPECT_EQ(contents->users[2].role, model::Role::user);
}

TEST(Bootstrap, GivesBothUsersOfAcmeTheGivenPassword) {
  store::MemoryStore store;
  auto options = cheap();
  options.administrator_password = "given";
  options.dev = true;
  options.dev_password = "dev";
  const auto generated = bootstrap(store, options);
  ASSERT_TRUE(generated);
  EXPECT_TRUE(generated->empty());
  const auto contents = store.load();
  EXPECT_TRUE(access::verify_password("dev", contents->users[1].password_hash));
  EXPECT_TRUE(access::verify_password("dev", contents->users[2].password_hash));
  EXPECT_NE(contents->users[1].password_hash, contents->users[2].password_hash);
}

TEST(Bootstrap, RefusesAPasswordThatCannotBeOne) {
  store::MemoryStore store;
  auto options = cheap();
  options.administrator_password = "";
  const auto refused = bootstrap(store, options);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().text.find("administrator"), std::string::npos);
  EXPECT_TRUE(store.load()->users.empty());
}

TEST(Bootstrap, SaysWhenTheStoreFails) {
  store::MemoryStore store;
  store.fail_with("disk full");
  const auto refused = bootstrap(store, cheap());
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().text.find("disk full"), std::string::npos);
}

}  // namespace
}  // namespace registry::service
