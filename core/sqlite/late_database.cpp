#include "core/sqlite/late_database.h"

#include <sys/stat.h>

#include <cerrno>
#include <utility>

namespace core::sqlite {
namespace {

/// What we cannot look at is for Database to complain about.
bool is_missing(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) != 0 && errno == ENOENT;
}

}  // namespace

Result<LateDatabase, Failure> LateDatabase::open(std::string path, std::string what,
                                                 std::span<const char* const> steps) {
  LateDatabase late{std::move(path), std::move(what), steps};
  if (is_missing(late.path_)) return late;
  if (auto made = late.make(); !made) return Unexpected{std::move(made).error()};
  return late;
}

Result<Database*, Failure> LateDatabase::make() {
  if (database_) return &*database_;
  auto opened = Database::open(path_, what_, steps_);
  if (!opened) return Unexpected{std::move(opened).error()};
  database_ = *std::move(opened);
  return &*database_;
}

}  // namespace core::sqlite
