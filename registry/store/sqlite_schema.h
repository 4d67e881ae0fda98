#pragma once

#include <array>

namespace registry::store {

/// What brings a file from version n to n + 1; a file's user_version counts the steps it has seen.
/// Steps are only ever added.
///
///   organisation   name_key is the name in lower case, which makes names unique without regard
///                  to case
///   user           role as model::Role counts it
///   service        created orders equal priorities; no two services have the same
///   api_filter     position is its place among the filters of its service; one of the two
///                  patterns is set
///   deleted        identifiers of deleted resources that had an operationKey; kind as
///                  store::ResourceKind counts it
///
/// Identifiers are UUIDs as text, so that a person with the sqlite3 shell can read them.
inline constexpr std::array kSchemaSteps{
    R"sql(
CREATE TABLE organisation (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  full_name TEXT NOT NULL,
  enabled INTEGER NOT NULL
) STRICT;
CREATE TABLE user (
  id TEXT PRIMARY KEY,
  organisation TEXT NOT NULL REFERENCES organisation (id),
  name TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  role INTEGER NOT NULL CHECK (role BETWEEN 0 AND 2),
  enabled INTEGER NOT NULL,
  UNIQUE (organisation, name)
) STRICT;
CREATE TABLE service (
  id TEXT PRIMARY KEY,
  created INTEGER NOT NULL UNIQUE,
  name TEXT NOT NULL,
  namespace TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL,
  vendor TEXT NOT NULL,
  enabled INTEGER NOT NULL,
  authorization_enabled INTEGER NOT NULL,
  exchange TEXT NOT NULL,
  routing_key TEXT NOT NULL,
  priority INTEGER NOT NULL,
  reply_timeout_seconds INTEGER,
  operation_key TEXT NOT NULL
) STRICT;
CREATE TABLE api_filter (
  id TEXT PRIMARY KEY,
  service TEXT NOT NULL REFERENCES service (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  url_pattern TEXT,
  response_content_type TEXT,
  operation_key TEXT NOT NULL,
  UNIQUE (service, position),
  CHECK ((url_pattern IS NULL) <> (response_content_type IS NULL))
) STRICT;
CREATE TABLE deleted (
  sequence INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE
) STRICT;
)sql"};

}  // namespace registry::store
