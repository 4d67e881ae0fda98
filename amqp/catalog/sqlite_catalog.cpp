#include "amqp/catalog/sqlite_catalog.h"

#include "amqp/catalog/memory_catalog.h"
#include "amqp/catalog/sqlite_schema.h"
#include "amqp/catalog/sqlite_writer.h"

namespace amqp::catalog {
namespace {

using core::sqlite::Database;
using core::sqlite::Failure;
using core::sqlite::LateDatabase;
using core::sqlite::Statement;
using Done = core::Result<void, Failure>;

core::Unexpected<Error> told(Failure failure) {
  return core::Unexpected{Error{std::move(failure.act), std::move(failure.reason)}};
}

Done read_vhosts(const Database& database, Contents& contents) {
  Statement rows = database.statement("SELECT name, description FROM vhost ORDER BY rowid");
  while (rows.next_row()) contents.vhosts.push_back({rows.text(0), rows.text(1)});
  return rows.run("read vhosts");
}

Done read_exchanges(const Database& database, Contents& contents) {
  Statement rows = database.statement(
      "SELECT vhost, name, type, auto_delete, internal, arguments FROM exchange ORDER BY rowid");
  while (rows.next_row()) {
    contents.exchanges.push_back({rows.text(0), rows.text(1), rows.text(2), rows.integer(3) != 0,
                                  rows.integer(4) != 0, rows.octets(5)});
  }
  return rows.run("read exchanges");
}

Done read_queues(const Database& database, Contents& contents) {
  Statement rows = database.statement(
      "SELECT vhost, name, key, home, auto_delete, arguments FROM queue ORDER BY rowid");
  while (rows.next_row()) {
    contents.queues.push_back(
        {rows.text(0), rows.text(1), store::QueueKey{static_cast<std::uint64_t>(rows.integer(2))},
         static_cast<std::uint16_t>(rows.integer(3)), rows.integer(4) != 0, rows.octets(5)});
  }
  return rows.run("read queues");
}

Done read_bindings(const Database& database, Contents& contents) {
  Statement rows = database.statement(
      "SELECT vhost, source, to_exchange, destination, routing_key, arguments FROM binding"
      " ORDER BY rowid");
  while (rows.next_row()) {
    contents.bindings.push_back({rows.text(0), rows.text(1), rows.integer(2) != 0, rows.text(3),
                                 rows.text(4), rows.octets(5)});
  }
  return rows.run("read bindings");
}

Done read_users(const Database& database, Contents& contents) {
  Statement rows = database.statement("SELECT name, password_hash, tags FROM user ORDER BY rowid");
  while (rows.next_row()) {
    contents.users.push_back({rows.text(0), rows.text(1), rows.text(2)});
  }
  return rows.run("read users");
}

Done read_permissions(const Database& database, Contents& contents) {
  Statement rows = database.statement(
      "SELECT vhost, user, configure, write, read FROM permission ORDER BY rowid");
  while (rows.next_row()) {
    contents.permissions.push_back(
        {rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4)});
  }
  return rows.run("read permissions");
}

Done read_topic_permissions(const Database& database, Contents& contents) {
  Statement rows = database.statement(
      "SELECT vhost, user, exchange, write, read FROM topic_permission ORDER BY rowid");
  while (rows.next_row()) {
    contents.topic_permissions.push_back(
        {rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4)});
  }
  return rows.run("read topic permissions");
}

}  // namespace

core::Result<std::unique_ptr<SqliteCatalog>, Error> SqliteCatalog::open(const std::string& path) {
  auto catalog = open_late(path);
  if (!catalog) return catalog;
  if (auto made = (*catalog)->database_.make(); !made) return told(std::move(made).error());
  return catalog;
}

core::Result<std::unique_ptr<SqliteCatalog>, Error> SqliteCatalog::open_late(
    const std::string& path) {
  auto database = LateDatabase::open(path, "catalog", kSchemaSteps);
  if (!database) return told(std::move(database).error());
  return std::unique_ptr<SqliteCatalog>{new SqliteCatalog{*std::move(database)}};
}

core::Result<Contents, Error> SqliteCatalog::load() {
  const Database* const database = database_.find();
  if (database == nullptr) return MemoryCatalog{}.load();
  Contents contents;
  for (const auto read : {read_vhosts, read_exchanges, read_queues, read_bindings, read_users,
                          read_permissions, read_topic_permissions}) {
    if (auto done = read(*database, contents); !done) return told(std::move(done).error());
  }
  return contents;
}

core::Result<void, Error> SqliteCatalog::apply(std::span<const Change> changes) {
  auto database = database_.make();
  if (!database) return told(std::move(database).error());
  auto applied = (*database)->transaction([&]() -> Done {
    const SqliteWriter writer{**database};
    for (const Change& change : changes) {
      if (auto written = std::visit(writer, change); !written) return written;
    }
    return {};
  });
  if (!applied) return told(std::move(applied).error());
  return {};
}

}  // namespace amqp::catalog
