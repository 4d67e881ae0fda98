#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/base/uuid.h"
#include "core/sqlite/failure.h"

struct sqlite3;
struct sqlite3_stmt;

namespace core::sqlite {

/// Statements of one database that are compiled and that nobody uses at the moment, by their text:
/// compiling one takes longer than running it.
class PreparedStatements {
 public:
  static constexpr std::size_t kKeptMax = 64;

  /// One of that text, compiled when none is kept; null: `database` knows what is wrong with it.
  [[nodiscard]] sqlite3_stmt* take(sqlite3* database, std::string_view sql);
  /// For the next who asks.
  void put_back(sqlite3_stmt* statement);

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  // Null: in use.
  std::map<std::string, std::unique_ptr<sqlite3_stmt, Finalize>, std::less<>> kept_;
};

/// One SQL statement and its values. Values are bound and never written into the text, so no name
/// is ever read as SQL. A failure is kept, and `run` or the end of the rows tells it.
class Statement {
 public:
  /// Both outlive it.
  Statement(sqlite3* database, PreparedStatements& prepared, std::string_view sql);

  Statement& bind(std::int64_t value);
  Statement& bind(std::string_view value);
  Statement& bind(const Uuid& value);
  Statement& bind_octets(std::string_view value);  ///< As a BLOB.
  Statement& bind_optional(const std::optional<std::string>& value);
  Statement& bind_optional(const std::optional<std::int64_t>& value);

  /// The next row; false at the end, or when something failed.
  [[nodiscard]] bool next_row();
  /// Runs a statement that gives no rows, or ends reading; says whether all went well.
  [[nodiscard]] Result<void, Failure> run(std::string_view act);

  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] std::optional<std::string> optional_text(int column) const;
  [[nodiscard]] std::string octets(int column) const;  ///< Of a BLOB.
  [[nodiscard]] Uuid uuid(int column);  ///< Text that is none makes the statement fail.

 private:
  struct PutBack {
    PreparedStatements* prepared;
    void operator()(sqlite3_stmt* statement) const { prepared->put_back(statement); }
  };
  void check(int code);
  void fail();

  sqlite3* database_;
  std::unique_ptr<sqlite3_stmt, PutBack> statement_;
  int bound_ = 0;
  std::optional<std::string> failure_;
};

}  // namespace core::sqlite
