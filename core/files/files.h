#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <system_error>
#include <vector>

#include "core/base/octets.h"
#include "core/base/result.h"

namespace core {

/// What a call on a file gives, or why the world refused it.
template <typename T>
using FileResult = Result<T, std::error_code>;

/// An open file. Its calls block; one thread at a time. Closed by the destructor, which writes
/// nothing and so has nothing to report.
class File {
 public:
  virtual ~File() = default;

  /// Writes all of `slices`, one after the other, from `offset` on. After an error any part of it
  /// may be there. A disk that takes nothing more is ENOSPC.
  [[nodiscard]] virtual std::error_code write(std::uint64_t offset,
                                              std::span<const Octets> slices) = 0;
  /// Returns when everything written before survives the machine. After an error nobody knows what
  /// does, and a later success says nothing about it: the system may have dropped the pages.
  [[nodiscard]] virtual std::error_code sync() = 0;
  /// Fills `into` from `offset` on and gives how much of it; less only at the end of the file.
  [[nodiscard]] virtual FileResult<std::size_t> read(std::uint64_t offset,
                                                     std::span<std::byte> into) = 0;
  [[nodiscard]] virtual FileResult<std::uint64_t> size() = 0;
  /// From where on there may be something but zeros, looking from `offset`; size() at the end. A
  /// file system that does not know gives `offset`.
  [[nodiscard]] virtual FileResult<std::uint64_t> next_data(std::uint64_t offset) = 0;
  /// Cuts it, or makes it longer with zeros.
  [[nodiscard]] virtual std::error_code truncate(std::uint64_t size) = 0;
  /// Makes it `size` long with zeros that have their place on the disk already.
  /// operation_not_supported where the file system cannot.
  [[nodiscard]] virtual std::error_code reserve(std::uint64_t size) = 0;
};

enum class OpenMode : std::uint8_t {
  read,    // it must be there
  write,   // reads too; it must be there
  create,  // reads and writes; it must not be there
};

/// A file system as the house uses it: folders of files that are appended to, read and removed.
/// Paths are the caller's business. Any thread.
class Files {
 public:
  virtual ~Files() = default;

  [[nodiscard]] virtual FileResult<std::unique_ptr<File>> open(const std::string& path,
                                                               OpenMode mode) = 0;
  /// The names in a folder, in order.
  [[nodiscard]] virtual FileResult<std::vector<std::string>> list(const std::string& folder) = 0;
  /// Makes a folder and those above it, for its owner only; one that is there is fine.
  [[nodiscard]] virtual std::error_code make_folder(const std::string& folder) = 0;
  /// A file, or an empty folder.
  [[nodiscard]] virtual std::error_code remove(const std::string& path) = 0;
  /// Returns when the names in `folder` survive the machine: what was created is there, what was
  /// removed is not.
  [[nodiscard]] virtual std::error_code sync_folder(const std::string& folder) = 0;
  /// What we may still write where `folder` is.
  [[nodiscard]] virtual FileResult<std::uint64_t> free_octets(const std::string& folder) = 0;
};

}  // namespace core
