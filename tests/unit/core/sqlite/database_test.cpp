#include "core/sqlite/database.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace core::sqlite {
namespace {

constexpr std::array<const char*, 1> kFirst{"CREATE TABLE thing (name TEXT NOT NULL) STRICT;"};
constexpr std::array<const char*, 2> kBoth{kFirst[0], "ALTER TABLE thing ADD COLUMN body BLOB;"};

class DatabaseFile : public testing::Test {
 protected:
  DatabaseFile() {
    std::string pattern = (std::filesystem::temp_directory_path() / "oriel-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~DatabaseFile() override { std::filesystem::remove_all(folder_); }
  [[nodiscard]] std::string path() const { return (folder_ / "things.db").string(); }

 private:
  std::filesystem::path folder_;
};

std::int64_t things(const Database& database) {
  Statement rows = database.statement("SELECT count(*) FROM thing");
  return rows.next_row() ? rows.integer(0) : -1;
}

TEST_F(DatabaseFile, TakesTheStepsThatItHasNotSeen) {
  {
    auto old = Database::open(path(), "things", kFirst);
    ASSERT_TRUE(old);
    ASSERT_TRUE(old->statement("INSERT INTO thing VALUES (?)").bind("a").run("put"));
  }
  auto now = Database::open(path(), "things", kBoth);
  ASSERT_TRUE(now);
  const std::string body{"\0\xFF", 2};
  ASSERT_TRUE(now->statement("UPDATE thing SET body = ?").bind_octets(body).run("put"));
  Statement rows = now->statement("SELECT name, body FROM thing");
  ASSERT_TRUE(rows.next_row());
  EXPECT_EQ(rows.text(0), "a");
  EXPECT_EQ(rows.octets(1), body);
}

TEST_F(DatabaseFile, RunsAStatementAgainWithoutTheValuesAndTheFailureOfTheTimeBefore) {
  auto database = Database::open(path(), "things", kBoth);
  ASSERT_TRUE(database);
  const auto put = [&] { return database->statement("INSERT INTO thing VALUES (?, ?)"); };
  EXPECT_FALSE(put().bind_octets("no name, which is a text").run("put"));
  ASSERT_TRUE(put().bind("a").bind_octets("body").run("put"));
  ASSERT_TRUE(put().bind("b").run("put"));
  Statement rows = database->statement("SELECT count(*) FROM thing WHERE body IS NULL");
  ASSERT_TRUE(rows.next_row());
  EXPECT_EQ(rows.integer(0), 1);
}

TEST_F(DatabaseFile, GivesEachWhoAsksAStatementOfHisOwn) {
  auto database = Database::open(path(), "things", kFirst);
  ASSERT_TRUE(database);
  for (const char* name : {"a", "b"}) {
    ASSERT_TRUE(database->statement("INSERT INTO thing VALUES (?)").bind(name).run("put"));
  }
  const auto names = [&] { return database->statement("SELECT name FROM thing ORDER BY name"); };
  Statement outer = names();
  for (const char* name : {"a", "b"}) {
    ASSERT_TRUE(outer.next_row());
    EXPECT_EQ(outer.text(0), name);
    Statement inner = names();
    ASSERT_TRUE(inner.next_row());
    EXPECT_EQ(inner.text(0), "a");
  }
  EXPECT_FALSE(outer.next_row());
}

TEST_F(DatabaseFile, SaysWhatIsWrongWithAStatement) {
  auto database = Database::open(path(), "things", kFirst);
  ASSERT_TRUE(database);
  const auto ran = database->statement("SELECT nobody FROM thing").run("look");
  ASSERT_FALSE(ran);
  EXPECT_NE(ran.error().reason.find("nobody"), std::string::npos);
}

TEST_F(DatabaseFile, IsMadeAnewWhenItsMakingWasCutOff) {
  std::ofstream{path() + ".new"} << "SQLite format 3, or so";
  auto database = Database::open(path(), "things", kFirst);
  ASSERT_TRUE(database);
  EXPECT_EQ(things(*database), 0);
  EXPECT_FALSE(std::filesystem::exists(path() + ".new"));
}

TEST_F(DatabaseFile, DoesNotTakeTheJournalOfOneThatIsGone) {
  const std::string journal = path() + "-wal";
  {
    auto old = Database::open(path(), "things", kFirst);
    ASSERT_TRUE(old);
    ASSERT_TRUE(old->statement("INSERT INTO thing VALUES (?)").bind("a").run("put"));
    ASSERT_TRUE(std::filesystem::exists(journal));
    std::filesystem::copy_file(journal, journal + "-kept");
  }
  std::filesystem::remove(path());
  std::filesystem::rename(journal + "-kept", journal);
  auto database = Database::open(path(), "things", kFirst);
  ASSERT_TRUE(database);
  EXPECT_EQ(things(*database), 0);
}

TEST_F(DatabaseFile, RefusesWhatANewerProgramWrote) {
  ASSERT_TRUE(Database::open(path(), "things", kBoth));
  const auto old = Database::open(path(), "things", kFirst);
  ASSERT_FALSE(old);
  EXPECT_NE(old.error().reason.find("newer version"), std::string::npos) << old.error().reason;
}

TEST_F(DatabaseFile, NamesItselfWhenSomebodyElseHasIt) {
  const auto first = Database::open(path(), "things", kFirst);
  const auto second = Database::open(path(), "things", kFirst);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().reason, "another process has the things open");
}

TEST_F(DatabaseFile, AFailedTransactionLeavesNothing) {
  auto database = Database::open(path(), "things", kFirst);
  ASSERT_TRUE(database);
  const auto done = database->transaction([&]() -> Result<void, Failure> {
    auto put = database->statement("INSERT INTO thing VALUES (?)").bind("a").run("put");
    EXPECT_TRUE(put);
    return Unexpected{Failure{"put", "changed my mind"}};
  });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().reason, "changed my mind");
  EXPECT_EQ(things(*database), 0);
}

TEST_F(DatabaseFile, AStatementKeepsItsFirstFailure) {
  auto database = Database::open(path(), "things", kFirst);
  ASSERT_TRUE(database);
  const auto done = database->statement("INSERT INTO missing VALUES (?)").bind("a").run("put");
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().act, "put");
  EXPECT_NE(done.error().reason.find("no such table"), std::string::npos);
}

}  // namespace
}  // namespace core::sqlite
