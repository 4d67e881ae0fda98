// What every RegistryStore promises, run against each of them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "registry/store/memory_store.h"
#include "registry/store/sqlite_store.h"
#include "registry/store/store.h"
#include "tests/unit/registry/resource/small_kinds.h"
#include "tests/unit/registry/store/temporary_folder.h"

namespace registry::store {
namespace {

using namespace resource::small;
using resource::Resource;
using resource::ResourcePtr;
using testing::ElementsAre;

constexpr std::array kKinds{&kShelf, &kBook, &kNote};

constexpr std::uint64_t kAuditEntries = 1000;  // that the stores below keep

class InMemory {
 public:
  RegistryStore& store() { return store_; }

 private:
  MemoryStore store_{kAuditEntries};
};

class InSqlite {
 public:
  InSqlite() {
    auto opened = SqliteStore::open(folder_.file("registry.db"), kKinds, kAuditEntries);
    EXPECT_TRUE(opened) << opened.error().reason;
    store_ = std::move(*opened);
  }
  RegistryStore& store() { return *store_; }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<SqliteStore> store_;
};

void expect_same(const Resource& left, const Resource& right) {
  EXPECT_EQ(left.kind, right.kind);
  EXPECT_EQ(left.id, right.id);
  EXPECT_EQ(left.parent, right.parent);
  EXPECT_EQ(left.created, right.created);
  EXPECT_EQ(left.operation_key, right.operation_key);
  EXPECT_EQ(left.values, right.values);
}

core::WallTime at(std::int64_t second) { return core::WallTime{std::chrono::seconds{second}}; }

/// The seconds at which the entries were made.
std::vector<std::int64_t> times(const AuditPage& page) {
  std::vector<std::int64_t> seconds;
  for (const AuditEntry& entry : page.entries) {
    seconds.push_back(entry.time.time_since_epoch().count() / 1000);
  }
  return seconds;
}

AppendAudit audit_of(const Resource& resource, AuditEntry::Act act, std::int64_t second) {
  AuditEntry entry;
  entry.time = at(second);
  entry.user = core::Uuid::random();
  entry.organisation = core::Uuid::random();
  entry.user_name = "ann";
  entry.act = act;
  entry.kind = resource.kind->urn_kind;
  entry.id = resource.id;
  entry.name = "name";
  entry.before = R"({"a":1})";
  entry.after = R"({"a":2})";
  return {entry};
}

template <typename Where>
class RegistryStoreContract : public testing::Test {
 protected:
  bool apply(const std::vector<Change>& changes) {
    return where_.store().apply(changes).has_value();
  }
  Contents load() {
    auto contents = where_.store().load();
    EXPECT_TRUE(contents);
    return contents ? *std::move(contents) : Contents{};
  }
  AuditPage audit(const AuditQuery& query = {}) {
    auto page = where_.store().audit(query);
    EXPECT_TRUE(page);
    return page ? *std::move(page) : AuditPage{};
  }

