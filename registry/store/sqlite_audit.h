#pragma once

#include <cstdint>

#include "core/base/result.h"
#include "core/sqlite/database.h"
#include "registry/store/store.h"

/// The table `audit` of the registry's file (sqlite_schema.h).
namespace registry::store {

[[nodiscard]] core::Result<void, core::sqlite::Failure> append_audit(
    const core::sqlite::Database& database, const AuditEntry& entry);

/// Drops what tenants have beyond their share of `entries_max`, then what is beyond that, after it
/// grew so much: in batches (audit_entries_to_drop).
[[nodiscard]] core::Result<void, core::sqlite::Failure> prune_audit(
    const core::sqlite::Database& database, const AuditGrowth& growth, std::uint64_t entries_max);

[[nodiscard]] core::Result<AuditPage, core::sqlite::Failure> read_audit(
    const core::sqlite::Database& database, const AuditQuery& query);

}  // namespace registry::store
