#pragma once

#include <memory>
#include <span>
#include <string>

#include "core/base/result.h"
#include "core/sqlite/failure.h"
#include "core/sqlite/statement.h"

struct sqlite3;

namespace core::sqlite {

/// One SQLite file that this process has alone. What a transaction was answered for survives power
/// loss (WAL journal, synchronous=FULL); foreign keys are kept; the file and what belongs to it are
/// readable by its owner only. Used by one thread at a time.
class Database {
 public:
  /// Opens or makes the file, its folder too (mode 0700) when there is none, and brings it up to
  /// date: step n makes version n + 1 (user_version) of version n. A new file appears whole or not
  /// at all. A file of a newer version is refused untouched. `what` is what the file is to people,
  /// e.g. "registry".
  [[nodiscard]] static Result<Database, Failure> open(const std::string& path, std::string what,
                                                      std::span<const char* const> steps);

  /// Runs `sql`, which may be several statements and gives no rows.
  [[nodiscard]] Result<void, Failure> execute(const char* sql, const std::string& act);
  /// `sql` with values to bind; it must end before the database does. Compiled once.
  [[nodiscard]] Statement statement(std::string_view sql) const {
    return Statement{database_.get(), *prepared_, sql};
  }

  /// Runs `work`, which gives a Result<void, Failure>, in one transaction: all of it, or nothing
  /// when it or the commit fails.
  template <typename Work>
  [[nodiscard]] Result<void, Failure> transaction(Work&& work) {
    if (auto begun = execute("BEGIN IMMEDIATE", "begin a transaction"); !begun) return begun;
    auto done = work();
    if (done) done = execute("COMMIT", "commit");
    if (!done) static_cast<void>(execute("ROLLBACK", "roll back"));
    return done;
  }

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  Database(sqlite3* database, std::string what) : database_(database), what_(std::move(what)) {}

  [[nodiscard]] static Result<Database, Failure> open_file(const std::string& path,
                                                           std::string what);
  [[nodiscard]] static Result<void, Failure> make(const std::string& path, const std::string& what,
                                                  std::span<const char* const> steps);
  [[nodiscard]] Result<void, Failure> configure();
  [[nodiscard]] Result<void, Failure> migrate(std::span<const char* const> steps);

  std::unique_ptr<sqlite3, Close> database_;
  std::unique_ptr<PreparedStatements> prepared_ = std::make_unique<PreparedStatements>();
  std::string what_;
};

}  // namespace core::sqlite