 private:
  Where where_;
};
using Stores = testing::Types<InMemory, InSqlite>;
TYPED_TEST_SUITE(RegistryStoreContract, Stores);

TYPED_TEST(RegistryStoreContract, IsEmptyAtFirst) {
  EXPECT_TRUE(this->load().resources.empty());
  EXPECT_TRUE(this->load().deleted.empty());
  EXPECT_EQ(this->audit().total, 0U);
}

TYPED_TEST(RegistryStoreContract, GivesBackWhatWasPut) {
  auto made = shelf("Poems", 7);
  made->operation_key = "once";
  made->set("Open", true);
  made->set("Height", -2);
  made->set("Inner", "hidden");
  made->set("Owner", resource::Reference{.id = core::Uuid::random(), .kind = "user"});
  const auto in_it = book(made->id, "One", 8);
  ASSERT_TRUE(this->apply({PutResource{made}, PutResource{in_it}}));
  const Contents contents = this->load();
  ASSERT_EQ(contents.resources.size(), 2U);
  expect_same(*contents.resources[0], *made);
  expect_same(*contents.resources[1], *in_it);
}

TYPED_TEST(RegistryStoreContract, GivesResourcesInTheOrderOfTheirCreation) {
  const auto late = shelf("late", 300);
  const auto early = shelf("early", 5);
  const auto between = book(early->id, "between", 20);
  ASSERT_TRUE(this->apply({PutResource{late}, PutResource{early}, PutResource{between}}));
  std::vector<std::uint64_t> order;
  for (const ResourcePtr& one : this->load().resources) order.push_back(one->created);
  EXPECT_THAT(order, ElementsAre(5, 20, 300));
}

TYPED_TEST(RegistryStoreContract, ReplacesWhatHasTheSameId) {
  const auto made = shelf("Poems", 1);
  const auto in_it = book(made->id, "One", 2);
  ASSERT_TRUE(this->apply({PutResource{made}, PutResource{in_it}}));
  auto next = std::make_shared<Resource>(*made);
  next->set("name", "Prose");
  ASSERT_TRUE(this->apply({PutResource{next}}));
  const Contents contents = this->load();
  ASSERT_EQ(contents.resources.size(), 2U) << "what belongs to it stays";
  EXPECT_EQ(contents.resources[0]->text("name"), "Prose");
  EXPECT_TRUE(this->apply({PutResource{shelf("Poems", 3)}})) << "the name is free again";
}

TYPED_TEST(RegistryStoreContract, RemovesAResourceWithEverythingBelowIt) {
  const auto gone = shelf("Poems", 1);
  const auto kept = shelf("Prose", 2);
  const auto in_gone = book(gone->id, "One", 3);
  const auto deeper = note(in_gone->id, "x", 4);
  const auto in_kept = book(kept->id, "One", 5);
  ASSERT_TRUE(this->apply({PutResource{gone}, PutResource{kept}, PutResource{in_gone},
                           PutResource{deeper}, PutResource{in_kept}}));
  ASSERT_TRUE(this->apply({RemoveResource{gone->id}}));
  const Contents contents = this->load();
  ASSERT_EQ(contents.resources.size(), 2U);
  EXPECT_EQ(contents.resources[0]->id, kept->id);
  EXPECT_EQ(contents.resources[1]->id, in_kept->id);
  EXPECT_TRUE(this->apply({RemoveResource{gone->id}})) << "what is not there is removed already";
}

TYPED_TEST(RegistryStoreContract, RefusesANameThatIsTaken) {
  const auto poems = shelf("Poems", 1);
  const auto prose = shelf("Prose", 2);
  ASSERT_TRUE(this->apply({PutResource{poems}, PutResource{prose}}));
  EXPECT_FALSE(this->apply({PutResource{shelf("pOEMS", 3)}})) << "its case does not matter";
  ASSERT_TRUE(this->apply({PutResource{book(poems->id, "One", 4)}}));
  EXPECT_FALSE(this->apply({PutResource{book(poems->id, "One", 5)}}));
  EXPECT_TRUE(this->apply({PutResource{book(prose->id, "One", 6)}})) << "no sibling";
  EXPECT_TRUE(this->apply({PutResource{book(poems->id, "one", 7)}})) << "its case matters";
}

TYPED_TEST(RegistryStoreContract, LetsAnyNumberGoWithoutAUniqueName) {
  const auto on = shelf("Poems", 1);
  const auto in = book(on->id, "One", 2);
  ASSERT_TRUE(this->apply({PutResource{on}, PutResource{in}}));
  EXPECT_TRUE(this->apply({PutResource{note(in->id, "x", 3)}, PutResource{note(in->id, "x", 4)}}));
}

TYPED_TEST(RegistryStoreContract, RefusesTwoCreatedAtOnce) {
  ASSERT_TRUE(this->apply({PutResource{shelf("Poems", 1)}}));
  EXPECT_FALSE(this->apply({PutResource{shelf("Prose", 1)}}));
}

TYPED_TEST(RegistryStoreContract, RefusesWhatBelongsToNothing) {
  EXPECT_FALSE(this->apply({PutResource{book(core::Uuid::random(), "One", 1)}}));
}

TYPED_TEST(RegistryStoreContract, AppliesAllChangesOrNone) {
  const auto taken = shelf("taken", 1);
  ASSERT_TRUE(this->apply({PutResource{taken}}));
  EXPECT_FALSE(
      this->apply({PutResource{shelf("free", 2)}, audit_of(*taken, AuditEntry::Act::create, 1),
                   RememberDeleted{{core::Uuid::random(), "shelf"}}, RemoveResource{taken->id},
                   PutResource{book(taken->id, "x", 3)}}));
  const Contents contents = this->load();
  EXPECT_EQ(contents.resources.size(), 1U);
  EXPECT_TRUE(contents.deleted.empty());
  EXPECT_EQ(this->audit().total, 0U);
  EXPECT_TRUE(this->apply({PutResource{shelf("free", 2)}})) << "and goes on working";
}

TYPED_TEST(RegistryStoreContract, RemembersWhatWasDeletedTheOldestFirst) {
  const Deleted first{core::Uuid::random(), "shelf"};
  const Deleted second{core::Uuid::random(), "book", core::Uuid::random()};
  ASSERT_TRUE(this->apply({RememberDeleted{first}, RememberDeleted{second}}));
  ASSERT_TRUE(this->apply({RememberDeleted{first}}));
  EXPECT_EQ(this->load().deleted, (std::vector<Deleted>{first, second}));
}

TYPED_TEST(RegistryStoreContract, ForgetsTheOldestDeletedBeyondItsBound) {
  std::vector<Change> changes;
  std::vector<Deleted> all;
  for (std::size_t i = 0; i < kDeletedMax + 2; ++i) {
    all.push_back({core::Uuid::random(), "shelf"});
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
  for (const std::string& text : {"it's; DROP TABLE resource; --"s, "%_\\\""s, "with\0NUL"s,
                                  "\u00fc\u4e16"s, std::string(100'000, 'x'), "?1 $name :name"s}) {
    auto made = shelf(text, ++created);
    made->operation_key = text;
    made->set("Description", text);
    ASSERT_TRUE(this->apply({PutResource{made}}));
    expect_same(*this->load().resources.back(), *made);
  }
}

TYPED_TEST(RegistryStoreContract, TellsTheAuditTheNewestFirst) {
  const auto made = shelf("Poems", 1);
  const auto first = audit_of(*made, AuditEntry::Act::create, 10);
  auto second = audit_of(*made, AuditEntry::Act::change, 20);
  second.entry.user = {};
  second.entry.organisation = {};
  ASSERT_TRUE(this->apply({PutResource{made}, first, second}));
  const AuditPage page = this->audit();
  EXPECT_EQ(page.total, 2U);
  ASSERT_EQ(page.entries.size(), 2U);
  EXPECT_EQ(page.entries[0].act, AuditEntry::Act::change);
  EXPECT_TRUE(page.entries[0].user.is_nil());
  const AuditEntry& told = page.entries[1];
  EXPECT_LT(told.sequence, page.entries[0].sequence);
  EXPECT_EQ(told.time, first.entry.time);
  EXPECT_EQ(told.user, first.entry.user);
  EXPECT_EQ(told.organisation, first.entry.organisation);
  EXPECT_EQ(told.user_name, "ann");
  EXPECT_EQ(told.act, AuditEntry::Act::create);
  EXPECT_EQ(told.kind, "shelf");
  EXPECT_EQ(told.id, made->id);
  EXPECT_EQ(told.name, "name");
  EXPECT_EQ(told.before, R"({"a":1})");
  EXPECT_EQ(told.after, R"({"a":2})");
}

TYPED_TEST(RegistryStoreContract, FindsInTheAuditWhatIsAskedFor) {
  const auto one = shelf("Poems", 1);
  const auto other = shelf("Prose", 2);
  std::vector<AppendAudit> entries;
  for (std::int64_t second = 1; second <= 6; ++second) {
    entries.push_back(audit_of(second % 2 == 0 ? *one : *other, AuditEntry::Act::change, second));
    ASSERT_TRUE(this->apply({entries.back()}));
  }
  EXPECT_THAT(times(this->audit({.resource = one->id})), ElementsAre(6, 4, 2));
  EXPECT_THAT(times(this->audit({.user = entries[2].entry.user})), ElementsAre(3));
  EXPECT_THAT(times(this->audit({.organisation = entries[3].entry.organisation})), ElementsAre(4));
  EXPECT_THAT(times(this->audit({.since = at(3), .until = at(5)})), ElementsAre(5, 4, 3));
  EXPECT_THAT(times(this->audit({.resource = other->id, .since = at(3)})), ElementsAre(5, 3));
  const AuditPage page = this->audit({.offset = 1, .count = 2});
  EXPECT_THAT(times(page), ElementsAre(5, 4));
  EXPECT_EQ(page.total, 6U);
  EXPECT_TRUE(this->audit({.offset = 6}).entries.empty());
}

TYPED_TEST(RegistryStoreContract, FindsInTheAuditWhatIsAllOfThatAtOnce) {
  const auto one = shelf("Poems", 1);
  const auto other = shelf("Prose", 2);
  const core::Uuid user = core::Uuid::random();
  const core::Uuid organisation = core::Uuid::random();
  const auto put = [&](const Resource& of, bool is_user, bool is_organisation,
                       std::int64_t second) {
    auto append = audit_of(of, AuditEntry::Act::change, second);
    if (is_user) append.entry.user = user;
    if (is_organisation) append.entry.organisation = organisation;
    ASSERT_TRUE(this->apply({append}));
  };
  put(*one, true, true, 1);
  put(*one, true, false, 2);
  put(*one, false, true, 3);
  put(*other, true, true, 4);
  put(*one, true, true, 5);
  EXPECT_THAT(times(this->audit({.user = user, .organisation = organisation})),
              ElementsAre(5, 4, 1));
  EXPECT_THAT(times(this->audit({.resource = one->id, .organisation = organisation})),
              ElementsAre(5, 3, 1));
  const AuditPage page = this->audit({.user = user,
                                      .resource = one->id,
                                      .organisation = organisation,
                                      .since = at(1),
                                      .until = at(4)});
  EXPECT_THAT(times(page), ElementsAre(1));
  EXPECT_EQ(page.total, 1U);
}

TYPED_TEST(RegistryStoreContract, TellsTheAuditByTimeThoughTheClockWasSetBack) {
  const auto made = shelf("Poems", 1);
  for (const std::int64_t second : {10, 30, 20, 20}) {
    ASSERT_TRUE(this->apply({audit_of(*made, AuditEntry::Act::change, second)}));
  }
  const AuditPage page = this->audit({.resource = made->id});
  EXPECT_THAT(times(page), ElementsAre(30, 20, 20, 10));
  EXPECT_GT(page.entries[1].sequence, page.entries[2].sequence);
  EXPECT_THAT(times(this->audit()), ElementsAre(30, 20, 20, 10));
}

TYPED_TEST(RegistryStoreContract, DropsTheOldestOfTheAuditInBatches) {
  const auto made = shelf("Poems", 1);
  std::uint64_t most = 0;
  for (std::int64_t second = 10; second <= 1500; second += 10) {
    const std::vector<Change> changes(10, audit_of(*made, AuditEntry::Act::change, second));
    ASSERT_TRUE(this->apply(changes));
    most = std::max(most, this->audit().total);
    ASSERT_GE(this->audit().total, std::min<std::uint64_t>(kAuditEntries, most));
  }
  EXPECT_GT(most, kAuditEntries) << "not one by one";
  EXPECT_LT(most, kAuditEntries + kAuditBatch);
  EXPECT_THAT(times(this->audit({.count = 1})), ElementsAre(1500));
  EXPECT_EQ(this->audit({.until = at(390)}).total, 0U);
  EXPECT_EQ(this->audit({.until = at(400)}).total, 10U);
}

TYPED_TEST(RegistryStoreContract, DropsAsMuchOfTheAuditAsWasAddedAtOnce) {
  const auto made = shelf("Poems", 1);
  std::vector<Change> changes;
  for (std::int64_t second = 0; second < 3000; ++second) {
    changes.push_back(audit_of(*made, AuditEntry::Act::change, second));
  }
  ASSERT_TRUE(this->apply(changes));
  EXPECT_EQ(this->audit().total, kAuditEntries);
}

TYPED_TEST(RegistryStoreContract, DropsATenantsOwnOldestBeyondItsShareOfTheAudit) {
  const auto made = shelf("Poems", 1);
  const core::Uuid tenant = core::Uuid::random();
  const auto by_system = audit_of(*made, AuditEntry::Act::create, 1);
  ASSERT_TRUE(this->apply(std::vector<Change>(36, by_system)));
  for (std::int64_t second = 10; second <= 3000; second += 10) {
    auto append = audit_of(*made, AuditEntry::Act::change, second);
    append.entry.organisation = tenant;
    append.is_by_tenant = true;
    ASSERT_TRUE(this->apply(std::vector<Change>(10, append)));
  }
  EXPECT_EQ(this->audit({.organisation = by_system.entry.organisation}).total, 36U);
  const AuditQuery its{.organisation = tenant, .count = 1};
  EXPECT_THAT(times(this->audit(its)), ElementsAre(3000));
  const std::uint64_t kept = this->audit(its).total;
  EXPECT_GE(kept, kAuditEntries / 2);
  EXPECT_LT(kept, kAuditEntries / 2 + kAuditBatch);
  EXPECT_EQ(this->audit({.organisation = tenant, .until = at(2400)}).total, 0U) << "the oldest";
}

TYPED_TEST(RegistryStoreContract, DropsTheOldestOfAllWhateverATenantLeftBetweenThem) {
  const auto made = shelf("Poems", 1);
  auto by_tenant = audit_of(*made, AuditEntry::Act::change, 1);
  by_tenant.is_by_tenant = true;
  for (std::int64_t i = 1; i <= 200; ++i) {
    const auto by_system = audit_of(*made, AuditEntry::Act::change, i);
    by_tenant.entry.time = at(i);
    std::vector<Change> changes(8, by_tenant);
    changes.insert(changes.end(), 8, by_system);
    ASSERT_TRUE(this->apply(changes));
    ASSERT_LT(this->audit().total, kAuditEntries + kAuditBatch);
  }
  EXPECT_GE(this->audit().total, kAuditEntries);
  EXPECT_LT(this->audit({.organisation = by_tenant.entry.organisation}).total,
            kAuditEntries / 2 + kAuditBatch);
}

TYPED_TEST(RegistryStoreContract, LetsSystemFillTheAuditAlone) {
  const auto made = shelf("Poems", 1);
  const auto by_system = audit_of(*made, AuditEntry::Act::change, 1);
  ASSERT_TRUE(this->apply(std::vector<Change>(kAuditEntries, by_system)));
  EXPECT_EQ(this->audit({.organisation = by_system.entry.organisation}).total, kAuditEntries);
}

TYPED_TEST(RegistryStoreContract, GivesNoMoreOfTheAuditThanAPage) {
  const auto made = shelf("Poems", 1);
  std::vector<Change> changes;
  for (std::uint32_t i = 0; i < kAuditPageMax + 5; ++i) {
    changes.push_back(audit_of(*made, AuditEntry::Act::change, i));
  }
  ASSERT_TRUE(this->apply(changes));
  const AuditPage page = this->audit({.count = 1000});
  EXPECT_EQ(page.entries.size(), kAuditPageMax);
  EXPECT_EQ(page.total, kAuditPageMax + 5);
}

TEST(AuditEntriesToDrop, AreNoneUntilABatchIsTooMany) {
  EXPECT_EQ(audit_entries_to_drop(0, 0, 1000), 0U);
  EXPECT_EQ(audit_entries_to_drop(1000 + kAuditBatch - 1, 5, 1000), 0U);
  EXPECT_EQ(audit_entries_to_drop(1000 + kAuditBatch, 5, 1000), kAuditBatch);
}

TEST(AuditEntriesToDrop, GoByAndByWhereTheBoundWasLowered) {
  EXPECT_EQ(audit_entries_to_drop(1'000'000, 5, 1000), 5 + kAuditBatch);
}

}  // namespace
}  // namespace registry::store
