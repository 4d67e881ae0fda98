// What every RegistryStore promises, run against each of them.

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "registry/store/memory_store.h"
#include "registry/store/sqlite_store.h"
#include "registry/store/store.h"
#include "tests/unit/registry/store/temporary_folder.h"

namespace registry::store {
namespace {

class InMemory {
 public:
  RegistryStore& store() { return store_; }

 private:
  MemoryStore store_;
};

class InSqlite {
 public:
  InSqlite() {
    auto opened = SqliteStore::open(folder_.file("registry.db"));
    EXPECT_TRUE(opened) << opened.error().reason;
    store_ = std::move(*opened);
  }
  RegistryStore& store() { return *store_; }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<SqliteStore> store_;
};

model::Organisation organisation(std::string name) {
  return {.id = core::Uuid::random(), .name = std::move(name), .full_name = "Full name"};
}
model::User user(const model::Organisation& home, std::string name) {
  return {.id = core::Uuid::random(),
          .organisation = home.id,
          .name = std::move(name),
          .password_hash = "$y$j9T$x$y",
          .role = model::Role::organisation_administrator,
          .enabled = false};
}
model::ApiFilter url_filter(std::string pattern) {
  return {.id = core::Uuid::random(),
          .url_pattern = std::move(pattern),
          .response_content_type = std::nullopt,
          .operation_key = ""};
}
model::Service service(std::string namespace_name, std::uint64_t created) {
  model::Service made;
  made.id = core::Uuid::random();
  made.name = "name";
  made.namespace_ = std::move(namespace_name);
  made.exchange = "exchange";
  made.routing_key = "key";
  made.created = created;
  return made;
}
PutService put(const model::Service& made) {
  return {std::make_shared<const model::Service>(made)};
}

void expect_same(const model::ApiFilter& left, const model::ApiFilter& right) {
  EXPECT_EQ(left.id, right.id);
  EXPECT_EQ(left.url_pattern, right.url_pattern);
  EXPECT_EQ(left.response_content_type, right.response_content_type);
  EXPECT_EQ(left.operation_key, right.operation_key);
}
void expect_same(const model::Service& left, const model::Service& right) {
  EXPECT_EQ(left.id, right.id);
  EXPECT_EQ(left.name, right.name);
  EXPECT_EQ(left.namespace_, right.namespace_);
  EXPECT_EQ(left.description, right.description);
  EXPECT_EQ(left.vendor, right.vendor);
  EXPECT_EQ(left.enabled, right.enabled);
  EXPECT_EQ(left.authorization_enabled, right.authorization_enabled);
  EXPECT_EQ(left.exchange, right.exchange);
  EXPECT_EQ(left.routing_key, right.routing_key);
  EXPECT_EQ(left.priority, right.priority);
  EXPECT_EQ(left.reply_timeout, right.reply_timeout);
  EXPECT_EQ(left.operation_key, right.operation_key);
  EXPECT_EQ(left.created, right.created);
  ASSERT_EQ(left.filters.size(), right.filters.size());
  for (std::size_t i = 0; i < left.filters.size(); ++i) {
    expect_same(left.filters[i], right.filters[i]);
  }
}

template <typename Home>
class RegistryStoreContract : public testing::Test {
 protected:
  [[nodiscard]] bool apply(const std::vector<Change>& changes) {
    return home_.store().apply(changes).has_value();
  }
  [[nodiscard]] Contents load() {
    auto loaded = home_.store().load();
    EXPECT_TRUE(loaded);
    return loaded ? *loaded : Contents{};
  }

