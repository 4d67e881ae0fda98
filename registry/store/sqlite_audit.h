#pragma once

#include "core/base/result.h"
#include "core/sqlite/database.h"
#include "registry/store/audit.h"

/// The table `audit` of the registry's file (sqlite_schema.h).
namespace registry::store {

[[nodiscard]] core::Result<void, core::sqlite::Failure> append_audit(
    const core::sqlite::Database& database, const AuditEntry& entry);

[[nodiscard]] core::Result<AuditPage, core::sqlite::Failure> read_audit(
    const core::sqlite::Database& database, const AuditQuery& query);

}  // namespace registry::store
