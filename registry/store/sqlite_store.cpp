#include "registry/store/sqlite_store.h"

#include <unordered_map>
#include <utility>

#include "registry/model/rules.h"
#include "registry/store/sqlite_schema.h"

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

std::int64_t number(bool value) { return value ? 1 : 0; }

// ---- Writing
// -------------------------------------------------------------------------------------

class Writer {
 public:
  explicit Writer(const Database& database) : database_(database) {}

  Done operator()(const PutOrganisation& change) const {
    const model::Organisation& organisation = change.organisation;
    return database_
        .statement(
            "INSERT INTO organisation (id, name, name_key, full_name, enabled)"
            " VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
            " name_key = excluded.name_key, full_name = excluded.full_name,"
            " enabled = excluded.enabled")
        .bind(organisation.id)
        .bind(organisation.name)
        .bind(model::name_key(organisation.name))
        .bind(organisation.full_name)
        .bind(number(organisation.enabled))
        .run("put organisation");
  }

  Done operator()(const PutUser& change) const {
    const model::User& user = change.user;
    return database_
        .statement(
            "INSERT INTO user (id, organisation, name, password_hash, role, enabled)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            " organisation = excluded.organisation, name = excluded.name,"
            " password_hash = excluded.password_hash, role = excluded.role,"
            " enabled = excluded.enabled")
        .bind(user.id)
        .bind(user.organisation)
        .bind(user.name)
        .bind(user.password_hash)
        .bind(static_cast<std::int64_t>(user.role))
        .bind(number(user.enabled))
        .run("put user");
  }

  Done operator()(const PutService& change) const {
    const model::Service& service = *change.service;
    if (auto put = put_service(service); !put) return put;
    if (auto gone = database_.statement("DELETE FROM api_filter WHERE service = ?")
                        .bind(service.id)
                        .run("put service");
        !gone) {
      return gone;
    }
    std::int64_t position = 0;
    for (const model::ApiFilter& filter : service.filters) {
      if (auto put = put_filter(service.id, filter, position++); !put) return put;
    }
    return {};
  }

  Done operator()(const RemoveService& change) const {
    return database_.statement("DELETE FROM service WHERE id = ?")
        .bind(change.id)
        .run("remove service");
  }

  Done operator()(const RememberDeleted& change) const {
    if (auto put = database_.statement("INSERT OR IGNORE INTO deleted (kind, id) VALUES (?, ?)")
                       .bind(static_cast<std::int64_t>(change.deleted.kind))
                       .bind(change.deleted.id)
                       .run("remember what was deleted");
        !put) {
      return put;
    }
    return database_
        .statement("DELETE FROM deleted WHERE sequence <= (SELECT max(sequence) FROM deleted) - ?")
        .bind(static_cast<std::int64_t>(kDeletedMax))
        .run("forget what was deleted long ago");
  }

 private:
  [[nodiscard]] Done put_service(const model::Service& service) const {
    std::optional<std::int64_t> reply_timeout;
    if (service.reply_timeout) reply_timeout = service.reply_timeout->count();
    return database_
        .statement(
            "INSERT INTO service (id, created, name, namespace, description, vendor,"
            " enabled, authorization_enabled, exchange, routing_key, priority,"
            " reply_timeout_seconds, operation_key)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET created = excluded.created,"
            " name = excluded.name, namespace = excluded.namespace,"
            " description = excluded.description, vendor = excluded.vendor,"
            " enabled = excluded.enabled,"
            " authorization_enabled = excluded.authorization_enabled,"
            " exchange = excluded.exchange, routing_key = excluded.routing_key,"
            " priority = excluded.priority,"
            " reply_timeout_seconds = excluded.reply_timeout_seconds,"
            " operation_key = excluded.operation_key")
        .bind(service.id)
        .bind(static_cast<std::int64_t>(service.created))
        .bind(service.name)
        .bind(service.namespace_)
        .bind(service.description)
        .bind(service.vendor)
        .bind(number(service.enabled))
        .bind(number(service.authorization_enabled))
        .bind(service.exchange)
        .bind(service.routing_key)
        .bind(static_cast<std::int64_t>(service.priority))
        .bind_optional(reply_timeout)
        .bind(service.operation_key)
        .run("put service");
  }