 private:
  Home home_;
};
using Homes = testing::Types<InMemory, InSqlite>;
TYPED_TEST_SUITE(RegistryStoreContract, Homes);

TYPED_TEST(RegistryStoreContract, IsEmptyAtFirst) {
  const Contents contents = this->load();
  EXPECT_TRUE(contents.organisations.empty());
  EXPECT_TRUE(contents.users.empty());
  EXPECT_TRUE(contents.services.empty());
  EXPECT_TRUE(contents.deleted.empty());
}

TYPED_TEST(RegistryStoreContract, KeepsOrganisationsAndUsers) {
  auto acme = organisation("Acme");
  acme.enabled = false;
  const auto ann = user(acme, "ann");
  ASSERT_TRUE(this->apply({PutOrganisation{acme}, PutUser{ann}}));

  const Contents contents = this->load();
  ASSERT_EQ(contents.organisations.size(), 1U);
  EXPECT_EQ(contents.organisations[0].id, acme.id);
  EXPECT_EQ(contents.organisations[0].name, "Acme");
  EXPECT_EQ(contents.organisations[0].full_name, "Full name");
  EXPECT_FALSE(contents.organisations[0].enabled);
  ASSERT_EQ(contents.users.size(), 1U);
  EXPECT_EQ(contents.users[0].id, ann.id);
  EXPECT_EQ(contents.users[0].organisation, acme.id);
  EXPECT_EQ(contents.users[0].name, "ann");
  EXPECT_EQ(contents.users[0].password_hash, "$y$j9T$x$y");
  EXPECT_EQ(contents.users[0].role, model::Role::organisation_administrator);
  EXPECT_FALSE(contents.users[0].enabled);
}

TYPED_TEST(RegistryStoreContract, KeepsEveryMemberOfAService) {
  auto made = service("org.example", 3);
  made.description = "line\nline";
  made.vendor = "vendor";
  made.enabled = true;
  made.authorization_enabled = true;
  made.priority = 100;
  made.reply_timeout = std::chrono::seconds{17};
  made.operation_key = "once";
  made.filters = {url_filter("/api/b"), url_filter("/api/a")};
  made.filters.push_back({.id = core::Uuid::random(),
                          .url_pattern = std::nullopt,
                          .response_content_type = "text/plain",
                          .operation_key = "filter once"});
  const auto plain = service("org.plain", 4);
  ASSERT_TRUE(this->apply({put(made), put(plain)}));

  const Contents contents = this->load();
  ASSERT_EQ(contents.services.size(), 2U);
  expect_same(contents.services[0], made);
  expect_same(contents.services[1], plain);
}

TYPED_TEST(RegistryStoreContract, GivesServicesInTheOrderOfTheirCreation) {
  ASSERT_TRUE(this->apply({put(service("b", 9)), put(service("c", 1)), put(service("a", 5))}));
  const Contents contents = this->load();
  ASSERT_EQ(contents.services.size(), 3U);
  EXPECT_EQ(contents.services[0].namespace_, "c");
  EXPECT_EQ(contents.services[1].namespace_, "a");
  EXPECT_EQ(contents.services[2].namespace_, "b");
}

TYPED_TEST(RegistryStoreContract, ReplacesAServiceAndItsFilters) {
  auto made = service("org.example", 1);
  made.filters = {url_filter("/api/a"), url_filter("/api/b")};
  ASSERT_TRUE(this->apply({put(made)}));
  std::swap(made.filters[0], made.filters[1]);
  made.filters.pop_back();
  made.filters.push_back(url_filter("/api/c"));
  made.enabled = true;
  ASSERT_TRUE(this->apply({put(made)}));

  const Contents contents = this->load();
  ASSERT_EQ(contents.services.size(), 1U);
  expect_same(contents.services[0], made);
}

TYPED_TEST(RegistryStoreContract, ReplacesAUser) {
  const auto acme = organisation("acme");
  auto ann = user(acme, "ann");
  ASSERT_TRUE(this->apply({PutOrganisation{acme}, PutUser{ann}}));
  ann.enabled = true;
  ann.password_hash = "another";
  ASSERT_TRUE(this->apply({PutUser{ann}}));
  const Contents contents = this->load();
  ASSERT_EQ(contents.users.size(), 1U);
  EXPECT_TRUE(contents.users[0].enabled);
  EXPECT_EQ(contents.users[0].password_hash, "another");
}

TYPED_TEST(RegistryStoreContract, RemovesAServiceWithItsFilters) {
  auto made = service("org.example", 1);
  made.filters = {url_filter("/api/a")};
  ASSERT_TRUE(this->apply({put(made)}));
  ASSERT_TRUE(this->apply({RemoveService{made.id}}));
  EXPECT_TRUE(this->load().services.empty());
  EXPECT_TRUE(this->apply({put(made)}));  // the filter's id is free again
}

TYPED_TEST(RegistryStoreContract, RefusesASecondServiceOfOneNamespace) {
  ASSERT_TRUE(this->apply({put(service("org.example", 1))}));
  EXPECT_FALSE(this->apply({put(service("org.example", 2))}));
  EXPECT_TRUE(this->apply({put(service("org.Example", 3))}));
}

TYPED_TEST(RegistryStoreContract, RefusesTwoFiltersOfOneId) {
  auto first = service("a", 1);
  first.filters = {url_filter("/api/a")};
  auto second = service("b", 2);
  second.filters = first.filters;
  ASSERT_TRUE(this->apply({put(first)}));
  EXPECT_FALSE(this->apply({put(second)}));
  first.filters.push_back(first.filters[0]);
  EXPECT_FALSE(this->apply({put(first)}));
}

TYPED_TEST(RegistryStoreContract, RefusesAnOrganisationNameThatDiffersOnlyInCase) {
  ASSERT_TRUE(this->apply({PutOrganisation{organisation("Acme")}}));
  EXPECT_FALSE(this->apply({PutOrganisation{organisation("aCME")}}));
}

TYPED_TEST(RegistryStoreContract, RefusesTwoUsersOfOneNameInAnOrganisation) {
  const auto acme = organisation("acme");
  const auto other = organisation("other");
  ASSERT_TRUE(
      this->apply({PutOrganisation{acme}, PutOrganisation{other}, PutUser{user(acme, "ann")}}));
  EXPECT_FALSE(this->apply({PutUser{user(acme, "ann")}}));
  EXPECT_TRUE(this->apply({PutUser{user(other, "ann")}}));
}

TYPED_TEST(RegistryStoreContract, RefusesAUserOfNoOrganisation) {
  EXPECT_FALSE(this->apply({PutUser{user(organisation("acme"), "ann")}}));
}

TYPED_TEST(RegistryStoreContract, AppliesAllChangesOrNone) {
  ASSERT_TRUE(this->apply({put(service("taken", 1))}));
  EXPECT_FALSE(this->apply({PutOrganisation{organisation("acme")}, put(service("free", 2)),
                            RememberDeleted{{core::Uuid::random(), ResourceKind::service}},
                            put(service("taken", 3))}));
  const Contents contents = this->load();
  EXPECT_TRUE(contents.organisations.empty());
  EXPECT_EQ(contents.services.size(), 1U);
  EXPECT_TRUE(contents.deleted.empty());
  EXPECT_TRUE(this->apply({put(service("free", 2))}));  // and goes on working
}

TYPED_TEST(RegistryStoreContract, RemembersWhatWasDeletedTheOldestFirst) {
  const Deleted first{core::Uuid::random(), ResourceKind::service};
  const Deleted second{core::Uuid::random(), ResourceKind::api_filter};
  ASSERT_TRUE(this->apply({RememberDeleted{first}, RememberDeleted{second}}));
  ASSERT_TRUE(this->apply({RememberDeleted{first}}));
  EXPECT_EQ(this->load().deleted, (std::vector<Deleted>{first, second}));
}

TYPED_TEST(RegistryStoreContract, ForgetsTheOldestDeletedBeyondItsBound) {
  std::vector<Change> changes;
  std::vector<Deleted> all;
  for (std::size_t i = 0; i < kDeletedMax + 2; ++i) {
    all.push_back({core::Uuid::random(), ResourceKind::service});
    changes.push_back(RememberDeleted{all.back()});
  }
  ASSERT_TRUE(this->apply(changes));
  const Contents contents = this->load();
  ASSERT_EQ(contents.deleted.size(), kDeletedMax);
  EXPECT_EQ(contents.deleted.front(), all[2]);
  EXPECT_EQ(contents.deleted.back(), all.back());
}

TYPED_TEST(RegistryStoreContract, GivesTextBackExactlyAsItWas) {
  using namespace std::string_literals;
  std::uint64_t created = 0;
  for (const std::string& text : {"it's; DROP TABLE service; --"s, "%_\\\""s, "with\0NUL"s,
                                  "\u00fc\u4e16"s, std::string(100'000, 'x'), "?1 $name :name"s}) {
    auto made = service("ns" + text, ++created);
    made.name = made.description = made.vendor = made.routing_key = text;
    made.filters = {url_filter(text)};
    ASSERT_TRUE(this->apply({put(made)}));
    expect_same(this->load().services.back(), made);
  }
}

}  // namespace
}  // namespace registry::store
