#pragma once

#include <cstdint>

#include "core/base/octets.h"

namespace core {

/// CRC-32C (Castagnoli, RFC 3720 appendix B.4) of `octets`, going on from the checksum of what came
/// before: crc32c(b, crc32c(a)) is that of a and b behind each other. Uses the processor's own
/// instruction where it has one.
[[nodiscard]] std::uint32_t crc32c(Octets octets, std::uint32_t before = 0);

/// The same from tables, for processors without the instruction.
[[nodiscard]] std::uint32_t crc32c_portable(Octets octets, std::uint32_t before = 0);

}  // namespace core
