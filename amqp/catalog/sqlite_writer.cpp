#include "amqp/catalog/sqlite_writer.h"

namespace amqp::catalog {
namespace {

using Done = SqliteWriter::Done;

std::int64_t number(bool value) { return value ? 1 : 0; }
std::int64_t number(store::QueueKey key) { return static_cast<std::int64_t>(key.value()); }

}  // namespace

Done SqliteWriter::operator()(const PutVhost& change) const {
  return database_
      .statement(
          "INSERT INTO vhost (name, description) VALUES (?, ?)"
          " ON CONFLICT (name) DO UPDATE SET description = excluded.description")
      .bind(change.vhost.name)
      .bind(change.vhost.description)
      .run("put vhost");
}

Done SqliteWriter::operator()(const RemoveVhost& change) const {
  return database_.statement("DELETE FROM vhost WHERE name = ?")
      .bind(change.name)
      .run("remove vhost");
}

Done SqliteWriter::operator()(const PutExchange& change) const {
  const Exchange& exchange = change.exchange;
  return database_
      .statement(
          "INSERT INTO exchange (vhost, name, type, auto_delete, internal, arguments)"
          " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (vhost, name) DO UPDATE SET"
          " type = excluded.type, auto_delete = excluded.auto_delete,"
          " internal = excluded.internal, arguments = excluded.arguments")
      .bind(exchange.vhost)
      .bind(exchange.name)
      .bind(exchange.type)
      .bind(number(exchange.auto_delete))
      .bind(number(exchange.internal))
      .bind_octets(exchange.arguments)
      .run("put exchange");
}

Done SqliteWriter::operator()(const RemoveExchange& change) const {
  if (auto gone = database_
                      .statement("DELETE FROM binding WHERE vhost = ?1"
                                 " AND (source = ?2 OR (to_exchange = 1 AND destination = ?2))")
                      .bind(change.vhost)
                      .bind(change.name)
                      .run("remove the bindings of an exchange");
      !gone) {
    return gone;
  }
  return database_.statement("DELETE FROM exchange WHERE vhost = ? AND name = ?")
      .bind(change.vhost)
      .bind(change.name)
      .run("remove exchange");
}

Done SqliteWriter::operator()(const PutQueue& change) const {
  const Queue& queue = change.queue;
  return database_
      .statement(
          "INSERT INTO queue (key, vhost, name, home, auto_delete, arguments)"
          " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET"
          " vhost = excluded.vhost, name = excluded.name, home = excluded.home,"
          " auto_delete = excluded.auto_delete, arguments = excluded.arguments")
      .bind(number(queue.key))
      .bind(queue.vhost)
      .bind(queue.name)
      .bind(std::int64_t{queue.home})
      .bind(number(queue.auto_delete))
      .bind_octets(queue.arguments)
      .run("put queue");
}

Done SqliteWriter::operator()(const RemoveQueue& change) const {
  if (auto gone =
          database_
              .statement("DELETE FROM binding WHERE to_exchange = 0 AND (vhost, destination) ="
                         " (SELECT vhost, name FROM queue WHERE key = ?)")
              .bind(number(change.key))
              .run("remove the bindings of a queue");
      !gone) {
    return gone;
  }
  return database_.statement("DELETE FROM queue WHERE key = ?")
      .bind(number(change.key))
      .run("remove queue");
}

Done SqliteWriter::operator()(const MoveQueue& change) const {
  return database_.statement("UPDATE queue SET key = ?, home = ? WHERE key = ?")
      .bind(number(change.new_key))
      .bind(std::int64_t{change.new_home})
      .bind(number(change.key))
      .run("move queue");
}

Done SqliteWriter::operator()(const PutBinding& change) const {
  const Binding& binding = change.binding;
  return database_
      .statement(
          "INSERT INTO binding (vhost, source, to_exchange, destination, routing_key, arguments)"
          " VALUES (?, ?, ?, ?, ?, ?)"
          " ON CONFLICT (vhost, to_exchange, destination, source, routing_key, arguments)"
          " DO NOTHING")
      .bind(binding.vhost)
      .bind(binding.source)
      .bind(number(binding.to_exchange))
      .bind(binding.destination)
      .bind(binding.routing_key)
      .bind_octets(binding.arguments)
      .run("put binding");
}

Done SqliteWriter::operator()(const RemoveBinding& change) const {
  const Binding& binding = change.binding;
  return database_
      .statement(
          "DELETE FROM binding WHERE vhost = ? AND source = ? AND to_exchange = ?"
          " AND destination = ? AND routing_key = ? AND arguments = ?")
      .bind(binding.vhost)
      .bind(binding.source)
      .bind(number(binding.to_exchange))
      .bind(binding.destination)
      .bind(binding.routing_key)
      .bind_octets(binding.arguments)
      .run("remove binding");
}

Done SqliteWriter::operator()(const PutUser& change) const {
  return database_
      .statement(
          "INSERT INTO user (name, password_hash, tags) VALUES (?, ?, ?)"
          " ON CONFLICT (name) DO UPDATE SET password_hash = excluded.password_hash,"
          " tags = excluded.tags")
      .bind(change.user.name)
      .bind(change.user.password_hash)
      .bind(change.user.tags)
      .run("put user");
}

Done SqliteWriter::operator()(const RemoveUser& change) const {
  return database_.statement("DELETE FROM user WHERE name = ?")
      .bind(change.name)
      .run("remove user");
}

Done SqliteWriter::operator()(const PutPermission& change) const {
  const Permission& permission = change.permission;
  return database_
      .statement(
          "INSERT INTO permission (vhost, user, configure, write, read) VALUES (?, ?, ?, ?, ?)"
          " ON CONFLICT (vhost, user) DO UPDATE SET configure = excluded.configure,"
          " write = excluded.write, read = excluded.read")
      .bind(permission.vhost)
      .bind(permission.user)
      .bind(permission.configure)
      .bind(permission.write)
      .bind(permission.read)
      .run("put permission");
}

Done SqliteWriter::operator()(const RemovePermission& change) const {
  return database_.statement("DELETE FROM permission WHERE vhost = ? AND user = ?")
      .bind(change.vhost)
      .bind(change.user)
      .run("remove permission");
}

Done SqliteWriter::operator()(const PutTopicPermission& change) const {
  const TopicPermission& permission = change.permission;
  return database_
      .statement(
          "INSERT INTO topic_permission (vhost, user, exchange, write, read)"
          " VALUES (?, ?, ?, ?, ?) ON CONFLICT (vhost, user, exchange) DO UPDATE SET"
          " write = excluded.write, read = excluded.read")
      .bind(permission.vhost)
      .bind(permission.user)
      .bind(permission.exchange)
      .bind(permission.write)
      .bind(permission.read)
      .run("put topic permission");
}

Done SqliteWriter::operator()(const RemoveTopicPermission& change) const {
  return database_
      .statement(
          "DELETE FROM topic_permission WHERE vhost = ?1 AND user = ?2"
          " AND (?3 = '' OR exchange = ?3)")
      .bind(change.vhost)
      .bind(change.user)
      .bind(change.exchange)
      .run("remove topic permission");
}

}  // namespace amqp::catalog
