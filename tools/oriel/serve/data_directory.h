#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

#include "core/base/uuid.h"
#include "core/shard/descriptor.h"

namespace oriel::serve {

/// Somebody else has what we need alone: this data, or a port.
class InUse : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The folder for everything that is kept, ours alone while this object lives.
///
///   lock           held by flock(2), with the process id as text
///   cell           the UUID of this cell, made on the first start
///   registry.db    the registry (SQLite, with its -wal and -shm)
///   tokens.key     the RSA key that signs access tokens
///   tls/           the development CA and certificate
///   broker.db      the broker's catalog (SQLite, the same)
///   log/<shard>/   the messages of durable queues, in segments
///   listen.json    what is bound, while the process runs
///   operator.token who shows it may administer the broker, while the process runs
class DataDirectory {
 public:
  /// Makes what is missing, all of it readable by its owner only (the process's umask becomes 077).
  /// Throws InUse when another process has it, std::system_error when the system refuses.
  explicit DataDirectory(const std::filesystem::path& path);

  [[nodiscard]] const core::Uuid& cell() const { return cell_; }
  [[nodiscard]] std::filesystem::path file(std::string_view name) const { return path_ / name; }
  /// Returns when the cell survives a loss of power, and the names of all that lies here. Whatever
  /// is promised comes after it. Throws std::system_error.
  void settle() const;
  /// Puts a whole file there or none; a loss of power may leave it empty.
  void write(std::string_view name, std::string_view content) const;
  void remove(std::string_view name) const;

 private:
  void lock();
  void find_cell();

  std::filesystem::path path_;
  core::Descriptor lock_;
  core::Uuid cell_;
};

}  // namespace oriel::serve
