#include "core/files/posix_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>

namespace core {
namespace {

constexpr std::size_t kSlicesAtOnce = 512;  // below IOV_MAX

std::error_code last_error() { return {errno, std::system_category()}; }

class PosixFile final : public File {
 public:
  explicit PosixFile(int descriptor) : descriptor_(descriptor) {}
  PosixFile(const PosixFile&) = delete;
  PosixFile& operator=(const PosixFile&) = delete;
  ~PosixFile() override { ::close(descriptor_); }

  std::error_code write(std::uint64_t offset, std::span<const Octets> slices) override {
    while (!slices.empty()) {
      std::array<iovec, kSlicesAtOnce> vectors;
      const std::size_t count = std::min(slices.size(), vectors.size());
      for (std::size_t i = 0; i < count; ++i) {
        vectors[i] = {const_cast<std::byte*>(slices[i].data()), slices[i].size()};
      }
      if (const auto error = write_all(offset, std::span{vectors}.first(count))) return error;
      slices = slices.subspan(count);
    }
    return {};
  }

  std::error_code sync() override {
    return ::fdatasync(descriptor_) == 0 ? std::error_code{} : last_error();
  }

  FileResult<std::size_t> read(std::uint64_t offset, std::span<std::byte> into) override {
    std::size_t done = 0;
    while (done < into.size()) {
      const ssize_t got = ::pread(descriptor_, into.data() + done, into.size() - done,
                                  static_cast<off_t>(offset + done));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return Unexpected{last_error()};
      if (got == 0) break;
      done += static_cast<std::size_t>(got);
    }
    return done;
  }

  FileResult<std::uint64_t> size() override {
    struct stat facts {};
    if (::fstat(descriptor_, &facts) != 0) return Unexpected{last_error()};
    return static_cast<std::uint64_t>(facts.st_size);
  }

  FileResult<std::uint64_t> next_data(std::uint64_t offset) override {
    const off_t found = ::lseek(descriptor_, static_cast<off_t>(offset), SEEK_DATA);
    if (found >= 0) return static_cast<std::uint64_t>(found);
    if (errno == ENXIO) return size();
    return offset;  // it does not know
  }

  std::error_code truncate(std::uint64_t size) override {
    return ::ftruncate(descriptor_, static_cast<off_t>(size)) == 0 ? std::error_code{}
                                                                   : last_error();
  }

  std::error_code reserve(std::uint64_t size) override {
    // Not posix_fallocate: where the file system cannot, that one writes every block.
    return ::fallocate(descriptor_, 0, 0, static_cast<off_t>(size)) == 0 ? std::error_code{}
                                                                         : last_error();
  }

 private:
  /// Calls pwritev until all is written, moving the front along; each call either takes something
  /// or says why not.
  std::error_code write_all(std::uint64_t& offset, std::span<iovec> vectors) {
    while (!vectors.empty()) {
      if (vectors.front().iov_len == 0) {
        vectors = vectors.subspan(1);
        continue;
      }
      const ssize_t wrote = ::pwritev(descriptor_, vectors.data(), static_cast<int>(vectors.size()),
                                      static_cast<off_t>(offset));
      if (wrote < 0 && errno == EINTR) continue;
      if (wrote < 0) return last_error();
      if (wrote == 0) return std::make_error_code(std::errc::no_space_on_device);
      offset += static_cast<std::uint64_t>(wrote);
      for (std::size_t left = static_cast<std::size_t>(wrote); left > 0;) {
        iovec& front = vectors.front();
        const std::size_t part = std::min(left, front.iov_len);
        front.iov_base = static_cast<std::byte*>(front.iov_base) + part;
        front.iov_len -= part;
        left -= part;
        if (front.iov_len == 0) vectors = vectors.subspan(1);
      }
    }
    return {};
  }

  const int descriptor_;
};

}  // namespace

FileResult<std::unique_ptr<File>> PosixFiles::open(const std::string& path, OpenMode mode) {
  int flags = O_CLOEXEC;
  if (mode == OpenMode::read) flags |= O_RDONLY;
  if (mode == OpenMode::write) flags |= O_RDWR;
  if (mode == OpenMode::create) flags |= O_RDWR | O_CREAT | O_EXCL;
  const int descriptor = ::open(path.c_str(), flags, 0600);
  if (descriptor < 0) return Unexpected{last_error()};
  return std::unique_ptr<File>{std::make_unique<PosixFile>(descriptor)};
}

FileResult<std::vector<std::string>> PosixFiles::list(const std::string& folder) {
  std::error_code error;
  std::vector<std::string> names;
  std::filesystem::directory_iterator entry{folder, error};
  for (; !error && entry != std::filesystem::directory_iterator{}; entry.increment(error)) {
    names.push_back(entry->path().filename().string());
  }
  if (error) return Unexpected{error};
  std::sort(names.begin(), names.end());
  return names;
}

std::error_code PosixFiles::make_folder(const std::string& folder) {
  const std::filesystem::path path{folder};
  if (::mkdir(folder.c_str(), 0700) == 0) return {};
  if (errno == ENOENT && path.has_relative_path() && path.has_parent_path()) {
    if (const auto error = make_folder(path.parent_path().string())) return error;
    if (::mkdir(folder.c_str(), 0700) == 0) return {};
  }
  const std::error_code error = last_error();
  std::error_code ignored;
  return std::filesystem::is_directory(path, ignored) ? std::error_code{} : error;
}

std::error_code PosixFiles::remove(const std::string& path) {
  return ::remove(path.c_str()) == 0 ? std::error_code{} : last_error();
}

std::error_code PosixFiles::sync_folder(const std::string& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return last_error();
  const std::error_code error = ::fsync(descriptor) == 0 ? std::error_code{} : last_error();
  ::close(descriptor);
  return error;
}

FileResult<std::uint64_t> PosixFiles::free_octets(const std::string& folder) {
  struct statvfs facts {};
  if (::statvfs(folder.c_str(), &facts) != 0) return Unexpected{last_error()};
  return static_cast<std::uint64_t>(facts.f_bavail) * facts.f_frsize;
}

}  // namespace core
