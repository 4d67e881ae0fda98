#pragma once

#include <array>

namespace registry::store {

/// What brings a file from version n to n + 1; a file's user_version counts the steps it has seen.
/// Steps are only ever added.
///
/// Version 1 had a table each for organisations, users, services and their filters. Version 2 has
///
///   resource   everything, of any kind (registry/resource). created grows with each creation, so
///              reading in its order gives parents before their children; parent is NULL for a kind
///              without one; unique_key is Resources::unique_key, NULL when nothing makes the
///              resource unique; body is its stored form (registry/resource/stored_form.h)
///   deleted    identifiers of deleted resources that had an operationKey
///   audit      who changed what, as AuditEntry tells it, appended and, the oldest first,
///              dropped (until version 5 sequence had no gaps); act as AuditEntry::Act counts it;
///              user and organisation are NULL for the server itself; before and after are JSON or
///              empty
///
/// Version 3 has indexes of the audit in which each resource, user and organisation has its entries
/// in the order of time.
///
/// Version 4 has in `deleted` the organisation to which the resource belonged; NULL: to none, or it
/// was deleted before.
///
/// Version 5 has
///
///   audit_count  how many entries of the audit each organisation has that has any; under '' how
///                many there are, with those of the server itself. Two triggers keep it so.
///
/// Kinds are their names in URNs. Identifiers are UUIDs as text, and times as
/// 2026-11-22T04:05:06.789Z, so that a person with the sqlite3 shell can read them.
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
)sql",
    R"sql(
CREATE TABLE resource (
  created INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  parent TEXT REFERENCES resource (id) ON DELETE CASCADE,
  operation_key TEXT NOT NULL,
  unique_key TEXT UNIQUE,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX resource_parent ON resource (parent) WHERE parent IS NOT NULL;
INSERT INTO resource (created, id, kind, parent, operation_key, unique_key, body)
SELECT row_number() OVER (ORDER BY phase, place, part), id, kind, parent, operation_key, unique_key,
       body
FROM (
  SELECT 0 AS phase, rowid AS place, 0 AS part, id, 'org' AS kind, NULL AS parent,
         '' AS operation_key, 'org//' || name_key AS unique_key,
         json_object('name', name, 'FullName', full_name,
                     'IsEnabled', json(iif(enabled, 'true', 'false'))) AS body
  FROM organisation
  UNION ALL
  SELECT 1, rowid, 0, id, 'user', organisation, '', 'user/' || organisation || '/' || name,
         json_object('name', name, 'IsEnabled', json(iif(enabled, 'true', 'false')),
                     'Role', CASE role
                       WHEN 0 THEN json_object('id', '76f3ba1b-34f5-4e07-ae95-b23f4e439840',
                                               'kind', 'role', 'name', 'System Administrator')
                       WHEN 1 THEN json_object('id', '88610abe-ba6a-4fc2-bdaa-d802a4ca84a1',
                                               'kind', 'role', 'name', 'Organization Administrator')
                       ELSE json_object('id', 'bd484f31-3436-4291-aaa7-dc08311a53a2',
                                        'kind', 'role', 'name', 'vApp User') END,
                     'PasswordHash', password_hash)
  FROM user
  UNION ALL
  SELECT 2, created, 0, id, 'externalService', NULL, operation_key,
         'externalService//' || namespace,
         json_object('name', name, 'Description', nullif(description, ''), 'Namespace', namespace,
                     'Enabled', json(iif(enabled, 'true', 'false')),
                     'AuthorizationEnabled', json(iif(authorization_enabled, 'true', 'false')),
                     'RoutingKey', routing_key, 'Priority', priority, 'Exchange', exchange,
                     'Vendor', nullif(vendor, ''),
                     'ReplyTimeoutSeconds', reply_timeout_seconds)
  FROM service
  UNION ALL
  SELECT 2, service.created, position + 1, api_filter.id, 'apiFilter', service,
         api_filter.operation_key, NULL,
         json_object('UrlPattern', url_pattern, 'ResponseContentType', response_content_type)
  FROM api_filter JOIN service ON service.id = api_filter.service
)
ORDER BY 1;
DROP TABLE api_filter;
DROP TABLE service;
DROP TABLE user;
DROP TABLE organisation;

ALTER TABLE deleted RENAME TO deleted_before;
CREATE TABLE deleted (
  sequence INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO deleted SELECT sequence, iif(kind = 1, 'externalService', 'apiFilter'), id
FROM deleted_before;
DROP TABLE deleted_before;

CREATE TABLE audit (
  sequence INTEGER PRIMARY KEY,
  time TEXT NOT NULL,
  user TEXT,
  organisation TEXT,
  user_name TEXT NOT NULL,
  act INTEGER NOT NULL CHECK (act BETWEEN 1 AND 3),
  kind TEXT NOT NULL,
  resource TEXT NOT NULL,
  name TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL
) STRICT;
CREATE INDEX audit_time ON audit (time);
CREATE INDEX audit_resource ON audit (resource);
CREATE INDEX audit_user ON audit (user) WHERE user IS NOT NULL;
CREATE INDEX audit_organisation ON audit (organisation) WHERE organisation IS NOT NULL;
)sql",
    R"sql(
DROP INDEX audit_resource;
DROP INDEX audit_user;
DROP INDEX audit_organisation;
CREATE INDEX audit_resource ON audit (resource, time);
CREATE INDEX audit_user ON audit (user, time, organisation) WHERE user IS NOT NULL;
CREATE INDEX audit_organisation ON audit (organisation, time) WHERE organisation IS NOT NULL;
)sql",
    R"sql(
ALTER TABLE deleted ADD COLUMN organisation TEXT;
)sql",
    R"sql(
CREATE TABLE audit_count (
  organisation TEXT PRIMARY KEY,
  entries INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO audit_count SELECT '', count(*) FROM audit;
INSERT INTO audit_count
SELECT organisation, count(*) FROM audit WHERE organisation IS NOT NULL GROUP BY organisation;
CREATE TRIGGER audit_appended AFTER INSERT ON audit BEGIN
  UPDATE audit_count SET entries = entries + 1 WHERE organisation = '';
  INSERT INTO audit_count SELECT new.organisation, 1 WHERE new.organisation IS NOT NULL
  ON CONFLICT (organisation) DO UPDATE SET entries = entries + 1;
END;
CREATE TRIGGER audit_dropped AFTER DELETE ON audit BEGIN
  UPDATE audit_count SET entries = entries - 1 WHERE organisation IN ('', old.organisation);
  DELETE FROM audit_count WHERE organisation = old.organisation AND entries = 0;
END;
)sql"};

}  // namespace registry::store
