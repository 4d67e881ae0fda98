#include "registry/store/sqlite_store.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "registry/store/sqlite_schema.h"
#include "tests/unit/registry/resource/small_kinds.h"
#include "tests/unit/registry/store/temporary_folder.h"

namespace registry::store {
namespace {

using namespace resource::small;

constexpr std::array kKinds{&kShelf, &kBook};

mode_t mode_of(const std::string& path) {
  struct stat found {};
  EXPECT_EQ(::stat(path.c_str(), &found), 0) << path;
  return found.st_mode & 0777U;
}

/// Runs SQL on the file from outside.
void meddle(const std::string& path, const char* sql) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(database);
}

std::vector<Change> one_shelf() { return {PutResource{shelf("Poems", 1)}}; }

TEST(SqliteStore, KeepsWhatWasAppliedWhenItIsOpenedAgain) {
  const TemporaryFolder folder;
  const std::string path = folder.file("registry.db");
  {
    auto store = SqliteStore::open(path, kKinds);
    ASSERT_TRUE(store);
    ASSERT_TRUE((*store)->apply(one_shelf()));
  }
  auto store = SqliteStore::open(path, kKinds);
  ASSERT_TRUE(store);
  const auto contents = (*store)->load();
  ASSERT_TRUE(contents);
  ASSERT_EQ(contents->resources.size(), 1U);
  EXPECT_EQ(contents->resources[0]->text("name"), "Poems");
}

TEST(SqliteStore, IsReadableByItsOwnerOnly) {
  const TemporaryFolder folder;
  const std::string path = folder.file("data/registry.db");
  auto store = SqliteStore::open(path, kKinds);
  ASSERT_TRUE(store);
  ASSERT_TRUE((*store)->apply(one_shelf()));
  EXPECT_EQ(mode_of(folder.file("data")), 0700U);
  EXPECT_EQ(mode_of(path), 0600U);
  EXPECT_EQ(mode_of(path + "-wal"), 0600U);
}

TEST(SqliteStore, TakesAwayAccessThatOthersHad) {
  const TemporaryFolder folder;
  const std::string path = folder.file("registry.db");
  { std::ofstream{path}; }
  ASSERT_EQ(::chmod(path.c_str(), 0644), 0);
  ASSERT_TRUE(SqliteStore::open(path, kKinds));
  EXPECT_EQ(mode_of(path), 0600U);
}

TEST(SqliteStore, MakesALateFileWithTheFirstChange) {
  const TemporaryFolder folder;
  const std::string path = folder.file("registry.db");
  {
    const auto late = SqliteStore::open_late(path, kKinds);
    ASSERT_TRUE(late);
    const auto nothing = (*late)->load();
    ASSERT_TRUE(nothing);
    EXPECT_TRUE(nothing->resources.empty());
    EXPECT_FALSE(std::filesystem::exists(path));
    ASSERT_TRUE((*late)->apply(std::vector<Change>{}));
    EXPECT_TRUE(std::filesystem::exists(path));
    EXPECT_TRUE((*late)->load());
  }
  EXPECT_TRUE(SqliteStore::open(path, kKinds));
}

TEST(SqliteStore, OpensALateFileThatIsThereAtOnce) {
  const TemporaryFolder folder;
  const std::string path = folder.file("registry.db");
  { std::ofstream{path} << std::string(4096, 'x'); }
  EXPECT_FALSE(SqliteStore::open_late(path, kKinds));
}

TEST(SqliteStore, RefusesASecondOpening) {
  const TemporaryFolder folder;
  const auto first = SqliteStore::open(folder.file("registry.db"), kKinds);
  ASSERT_TRUE(first);
  const auto second = SqliteStore::open(folder.file("registry.db"), kKinds);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().reason, "another process has the registry open");
}

TEST(SqliteStore, RefusesAFileOfANewerVersion) {
  const TemporaryFolder folder;
  const std::string path = folder.file("registry.db");
  ASSERT_TRUE(SqliteStore::open(path, kKinds));
  meddle(path, "PRAGMA user_version = 99");
  const auto again = SqliteStore::open(path, kKinds);
  ASSERT_FALSE(again);
  EXPECT_NE(again.error().reason.find("newer version"), std::string::npos);
}

TEST(SqliteStore, RefusesWhatIsNoDatabase) {
  const TemporaryFolder folder;
  const std::string path = folder.file("registry.db");
  { std::ofstream{path} << std::string(4096, 'x'); }
  EXPECT_FALSE(SqliteStore::open(path, kKinds));
}

TEST(SqliteStore, SaysWhenTheFolderCannotBeMade) {
  const TemporaryFolder folder;
  const auto opened = SqliteStore::open(folder.file("missing/deeper/registry.db"), kKinds);
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().act.find("make folder"), std::string::npos);
}

/// Why a file with one more row cannot be read.
StoreError refused_row(const char* values) {
  const TemporaryFolder folder;
  const std::string path = folder.file("registry.db");
  EXPECT_TRUE(SqliteStore::open(path, kKinds));
  meddle(path, (std::string{"INSERT INTO resource VALUES "} + values).c_str());
  auto store = SqliteStore::open(path, kKinds);
  EXPECT_TRUE(store);
  auto loaded = (*store)->load();
  EXPECT_FALSE(loaded);
  return loaded ? StoreError{} : loaded.error();
}

