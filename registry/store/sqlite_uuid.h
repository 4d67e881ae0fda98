#pragma once

#include <optional>
#include <string>

#include "core/base/uuid.h"
#include "core/sqlite/database.h"

/// Identifiers in the registry's file: text, and NULL for a nil one.
namespace registry::store {

[[nodiscard]] inline std::optional<std::string> text_or_null(const core::Uuid& id) {
  if (id.is_nil()) return std::nullopt;
  return id.to_string();
}

[[nodiscard]] inline core::Uuid uuid_or_nil(core::sqlite::Statement& row, int column) {
  return row.optional_text(column) ? row.uuid(column) : core::Uuid{};
}

}  // namespace registry::store
