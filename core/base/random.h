#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace core {

/// Fills `out` from the kernel's generator (getrandom(2)). For tokens, nonces and identifiers.
void fill_random(std::span<std::byte> out);

/// 64 bits from the kernel's generator, drawn in batches of one system call per thread.
[[nodiscard]] std::uint64_t random_u64();

}  // namespace core
