#pragma once

#include <optional>
#include <span>
#include <string>

#include "core/sqlite/database.h"

namespace core::sqlite {

/// A Database whose file, when there is none, is made by the first who writes: making one takes
/// syncs, and nobody needs to wait for a file that holds nothing yet. Used by one thread at a time.
class LateDatabase {
 public:
  /// Opens the file if it is there (Database::open). `steps` outlive this.
  [[nodiscard]] static Result<LateDatabase, Failure> open(std::string path, std::string what,
                                                          std::span<const char* const> steps);

  /// Null while there is no file, and so nothing to read.
  [[nodiscard]] Database* find() { return database_ ? &*database_ : nullptr; }
  /// Makes the file if there is none.
  [[nodiscard]] Result<Database*, Failure> make();

 private:
  LateDatabase(std::string path, std::string what, std::span<const char* const> steps)
      : path_(std::move(path)), what_(std::move(what)), steps_(steps) {}

  std::string path_;
  std::string what_;
  std::span<const char* const> steps_;
  std::optional<Database> database_;
};

}  // namespace core::sqlite
