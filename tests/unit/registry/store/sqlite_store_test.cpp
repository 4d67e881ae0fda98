#include "registry/store/sqlite_store.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/unit/registry/store/temporary_folder.h"

namespace registry::store {
namespace {

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

std::vector<Change> one_organisation() {
  return {PutOrganisation{{.id = core::Uuid::random(), .name = "acme", .full_name = "Acme"}}};
}

TEST(SqliteStore, KeepsWhatWasAppliedWhenItIsOpenedAgain) {
  const TemporaryFolder folder;
  const std::string path = folder.file("registry.db");
  {
    auto store = SqliteStore::open(path);
    ASSERT_TRUE(store);
    ASSERT_TRUE((*store)->apply(one_organisation()));
  }
  auto store = SqliteStore::open(path);
  ASSERT_TRUE(store);
  const auto contents = (*store)->load();
  ASSERT_TRUE(contents);
  ASSERT_EQ(contents->organisations.size(), 1U);
  EXPECT_EQ(contents->organisations[0].name, "acme");
}

TEST(SqliteStore, IsReadableByItsOwnerOnly) {
  const TemporaryFolder folder;
  const std::string path = folder.file("data/registry.db");
  auto store = SqliteStore::open(path);
  ASSERT_TRUE(store);
  ASSERT_TRUE((*store)->apply(one_organisation()));
  EXPECT_EQ(mode_of(folder.file("data")), 0700U);
  EXPECT_EQ(mode_of(path), 0600U);
  EXPECT_EQ(mode_of(path + "-wal"), 0600U);
}

TEST(SqliteStore, TakesAwayAccessThatOthersHad) {
  const TemporaryFolder folder;
  const std::string path = folder.file("registry.db");
  { std::ofstream{path}; }
  ASSERT_EQ(::chmod(path.c_str(), 0644), 0);
  ASSERT_TRUE(SqliteStore::open(path));
  EXPECT_EQ(mode_of(path), 0600U);
}

TEST(SqliteStore, MakesALateFileWithTheFirstChange) {
  const TemporaryFolder folder;
  const std::string path = folder.file("registry.db");
  {
    const auto late = SqliteStore::open_late(path);
    ASSERT_TRUE(late);
    const auto nothing = (*late)->load();
    ASSERT_TRUE(nothing);
    EXPECT_TRUE(nothing->organisations.empty());
    EXPECT_FALSE(std::filesystem::exists(path));
    ASSERT_TRUE((*late)->apply(std::vector<Change>{}));
    EXPECT_TRUE(std::filesystem::exists(path));
    EXPECT_TRUE((*late)->load());
  }
  EXPECT_TRUE(SqliteStore::open(path));
}

TEST(SqliteStore, OpensALateFileThatIsThereAtOnce) {
  const TemporaryFolder folder;
  const std::string path = folder.file("registry.db");
  { std::ofstream{path} << std::string(4096, 'x'); }
  EXPECT_FALSE(SqliteStore::open_late(path));
}

TEST(SqliteStore, RefusesASecondOpening) {
  const TemporaryFolder folder;
  const auto first = SqliteStore::open(folder.file("registry.db"));
  ASSERT_TRUE(first);
  const auto second = SqliteStore::open(folder.file("registry.db"));
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().reason, "another process has the registry open");
}

TEST(SqliteStore, RefusesAFileOfANewerVersion) {
  const TemporaryFolder folder;
  const std::string path = folder.file("registry.db");
  ASSERT_TRUE(SqliteStore::open(path));
  meddle(path, "PRAGMA user_version = 99");
  const auto again = SqliteStore::open(path);
  ASSERT_FALSE(again);
  EXPECT_NE(again.error().reason.find("newer version"), std::string::npos);
}

TEST(SqliteStore, RefusesWhatIsNoDatabase) {
  const TemporaryFolder folder;
  const std::string path = folder.file("registry.db");
  { std::ofstream{path} << std::string(4096, 'x'); }
  EXPECT_FALSE(SqliteStore::open(path));
}

TEST(SqliteStore, SaysWhenTheFolderCannotBeMade) {
  const TemporaryFolder folder;
  const auto opened = SqliteStore::open(folder.file("missing/deeper/registry.db"));
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().act.find("make folder"), std::string::npos);
}

TEST(SqliteStore, ReportsAnIdentifierThatIsNone) {
  const TemporaryFolder folder;
  const std::string path = folder.file("registry.db");
  ASSERT_TRUE(SqliteStore::open(path));
  meddle(path, "INSERT INTO organisation VALUES ('x', 'acme', 'acme', '', 1)");
  auto store = SqliteStore::open(path);
  ASSERT_TRUE(store);
  const auto loaded = (*store)->load();
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().act, "read organisations");
}

}  // namespace
}  // namespace registry::store
