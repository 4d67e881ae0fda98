#include "registry/store/sqlite_audit.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "registry/resource/time_text.h"

namespace registry::store {
namespace {

using core::sqlite::Database;
using core::sqlite::Failure;
using core::sqlite::Statement;

std::optional<std::string> text_or_null(const core::Uuid& id) {
  if (id.is_nil()) return std::nullopt;
  return id.to_string();
}

/// What a query asks for as SQL: conditions in our words, values to be bound.
struct Condition {
  std::string sql;
  std::vector<std::string> values;

  void add(std::string_view term, std::string value) {
    sql += values.empty() ? " WHERE " : " AND ";
    sql += term;
    values.push_back(std::move(value));
  }
  void bind_to(Statement& statement) const {
    for (const std::string& value : values) statement.bind(value);
  }
};

Condition condition_of(const AuditQuery& query) {
  Condition condition;
  if (query.user) condition.add("user = ?", query.user->to_string());
  if (query.resource) condition.add("resource = ?", query.resource->to_string());
  if (query.organisation) condition.add("organisation = ?", query.organisation->to_string());
  if (query.since) condition.add("time >= ?", resource::time_text(*query.since));
  if (query.until) condition.add("time <= ?", resource::time_text(*query.until));
  return condition;
}

core::Uuid uuid_or_nil(Statement& rows, int column) {
  return rows.optional_text(column) ? rows.uuid(column) : core::Uuid{};
}

AuditEntry entry_of(Statement& rows) {
  AuditEntry entry;
  entry.sequence = static_cast<std::uint64_t>(rows.integer(0));
  entry.time = resource::parse_time(rows.text(1)).value_or(core::WallTime{});
  entry.user = uuid_or_nil(rows, 2);
  entry.organisation = uuid_or_nil(rows, 3);
  entry.user_name = rows.text(4);
  entry.act = static_cast<AuditEntry::Act>(rows.integer(5));
  entry.kind = rows.text(6);
  entry.id = rows.uuid(7);
  entry.name = rows.text(8);
  entry.before = rows.text(9);
  entry.after = rows.text(10);
  return entry;
}

}  // namespace

core::Result<void, Failure> append_audit(const Database& database, const AuditEntry& entry) {
  return database
      .statement(
          "INSERT INTO audit (time, user, organisation, user_name, act, kind, resource, name,"
          " before, after) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(resource::time_text(entry.time))
      .bind_optional(text_or_null(entry.user))
      .bind_optional(text_or_null(entry.organisation))
      .bind(entry.user_name)
      .bind(static_cast<std::int64_t>(entry.act))
      .bind(entry.kind)
      .bind(entry.id)
      .bind(entry.name)
      .bind(entry.before)
      .bind(entry.after)
      .run("append to the audit");
}

core::Result<AuditPage, Failure> read_audit(const Database& database, const AuditQuery& query) {
  const Condition condition = condition_of(query);
  AuditPage page;
  Statement total = database.statement("SELECT count(*) FROM audit" + condition.sql);
  condition.bind_to(total);
  if (total.next_row()) page.total = static_cast<std::uint64_t>(total.integer(0));
  if (auto read = total.run("count the audit"); !read) {
    return core::Unexpected{std::move(read).error()};
  }

  Statement rows = database.statement(
      "SELECT sequence, time, user, organisation, user_name, act, kind, resource, name, before,"
      " after FROM audit" +
      condition.sql + " ORDER BY sequence DESC LIMIT ? OFFSET ?");
  condition.bind_to(rows);
  rows.bind(static_cast<std::int64_t>(std::min(query.count, kAuditPageMax)));
  rows.bind(static_cast<std::int64_t>(std::min<std::uint64_t>(query.offset, INT64_MAX)));
  while (rows.next_row()) page.entries.push_back(entry_of(rows));
  if (auto read = rows.run("read the audit"); !read) {
    return core::Unexpected{std::move(read).error()};
  }
  return page;
}

}  // namespace registry::store
