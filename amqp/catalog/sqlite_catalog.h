#pragma once

#include <memory>
#include <string>
#include <utility>

#include "amqp/catalog/catalog.h"
#include "core/sqlite/late_database.h"

namespace amqp::catalog {

/// A catalog in one SQLite file (sqlite_schema.h), as core/sqlite keeps files.
class SqliteCatalog final : public Catalog {
 public:
  /// Opens or makes the file; makes its folder too (mode 0700) when there is none.
  [[nodiscard]] static core::Result<std::unique_ptr<SqliteCatalog>, Error> open(
      const std::string& path);
  /// The same, but when there is no file, the first `apply` makes it; until then it is as good as a
  /// new one.
  [[nodiscard]] static core::Result<std::unique_ptr<SqliteCatalog>, Error> open_late(
      const std::string& path);

  [[nodiscard]] core::Result<Contents, Error> load() override;
  [[nodiscard]] core::Result<void, Error> apply(std::span<const Change> changes) override;

 private:
  explicit SqliteCatalog(core::sqlite::LateDatabase database) : database_(std::move(database)) {}

  core::sqlite::LateDatabase database_;
};

}  // namespace amqp::catalog
