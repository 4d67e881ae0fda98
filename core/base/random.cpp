#include "core/base/random.h"

#include <sys/random.h>

#include <array>
#include <cerrno>

#include "core/base/check.h"

namespace core {

void fill_random(std::span<std::byte> out) {
  while (!out.empty()) {
    const ssize_t got = ::getrandom(out.data(), out.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    CORE_CHECK(got > 0);
    out = out.subspan(static_cast<std::size_t>(got));
  }
}

std::uint64_t random_u64() {
  constexpr std::size_t kBatch = 512;  // 4 KiB: one system call for 256 requests
  thread_local std::array<std::uint64_t, kBatch> batch;
  thread_local std::size_t left = 0;
  if (left == 0) {
    fill_random(std::as_writable_bytes(std::span{batch}));
    left = kBatch;
  }
  return batch[--left];
}

}  // namespace core
