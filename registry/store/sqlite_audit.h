#pragma once

#include <cstdint>

#include "core/base/result.h"
#include "core/sqlite/database.h"
#include "registry/store/audit.h"

/// The table `audit` of the registry's file (sqlite_schema.h).
namespace registry::store {

[[nodiscard]] core::Result<void, core::sqlite::Failure> append_audit(
    const core::sqlite::Database& database, const AuditEntry& entry);

/// Drops what is beyond `entries_max` after `appended` entries more, in batches
/// (audit_entries_to_drop).
[[nodiscard]] core::Result<void, core::sqlite::Failure> prune_audit(
    const core::sqlite::Database& database, std::uint64_t appended, std::uint64_t entries_max);

[[nodiscard]] core::Result<AuditPage, core::sqlite::Failure> read_audit(
    const core::sqlite::Database& database, const AuditQuery& query);

}  // namespace registry::store