TEST(SqliteStore, LooksNoFurtherBackInTheAuditThanItsReach) {
  const TemporaryFolder folder;
  const std::string path = folder.file("registry.db");
  ASSERT_TRUE(SqliteStore::open(path, kKinds));
  meddle(path, R"(
      WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 12000)
      INSERT INTO audit
      SELECT n, strftime('%Y-%m-%dT%H:%M:%fZ', n, 'unixepoch'),
             iif(n % 2, '33bbbf32-d169-4867-9a7e-125c6c51509e', NULL), NULL, 'ann', 2, 'shelf',
             iif(n < 100, '33bbbf32-d169-4867-9a7e-125c6c51509a',
                 '33bbbf32-d169-4867-9a7e-125c6c51509b'), '', '', ''
      FROM counted)");
  auto store = SqliteStore::open(path, kKinds);
  ASSERT_TRUE(store);
  const auto all = (*store)->audit({.offset = kAuditReach - 1});
  ASSERT_TRUE(all) << all.error().reason;
  EXPECT_EQ(all->total, kAuditReach);
  ASSERT_EQ(all->entries.size(), 1U);
  EXPECT_EQ(all->entries[0].sequence, 2001U);
  const auto older = (*store)->audit({.until = all->entries[0].time, .count = 1});
  ASSERT_TRUE(older);
  EXPECT_EQ(older->total, 2001U);
  const auto user = core::Uuid::parse("33bbbf32-d169-4867-9a7e-125c6c51509e");
  const auto his = (*store)->audit({.user = user});
  ASSERT_TRUE(his);
  EXPECT_EQ(his->total, 6000U);
  const auto few = core::Uuid::parse("33bbbf32-d169-4867-9a7e-125c6c51509a");
  const auto first = (*store)->audit({.user = user, .resource = few});
  ASSERT_TRUE(first);
  EXPECT_EQ(first->total, 50U) << "found along the resource, however many came later";
}

TEST(SqliteStore, BringsTheAuditOfAnOlderVersionUpToDate) {
  const TemporaryFolder folder;
  const std::string path = folder.file("registry.db");
  {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    for (const char* sql :
         {kSchemaSteps[0], kSchemaSteps[1], "PRAGMA user_version = 2",
          "INSERT INTO audit VALUES (1, '2026-11-22T04:05:06.789Z', NULL, NULL, '', 1, 'shelf', "
          "'33bbbf32-d169-4867-9a7e-125c6c51509e', 'Poems', '', '{}')"}) {
      ASSERT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    }
    sqlite3_close(database);
  }
  auto store = SqliteStore::open(path, kKinds);
  ASSERT_TRUE(store);
  const auto page =
      (*store)->audit({.resource = core::Uuid::parse("33bbbf32-d169-4867-9a7e-125c6c51509e")});
  ASSERT_TRUE(page) << page.error().reason;
  ASSERT_EQ(page->entries.size(), 1U);
  EXPECT_EQ(page->entries[0].name, "Poems");
}

TEST(SqliteStore, CountsWhatIsInTheAuditOfAnOlderVersionTowardsATenantsShare) {
  constexpr std::uint64_t kEntriesMax = 1000;
  const TemporaryFolder folder;
  const std::string path = folder.file("registry.db");
  {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    for (const char* sql :
         {kSchemaSteps[0], kSchemaSteps[1], kSchemaSteps[2], "PRAGMA user_version = 3", R"(
              WITH RECURSIVE counted (n) AS
                (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 900)
              INSERT INTO audit
              SELECT n, strftime('%Y-%m-%dT%H:%M:%fZ', n, 'unixepoch'), NULL,
                     iif(n <= 100, NULL, '33bbbf32-d169-4867-9a7e-125c6c51509e'), 'ann', 2, 'shelf',
                     '33bbbf32-d169-4867-9a7e-125c6c51509a', '', '', ''
              FROM counted)"}) {
      ASSERT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    }
    sqlite3_close(database);
  }
  auto store = SqliteStore::open(path, kKinds, kEntriesMax);
  ASSERT_TRUE(store);
  AppendAudit append;
  append.is_by_tenant = true;
  append.entry.organisation = *core::Uuid::parse("33bbbf32-d169-4867-9a7e-125c6c51509e");
  append.entry.id = core::Uuid::random();
  ASSERT_TRUE((*store)->apply(std::vector<Change>{append, append}));
  const auto its = (*store)->audit({.organisation = append.entry.organisation});
  ASSERT_TRUE(its);
  EXPECT_EQ(its->total, 800 - kAuditBatch) << "by and by";
  const auto all = (*store)->audit({});
  ASSERT_TRUE(all);
  EXPECT_EQ(all->total, 900 - kAuditBatch);
}

TEST(SqliteStore, ReportsAnIdentifierThatIsNone) {
  const auto error = refused_row("(1, 'x', 'shelf', NULL, '', NULL, '{}')");
  EXPECT_EQ(error.act, "read resources");
  EXPECT_EQ(error.reason, "not an identifier: x");
}

TEST(SqliteStore, ReportsAKindThatItDoesNotKnow) {
  const auto error =
      refused_row("(1, '33bbbf32-d169-4867-9a7e-125c6c51509e', 'table', NULL, '', NULL, '{}')");
  EXPECT_EQ(error.act, "read resource 33bbbf32-d169-4867-9a7e-125c6c51509e");
  EXPECT_EQ(error.reason, "unknown kind table");
}

TEST(SqliteStore, ReportsABodyThatItCannotRead) {
  const auto error = refused_row(
      R"((1, '33bbbf32-d169-4867-9a7e-125c6c51509e', 'shelf', NULL, '', NULL, '{"Open":1}'))");
  EXPECT_EQ(error.act, "read resource 33bbbf32-d169-4867-9a7e-125c6c51509e");
  EXPECT_EQ(error.reason, "Open is not a boolean");
}

}  // namespace
}  // namespace registry::store
