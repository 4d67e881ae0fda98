#include "tools/oriel/serve/data_directory.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <optional>
#include <system_error>

namespace oriel::serve {
namespace {

[[noreturn]] void fail(const std::string& act) {
  const int reason = errno;
  throw std::system_error{reason, std::system_category(), "cannot " + act};
}

}  // namespace

DataDirectory::DataDirectory(const std::filesystem::path& path)
    : path_(std::filesystem::absolute(path)) {
  ::umask(077);
  std::filesystem::create_directories(path_);
  if (::chmod(path_.c_str(), 0700) != 0) fail("make " + path_.string() + " private");
  lock();
  find_cell();
}

void DataDirectory::lock() {
  const std::filesystem::path name = file("lock");
  lock_ = core::Descriptor{::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
  if (!lock_) fail("open " + name.string());
  if (::flock(lock_.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) {
      throw InUse{"another oriel has the data in " + path_.string()};
    }
    fail("lock " + name.string());
  }
  const std::string pid = std::to_string(::getpid()) + "\n";
  if (::ftruncate(lock_.get(), 0) != 0 || ::pwrite(lock_.get(), pid.data(), pid.size(), 0) < 0) {
    fail("write " + name.string());
  }
}

void DataDirectory::find_cell() {
  std::ifstream known{file("cell")};
  // Power that was lost before `settle` leaves an empty one, and then nothing was promised under
  // it.
  if (std::string text; known && (std::getline(known, text), !text.empty())) {
    const auto uuid = core::Uuid::parse(text);
    if (!uuid) throw std::runtime_error{file("cell").string() + " holds no UUID"};
    cell_ = *uuid;
    return;
  }
  cell_ = core::Uuid::random();
  write("cell", cell_.to_string() + "\n");
}

void DataDirectory::settle() const {
  for (const std::filesystem::path& name : {file("cell"), path_}) {
    const core::Descriptor descriptor{::open(name.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!descriptor || ::fsync(descriptor.get()) != 0) fail("sync " + name.string());
  }
}

void DataDirectory::write(std::string_view name, std::string_view content) const {
  const std::filesystem::path target = file(name);
  std::filesystem::path fresh = target;
  fresh += ".new";
  const core::Descriptor descriptor{
      ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
  if (!descriptor) fail("make " + fresh.string());
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor.get(), content.data(), content.size());
    if (written < 0) fail("write " + fresh.string());
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::rename(fresh.c_str(), target.c_str()) != 0) fail("name " + target.string());
}

void DataDirectory::remove(std::string_view name) const {
  std::error_code ignored;
  std::filesystem::remove(file(name), ignored);
}

}  // namespace oriel::serve