  [[nodiscard]] Done put_filter(const core::Uuid& service, const model::ApiFilter& filter,
                                std::int64_t position) const {
    return database_
        .statement(
            "INSERT INTO api_filter (id, service, position, url_pattern,"
            " response_content_type, operation_key) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(filter.id)
        .bind(service)
        .bind(position)
        .bind_optional(filter.url_pattern)
        .bind_optional(filter.response_content_type)
        .bind(filter.operation_key)
        .run("put API filter");
  }

  const Database& database_;
};

// ---- Reading
// -------------------------------------------------------------------------------------

Done read_organisations(const Database& database, Contents& contents) {
  Statement rows =
      database.statement("SELECT id, name, full_name, enabled FROM organisation ORDER BY rowid");
  while (rows.next_row()) {
    contents.organisations.push_back({.id = rows.uuid(0),
                                      .name = rows.text(1),
                                      .full_name = rows.text(2),
                                      .enabled = rows.integer(3) != 0});
  }
  return rows.run("read organisations");
}

Done read_users(const Database& database, Contents& contents) {
  Statement rows = database.statement(
      "SELECT id, organisation, name, password_hash, role, enabled FROM user"
      " ORDER BY rowid");
  while (rows.next_row()) {
    contents.users.push_back({.id = rows.uuid(0),
                              .organisation = rows.uuid(1),
                              .name = rows.text(2),
                              .password_hash = rows.text(3),
                              .role = static_cast<model::Role>(rows.integer(4)),
                              .enabled = rows.integer(5) != 0});
  }
  return rows.run("read users");
}

std::optional<std::chrono::seconds> timeout_of(const std::optional<std::string>& text,
                                               std::int64_t seconds) {
  if (!text) return std::nullopt;
  return std::chrono::seconds{seconds};
}

Done read_services(const Database& database, Contents& contents) {
  Statement rows = database.statement(
      "SELECT id, created, name, namespace, description, vendor, enabled,"
      " authorization_enabled, exchange, routing_key, priority, reply_timeout_seconds,"
      " operation_key FROM service ORDER BY created");
  while (rows.next_row()) {
    contents.services.push_back(
        {.id = rows.uuid(0),
         .name = rows.text(2),
         .namespace_ = rows.text(3),
         .description = rows.text(4),
         .vendor = rows.text(5),
         .enabled = rows.integer(6) != 0,
         .authorization_enabled = rows.integer(7) != 0,
         .exchange = rows.text(8),
         .routing_key = rows.text(9),
         .priority = static_cast<std::int32_t>(rows.integer(10)),
         .reply_timeout = timeout_of(rows.optional_text(11), rows.integer(11)),
         .operation_key = rows.text(12),
         .created = static_cast<std::uint64_t>(rows.integer(1)),
         .filters = {}});
  }
  return rows.run("read services");
}

Done read_filters(const Database& database, Contents& contents) {
  std::unordered_map<core::Uuid, std::size_t> places;
  for (std::size_t i = 0; i < contents.services.size(); ++i) places[contents.services[i].id] = i;
  Statement rows = database.statement(
      "SELECT service, id, url_pattern, response_content_type, operation_key"
      " FROM api_filter ORDER BY service, position");
  while (rows.next_row()) {
    const auto place = places.find(rows.uuid(0));
    if (place == places.end()) continue;  // foreign keys do not let it be
    contents.services[place->second].filters.push_back(
        {.id = rows.uuid(1),
         .url_pattern = rows.optional_text(2),
         .response_content_type = rows.optional_text(3),
         .operation_key = rows.text(4)});
  }
  return rows.run("read API filters");
}

Done read_deleted(const Database& database, Contents& contents) {
  Statement rows = database.statement("SELECT kind, id FROM deleted ORDER BY sequence");
  while (rows.next_row()) {
    contents.deleted.push_back({rows.uuid(1), static_cast<ResourceKind>(rows.integer(0))});
  }
  return rows.run("read what was deleted");
}

}  // namespace

core::Result<std::unique_ptr<SqliteStore>, StoreError> SqliteStore::open(const std::string& path) {
  auto store = open_late(path);
  if (!store) return store;
  if (auto made = (*store)->database_.make(); !made) return told(std::move(made).error());
  return store;
}

core::Result<std::unique_ptr<SqliteStore>, StoreError> SqliteStore::open_late(
    const std::string& path) {
  auto database = LateDatabase::open(path, "registry", kSchemaSteps);
  if (!database) return told(std::move(database).error());
  return std::unique_ptr<SqliteStore>{new SqliteStore{*std::move(database)}};
}

core::Result<Contents, StoreError> SqliteStore::load() {
  Contents contents;
  const Database* const database = database_.find();
  if (database == nullptr) return contents;
  for (const auto read :
       {read_organisations, read_users, read_services, read_filters, read_deleted}) {
    if (auto done = read(*database, contents); !done) return told(std::move(done).error());
  }
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
    return {};
  });
  if (!applied) return told(std::move(applied).error());
  return {};
}

}  // namespace registry::store
