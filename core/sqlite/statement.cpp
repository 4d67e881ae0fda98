#include "core/sqlite/statement.h"

#include <sqlite3.h>

#include <utility>

namespace core::sqlite {

void PreparedStatements::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

sqlite3_stmt* PreparedStatements::take(sqlite3* database, std::string_view sql) {
  const auto kept = kept_.find(sql);
  if (kept != kept_.end() && kept->second != nullptr) return kept->second.release();
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                     &statement, nullptr);
  return statement;
}

void PreparedStatements::put_back(sqlite3_stmt* statement) {
  std::unique_ptr<sqlite3_stmt, Finalize> held{statement};
  sqlite3_reset(statement);  // repeats the failure of the last step, which was told already
  sqlite3_clear_bindings(statement);
  const auto kept = kept_.find(std::string_view{sqlite3_sql(statement)});
  if (kept != kept_.end()) {
    if (kept->second == nullptr) kept->second = std::move(held);
  } else if (kept_.size() < kKeptMax) {
    kept_.emplace(sqlite3_sql(statement), std::move(held));
  }
}

Statement::Statement(sqlite3* database, PreparedStatements& prepared, std::string_view sql)
    : database_(database), statement_(prepared.take(database, sql), PutBack{&prepared}) {
  if (statement_ == nullptr) fail();
}

void Statement::fail() {
  if (!failure_) failure_ = sqlite3_errmsg(database_);
}

void Statement::check(int code) {
  if (code != SQLITE_OK) fail();
}

Statement& Statement::bind(std::int64_t value) {
  if (!failure_) check(sqlite3_bind_int64(statement_.get(), ++bound_, value));
  return *this;
}

Statement& Statement::bind(std::string_view value) {
  // A null pointer would be bound as NULL; an empty view may have one.
  const char* data = value.data() == nullptr ? "" : value.data();
  if (!failure_) {
    check(sqlite3_bind_text64(statement_.get(), ++bound_, data, value.size(), SQLITE_TRANSIENT,
                              SQLITE_UTF8));
  }
  return *this;
}

Statement& Statement::bind(const Uuid& value) { return bind(value.to_string()); }

Statement& Statement::bind_octets(std::string_view value) {
  const char* data = value.data() == nullptr ? "" : value.data();
  if (!failure_) {
    check(sqlite3_bind_blob64(statement_.get(), ++bound_, data, value.size(), SQLITE_TRANSIENT));
  }
  return *this;
}

Statement& Statement::bind_optional(const std::optional<std::string>& value) {
  if (value) return bind(std::string_view{*value});
  if (!failure_) check(sqlite3_bind_null(statement_.get(), ++bound_));
  return *this;
}

Statement& Statement::bind_optional(const std::optional<std::int64_t>& value) {
  if (value) return bind(*value);
  if (!failure_) check(sqlite3_bind_null(statement_.get(), ++bound_));
  return *this;
}

bool Statement::next_row() {
  if (failure_) return false;
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) check(code);
  return false;
}

Result<void, Failure> Statement::run(std::string_view act) {
  while (next_row()) continue;
  if (failure_) return Unexpected{Failure{std::string{act}, *failure_}};
  return {};
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string Statement::text(int column) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  if (data == nullptr) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

std::optional<std::string> Statement::optional_text(int column) const {
  if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL) return std::nullopt;
  return text(column);
}

std::string Statement::octets(int column) const {
  const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
  if (data == nullptr) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

Uuid Statement::uuid(int column) {
  const std::string value = text(column);
  const auto parsed = Uuid::parse(value);
  if (!parsed && !failure_) failure_ = "not an identifier: " + value;
  return parsed.value_or(Uuid{});
}

}  // namespace core::sqlite
