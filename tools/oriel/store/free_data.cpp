#include "tools/oriel/store/free_data.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <system_error>

namespace oriel::store {

core::Result<FreeData, FreeData::Refused> FreeData::take(const std::string& folder) {
  core::Descriptor lock{::open((folder + "/lock").c_str(), O_RDONLY | O_CLOEXEC)};
  if (!lock && errno == ENOENT) {
    const core::Descriptor there{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (there) return FreeData{core::Descriptor{}};
  }
  if (!lock) {
    return core::Unexpected{
        Refused{"cannot read " + folder + ": " + std::generic_category().message(errno), false}};
  }
  if (::flock(lock.get(), LOCK_SH | LOCK_NB) != 0) {
    return core::Unexpected{Refused{"another oriel has the data in " + folder, true}};
  }
  return FreeData{std::move(lock)};
}

}  // namespace oriel::store
