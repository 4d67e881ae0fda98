#include "registry/store/sqlite_store.h"

#include <optional>
#include <unordered_map>
#include <utility>

#include "registry/resource/resources.h"
#include "registry/resource/stored_form.h"
#include "registry/store/sqlite_audit.h"
#include "registry/store/sqlite_schema.h"
#include "registry/store/sqlite_uuid.h"

namespace registry::store {
namespace {

using core::sqlite::Database;
using core::sqlite::Failure;
using core::sqlite::LateDatabase;
using core::sqlite::Statement;
using Done = core::Result<void, Failure>;

core::Unexpected<StoreError> told(Failure failure) {
  return core::Unexpected{StoreError{std::move(failure.act), std::move(failure.reason)}};
}

// ---- Writing

class Writer {
 public:
  explicit Writer(const Database& database) : database_(database) {}

  Done operator()(const PutResource& change) const {
    const resource::Resource& resource = *change.resource;
    std::optional<std::string> unique_key;
    if (auto key = resource::Resources::unique_key(resource); !key.empty()) {
      unique_key = std::move(key);
    }
    return database_
        .statement(
            "INSERT INTO resource (created, id, kind, parent, operation_key, unique_key, body)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            " operation_key = excluded.operation_key, unique_key = excluded.unique_key,"
            " body = excluded.body")
        .bind(static_cast<std::int64_t>(resource.created))
        .bind(resource.id)
        .bind(resource.kind->urn_kind)
        .bind_optional(text_or_null(resource.parent))
        .bind(resource.operation_key)
        .bind_optional(unique_key)
        .bind(resource::to_stored(resource.kind->shape, resource.values))
        .run("put resource");
  }

  Done operator()(const RemoveResource& change) const {
    return database_.statement("DELETE FROM resource WHERE id = ?")
        .bind(change.id)
        .run("remove resource");
  }

  Done operator()(const RememberDeleted& change) const {
    auto put =
        database_
            .statement("INSERT OR IGNORE INTO deleted (kind, id, organisation) VALUES (?, ?, ?)")
            .bind(change.deleted.kind)
            .bind(change.deleted.id)
            .bind_optional(text_or_null(change.deleted.organisation))
            .run("remember what was deleted");
    if (!put) return put;
    return database_
        .statement("DELETE FROM deleted WHERE sequence <= (SELECT max(sequence) FROM deleted) - ?")
        .bind(static_cast<std::int64_t>(kDeletedMax))
        .run("forget what was deleted long ago");
  }

  Done operator()(const AppendAudit& change) const { return append_audit(database_, change.entry); }

 private:
  const Database& database_;
};

// ---- Reading

using KindsByName = std::unordered_map<std::string_view, const resource::Kind*>;

core::Result<resource::ResourcePtr, Failure> resource_of(Statement& row, const KindsByName& kinds) {
  const std::string kind = row.text(2);
  const std::string act = "read resource " + row.text(1);
  const auto known = kinds.find(kind);
  if (known == kinds.end()) return core::Unexpected{Failure{act, "unknown kind " + kind}};
  auto values = resource::from_stored(known->second->shape, row.text(5));
  if (!values) return core::Unexpected{Failure{act, std::move(values).error()}};
  auto resource = std::make_shared<resource::Resource>();
  resource->kind = known->second;
  resource->id = row.uuid(1);
  resource->parent = uuid_or_nil(row, 3);
  resource->created = static_cast<std::uint64_t>(row.integer(0));
  resource->operation_key = row.text(4);
  resource->values = *std::move(values);
  return resource::ResourcePtr{std::move(resource)};
}

Done read_resources(const Database& database, SqliteStore::Kinds kinds, Contents& contents) {
  KindsByName by_name;
  for (const resource::Kind* kind : kinds) by_name[kind->urn_kind] = kind;
  Statement rows = database.statement(
      "SELECT created, id, kind, parent, operation_key, body FROM resource ORDER BY created");
  while (rows.next_row()) {
    auto resource = resource_of(rows, by_name);
    if (!resource) return core::Unexpected{std::move(resource).error()};
    contents.resources.push_back(*std::move(resource));
  }
  return rows.run("read resources");
}

Done read_deleted(const Database& database, Contents& contents) {
  Statement rows =
      database.statement("SELECT kind, id, organisation FROM deleted ORDER BY sequence");
  while (rows.next_row()) {
    contents.deleted.push_back({rows.uuid(1), rows.text(0), uuid_or_nil(rows, 2)});
  }
  return rows.run("read what was deleted");
}

}  // namespace

core::Result<std::unique_ptr<SqliteStore>, StoreError> SqliteStore::open(
    const std::string& path, Kinds kinds, std::uint64_t audit_entries_max) {
  auto store = open_late(path, kinds, audit_entries_max);
  if (!store) return store;
  if (auto made = (*store)->database_.make(); !made) return told(std::move(made).error());
  return store;
}

core::Result<std::unique_ptr<SqliteStore>, StoreError> SqliteStore::open_late(
    const std::string& path, Kinds kinds, std::uint64_t audit_entries_max) {
  auto database = LateDatabase::open(path, "registry", kSchemaSteps);
  if (!database) return told(std::move(database).error());
  return std::unique_ptr<SqliteStore>{
      new SqliteStore{*std::move(database), kinds, audit_entries_max}};
}

core::Result<Contents, StoreError> SqliteStore::load() {
  Contents contents;
  const Database* const database = database_.find();
  if (database == nullptr) return contents;
  auto read = read_resources(*database, kinds_, contents);
  if (read) read = read_deleted(*database, contents);
  if (!read) return told(std::move(read).error());
  return contents;
}

core::Result<void, StoreError> SqliteStore::apply(std::span<const Change> changes) {
  auto database = database_.make();
  if (!database) return told(std::move(database).error());
  auto applied = (*database)->transaction([&]() -> Done {
    const Writer writer{**database};
    for (const Change& change : changes) {
      if (auto written = std::visit(writer, change); !written) return written;
    }
    return prune_audit(**database, audit_growth(changes), audit_entries_max_);
  });
  if (!applied) return told(std::move(applied).error());
  return {};
}

core::Result<AuditPage, StoreError> SqliteStore::audit(const AuditQuery& query) {
  const Database* const database = database_.find();
  if (database == nullptr) return AuditPage{};
  auto page = read_audit(*database, query);
  if (!page) return told(std::move(page).error());
  return *std::move(page);
}

}  // namespace registry::store
