#pragma once

#include "amqp/catalog/catalog.h"
#include "core/sqlite/database.h"

namespace amqp::catalog {

/// Writes one change into the tables, within somebody else's transaction.
class SqliteWriter {
 public:
  using Done = core::Result<void, core::sqlite::Failure>;
  explicit SqliteWriter(const core::sqlite::Database& database) : database_(database) {}

  [[nodiscard]] Done operator()(const PutVhost& change) const;
  [[nodiscard]] Done operator()(const RemoveVhost& change) const;
  [[nodiscard]] Done operator()(const PutExchange& change) const;
  [[nodiscard]] Done operator()(const RemoveExchange& change) const;
  [[nodiscard]] Done operator()(const PutQueue& change) const;
  [[nodiscard]] Done operator()(const RemoveQueue& change) const;
  [[nodiscard]] Done operator()(const MoveQueue& change) const;
  [[nodiscard]] Done operator()(const PutBinding& change) const;
  [[nodiscard]] Done operator()(const RemoveBinding& change) const;
  [[nodiscard]] Done operator()(const PutUser& change) const;
  [[nodiscard]] Done operator()(const RemoveUser& change) const;
  [[nodiscard]] Done operator()(const PutPermission& change) const;
  [[nodiscard]] Done operator()(const RemovePermission& change) const;
  [[nodiscard]] Done operator()(const PutTopicPermission& change) const;
  [[nodiscard]] Done operator()(const RemoveTopicPermission& change) const;

 private:
  const core::sqlite::Database& database_;
};

}  // namespace amqp::catalog
