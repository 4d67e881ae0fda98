#pragma once

#include <memory>
#include <string>

#include "registry/store/store.h"

struct sqlite3;

namespace registry::store {

/// The registry in one SQLite file: WAL journal, synchronous=FULL (a change that was answered
/// survives power loss), STRICT tables, foreign keys. The file and what belongs to it are readable
/// by its owner only, and one process at a time has it.
///
/// The schema has a version (user_version); an older file is brought up to date when it is opened,
/// a newer one is refused.
class SqliteStore final : public RegistryStore {
 public:
  /// Opens or makes the file; makes its folder too (mode 0700) when there is none.
  [[nodiscard]] static core::Result<std::unique_ptr<SqliteStore>, StoreError> open(
      const std::string& path);

  [[nodiscard]] core::Result<Contents, StoreError> load() override;
  [[nodiscard]] core::Result<void, StoreError> apply(std::span<const Change> changes) override;

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  explicit SqliteStore(sqlite3* database) : database_(database) {}

  [[nodiscard]] core::Result<void, StoreError> execute(const char* sql, const char* act);
  [[nodiscard]] core::Result<void, StoreError> configure();
  [[nodiscard]] core::Result<void, StoreError> migrate();

  std::unique_ptr<sqlite3, Close> database_;
};

}  // namespace registry::store
