#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "core/sqlite/late_database.h"
#include "registry/store/store.h"

namespace registry::store {

/// The registry in one SQLite file: WAL journal, synchronous=FULL (a change that was answered
/// survives power loss), STRICT tables, foreign keys. The file and what belongs to it are readable
/// by its owner only, and one process at a time has it.
///
/// The schema has a version (user_version); an older file is brought up to date when it is opened,
/// a newer one is refused.
class SqliteStore final : public RegistryStore {
 public:
  using Kinds = std::span<const resource::Kind* const>;

  /// Opens or makes the file; makes its folder too (mode 0700) when there is none. `kinds` are
  /// those that it may hold, and outlive the store. Of the audit it keeps `audit_entries_max`.
  [[nodiscard]] static core::Result<std::unique_ptr<SqliteStore>, StoreError> open(
      const std::string& path, Kinds kinds, std::uint64_t audit_entries_max = kAuditEntriesMax);
  /// The same, but when there is no file, the first `apply` makes it; until then it holds nothing.
  [[nodiscard]] static core::Result<std::unique_ptr<SqliteStore>, StoreError> open_late(
      const std::string& path, Kinds kinds, std::uint64_t audit_entries_max = kAuditEntriesMax);

  [[nodiscard]] core::Result<Contents, StoreError> load() override;
  [[nodiscard]] core::Result<void, StoreError> apply(std::span<const Change> changes) override;
  [[nodiscard]] core::Result<AuditPage, StoreError> audit(const AuditQuery& query) override;

 private:
  SqliteStore(core::sqlite::LateDatabase database, Kinds kinds, std::uint64_t audit_entries_max)
      : database_(std::move(database)), kinds_(kinds), audit_entries_max_(audit_entries_max) {}

  core::sqlite::LateDatabase database_;
  Kinds kinds_;
  std::uint64_t audit_entries_max_;
};

}  // namespace registry::store
