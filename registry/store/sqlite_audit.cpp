#include "registry/store/sqlite_audit.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "registry/resource/time_text.h"
#include "registry/store/sqlite_uuid.h"

namespace registry::store {
namespace {

using core::sqlite::Database;
using core::sqlite::Failure;
using core::sqlite::Statement;

/// Conditions in our words, values to be bound.
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

/// How a query is answered: along one index, in which the entries of one thing asked for lie in the
/// order of their time. What else is asked for is looked at in each entry.
struct Search {
  std::string index;
  Condition along;
  Condition besides;
  std::string columns = "sequence";  // and those that `besides` needs

  void narrow(std::string_view column, const std::optional<core::Uuid>& id) {
    if (!id) return;
    const bool is_first = index.empty();
    if (is_first) index = std::string{"audit_"}.append(column);
    if (!is_first) columns.append(", ").append(column);
    (is_first ? along : besides).add(std::string{column}.append(" = ?"), id->to_string());
  }
  /// That of the index. A user is of one organisation for ever, so it parts none of his entries.
  [[nodiscard]] std::string order() const {
    return index == "audit_user" ? " ORDER BY time DESC, organisation DESC, sequence DESC"
                                 : " ORDER BY time DESC, sequence DESC";
  }
};

Search search_of(const AuditQuery& query) {
  Search search;
  search.narrow("resource", query.resource);
  search.narrow("user", query.user);
  search.narrow("organisation", query.organisation);
  if (search.index.empty()) search.index = "audit_time";
  if (query.since) search.along.add("time >= ?", resource::time_text(*query.since));
  if (query.until) search.along.add("time <= ?", resource::time_text(*query.until));
  return search;
}

Statement found_by(const Database& database, const Search& search) {
  Statement rows = database.statement("SELECT sequence FROM (SELECT " + search.columns +
                                      " FROM audit INDEXED BY " + search.index + search.along.sql +
                                      search.order() + " LIMIT ?)" + search.besides.sql);
  search.along.bind_to(rows);
  rows.bind(static_cast<std::int64_t>(kAuditReach));
  search.besides.bind_to(rows);
  return rows;
}

/// What audit_count says of an organisation, or of all.
core::Result<std::uint64_t, Failure> count_of(const Database& database, const std::string& whose) {
  Statement row = database.statement("SELECT entries FROM audit_count WHERE organisation = ?");
  row.bind(whose);
  const std::uint64_t count = row.next_row() ? static_cast<std::uint64_t>(row.integer(0)) : 0;
  if (auto read = row.run("count the audit"); !read) {
    return core::Unexpected{std::move(read).error()};
  }
  return count;
}

core::Result<void, Failure> prune_tenant(const Database& database, const core::Uuid& tenant,
                                         std::uint64_t appended, std::uint64_t share) {
  const auto kept = count_of(database, tenant.to_string());
  if (!kept) return core::Unexpected{kept.error()};
  const std::uint64_t gone = audit_entries_to_drop(*kept, appended, share);
  if (gone == 0) return {};
  return database
      .statement(
          "DELETE FROM audit WHERE sequence IN (SELECT sequence FROM audit INDEXED BY"
          " audit_organisation WHERE organisation = ? ORDER BY time, sequence LIMIT ?)")
      .bind(tenant)
      .bind(static_cast<std::int64_t>(gone))
      .run("drop a tenant's old entries of the audit");
}

core::Result<void, Failure> prune_all(const Database& database, std::uint64_t appended,
                                      std::uint64_t entries_max) {
  const auto kept = count_of(database, "");
  if (!kept) return core::Unexpected{kept.error()};
  const std::uint64_t gone = audit_entries_to_drop(*kept, appended, entries_max);
  if (gone == 0) return {};
  return database
      .statement(
          "DELETE FROM audit WHERE sequence IN"
          " (SELECT sequence FROM audit ORDER BY sequence LIMIT ?)")
      .bind(static_cast<std::int64_t>(gone))
      .run("drop old entries of the audit");
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

core::Result<void, Failure> prune_audit(const Database& database, const AuditGrowth& growth,
                                        std::uint64_t entries_max) {
  const std::uint64_t share = audit_share_of_tenant(entries_max);
  for (const auto& [tenant, appended] : growth.of_tenants) {
    if (auto pruned = prune_tenant(database, tenant, appended, share); !pruned) return pruned;
  }
  return growth.all == 0 ? core::Result<void, Failure>{}
                         : prune_all(database, growth.all, entries_max);
}

core::Result<AuditPage, Failure> read_audit(const Database& database, const AuditQuery& query) {
  AuditPage page;
  std::vector<std::int64_t> on_page;
  const std::size_t count = std::min(query.count, kAuditPageMax);
  Statement found = found_by(database, search_of(query));
  while (found.next_row()) {
    if (page.total++ >= query.offset && on_page.size() < count) on_page.push_back(found.integer(0));
  }
  if (auto read = found.run("look into the audit"); !read) {
    return core::Unexpected{std::move(read).error()};
  }
  for (const std::int64_t sequence : on_page) {
    Statement row = database.statement(
        "SELECT sequence, time, user, organisation, user_name, act, kind, resource, name, before,"
        " after FROM audit WHERE sequence = ?");
    row.bind(sequence);
    if (row.next_row()) page.entries.push_back(entry_of(row));
    if (auto read = row.run("read the audit"); !read) {
      return core::Unexpected{std::move(read).error()};
    }
  }
  return page;
}

}  // namespace registry::store
