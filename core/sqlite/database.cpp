#include "core/sqlite/database.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace core::sqlite {
namespace {

using Done = Result<void, Failure>;

Unexpected<Failure> failed(std::string act, std::string reason) {
  return Unexpected{Failure{std::move(act), std::move(reason)}};
}

/// Makes folder and file with their modes before SQLite sees them: it would make the file readable
/// by others, and gives its journals the mode of the file.
Done prepare_file(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash != std::string::npos && slash != 0) {
    const std::string folder = path.substr(0, slash);
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
      return failed("make folder " + folder, std::strerror(errno));
    }
  }
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (file < 0) return failed("open " + path, std::strerror(errno));
  const int changed = ::fchmod(file, 0600);
  const int error = errno;
  ::close(file);
  if (changed != 0) return failed("set the mode of " + path, std::strerror(error));
  return {};
}

bool exists(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0;
}

Done sync(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = file >= 0 && ::fsync(file) == 0;
  const int error = errno;
  if (file >= 0) ::close(file);
  if (!synced) return failed("sync " + path, std::strerror(error));
  return {};
}

/// The file is whole under `fresh`: gives it its name. Journals of a file that is no more must not
/// be taken for its own.
Done put_in_place(const std::string& fresh, const std::string& path) {
  if (auto synced = sync(fresh); !synced) return synced;
  for (const char* journal : {"-wal", "-shm", "-journal"}) ::unlink((path + journal).c_str());
  if (::rename(fresh.c_str(), path.c_str()) != 0) {
    return failed("name " + path, std::strerror(errno));
  }
  const std::size_t slash = path.rfind('/');
  return sync(slash == std::string::npos ? "." : path.substr(0, slash + 1));
}

}  // namespace

void Database::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

Result<Database, Failure> Database::open(const std::string& path, std::string what,
                                         std::span<const char* const> steps) {
  if (!exists(path)) {
    if (auto made = make(path, what, steps); !made) return Unexpected{std::move(made).error()};
  }
  auto database = open_file(path, std::move(what));
  if (!database) return database;
  auto ready = database->configure();
  if (ready) ready = database->migrate(steps);
  if (!ready) {
    ready.error().act += " (" + path + ")";
    return Unexpected{std::move(ready).error()};
  }
  return database;
}

/// Under another name, without journal and syncs: a crash leaves a file that nobody looks at, and
/// that the next start overwrites. Steps and journal mode would sync seven times otherwise.
Done Database::make(const std::string& path, const std::string& what,
                    std::span<const char* const> steps) {
  const std::string fresh = path + ".new";
  ::unlink(fresh.c_str());
  {
    auto database = open_file(fresh, what);
    if (!database) return Unexpected{std::move(database).error()};
    auto made = database->execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;",
                                  "make the " + what);
    if (made) made = database->migrate(steps);
    if (made) made = database->execute("PRAGMA journal_mode = WAL;", "make the " + what);
    if (!made) return made;
  }
  return put_in_place(fresh, path);
}

Result<Database, Failure> Database::open_file(const std::string& path, std::string what) {
  if (auto prepared = prepare_file(path); !prepared) {
    return Unexpected{std::move(prepared).error()};
  }
  sqlite3* handle = nullptr;
  // One thread at a time uses it, so SQLite need not lock.
  constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW;
  const int code = sqlite3_open_v2(path.c_str(), &handle, kFlags, nullptr);
  Database database{handle, std::move(what)};
  if (code != SQLITE_OK) {
    return failed("open " + path, handle == nullptr ? "no memory" : sqlite3_errmsg(handle));
  }
  return database;
}

Done Database::execute(const char* sql, const std::string& act) {
  char* message = nullptr;
  const int code = sqlite3_exec(database_.get(), sql, nullptr, nullptr, &message);
  const std::unique_ptr<char, void (*)(void*)> owned{message, sqlite3_free};
  if (code == SQLITE_OK) return {};
  const int primary = code & 0xFF;
  if (primary == SQLITE_BUSY || primary == SQLITE_LOCKED) {
    return failed(act, "another process has the " + what_ + " open");
  }
  return failed(act, message == nullptr ? sqlite3_errstr(code) : message);
}

Done Database::configure() {
  sqlite3_extended_result_codes(database_.get(), 1);
  // The lock comes first and is kept: two processes with one file would each serve its own picture
  // of it.
  return execute(
      "PRAGMA locking_mode = EXCLUSIVE;"
      "PRAGMA journal_mode = WAL;"
      "PRAGMA synchronous = FULL;"
      "PRAGMA foreign_keys = ON;"
      "PRAGMA trusted_schema = OFF;"
      "BEGIN EXCLUSIVE; COMMIT;",
      "open the " + what_);
}

Done Database::migrate(std::span<const char* const> steps) {
  std::int64_t version = 0;
  {
    Statement row = statement("PRAGMA user_version");
    if (row.next_row()) version = row.integer(0);
    if (auto read = row.run("read the version of the " + what_); !read) return read;
  }
  const auto known = static_cast<std::int64_t>(steps.size());
  if (version < 0 || version > known) {
    return failed("open the " + what_, "it was written by a newer version of this program (" +
                                           std::to_string(version) + ", known " +
                                           std::to_string(known) + ")");
  }
  for (; version < known; ++version) {
    const std::string step = std::string{"BEGIN EXCLUSIVE;"} +
                             steps[static_cast<std::size_t>(version)] +
                             "PRAGMA user_version = " + std::to_string(version + 1) + ";COMMIT;";
    if (auto done = execute(step.c_str(), "bring the " + what_ + " up to date"); !done) {
      static_cast<void>(execute("ROLLBACK", "roll back"));
      return done;
    }
  }
  return {};
}

}  // namespace core::sqlite
