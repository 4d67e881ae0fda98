#pragma once

#include <array>

namespace amqp::catalog {

/// What brings a file from version n to n + 1; a file's user_version counts the steps it has seen.
/// Steps are only ever added.
///
///   queue        key names the queue in the message log; home is the shard whose log that is
///   binding      its ends may be the house's (amq.direct), so they are names and no references
///   arguments    a field table as on the wire, with its length
///
/// rowid keeps the order in which things were first put there.
inline constexpr std::array<const char*, 1> kSchemaSteps{
    R"sql(
CREATE TABLE vhost (
  name TEXT PRIMARY KEY,
  description TEXT NOT NULL
) STRICT;
INSERT INTO vhost VALUES ('/', 'the default vhost');
CREATE TABLE exchange (
  vhost TEXT NOT NULL REFERENCES vhost (name) ON DELETE CASCADE,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  auto_delete INTEGER NOT NULL,
  internal INTEGER NOT NULL,
  arguments BLOB NOT NULL,
  PRIMARY KEY (vhost, name)
) STRICT;
CREATE TABLE queue (
  key INTEGER NOT NULL UNIQUE,
  vhost TEXT NOT NULL REFERENCES vhost (name) ON DELETE CASCADE,
  name TEXT NOT NULL,
  home INTEGER NOT NULL,
  auto_delete INTEGER NOT NULL,
  arguments BLOB NOT NULL,
  PRIMARY KEY (vhost, name)
) STRICT;
CREATE TABLE binding (
  vhost TEXT NOT NULL REFERENCES vhost (name) ON DELETE CASCADE,
  source TEXT NOT NULL,
  to_exchange INTEGER NOT NULL,
  destination TEXT NOT NULL,
  routing_key TEXT NOT NULL,
  arguments BLOB NOT NULL,
  PRIMARY KEY (vhost, to_exchange, destination, source, routing_key, arguments)
) STRICT;
CREATE INDEX binding_by_source ON binding (vhost, source);
CREATE TABLE user (
  name TEXT PRIMARY KEY,
  password_hash TEXT NOT NULL,
  tags TEXT NOT NULL
) STRICT;
CREATE TABLE permission (
  vhost TEXT NOT NULL REFERENCES vhost (name) ON DELETE CASCADE,
  user TEXT NOT NULL REFERENCES user (name) ON DELETE CASCADE,
  configure TEXT NOT NULL,
  write TEXT NOT NULL,
  read TEXT NOT NULL,
  PRIMARY KEY (vhost, user)
) STRICT;
CREATE TABLE topic_permission (
  vhost TEXT NOT NULL REFERENCES vhost (name) ON DELETE CASCADE,
  user TEXT NOT NULL REFERENCES user (name) ON DELETE CASCADE,
  exchange TEXT NOT NULL,
  write TEXT NOT NULL,
  read TEXT NOT NULL,
  PRIMARY KEY (vhost, user, exchange)
) STRICT;
)sql"};

}  // namespace amqp::catalog
