#pragma once

#include <algorithm>
#include <cstddef>

namespace core {

/// More than this would push out what was fetched before.
inline constexpr std::size_t kPrefetchMax = 1280;

/// Has the processor fetch what will be read a little later, kPrefetchMax bytes at most. Any address
/// will do: nothing is read.
inline void prefetch(const void* begin, std::size_t size) {
  constexpr std::size_t kCacheLine = 64;
  const auto* const first = static_cast<const std::byte*>(begin);
  for (std::size_t at = 0; at < std::min(size, kPrefetchMax); at += kCacheLine) {
    __builtin_prefetch(first + at);
  }
}

}  // namespace core
