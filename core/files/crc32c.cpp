#include "core/files/crc32c.h"

#include <array>
#include <bit>
#include <cstring>

#if defined(__x86_64__)
#include <nmmintrin.h>
#endif

namespace core {
namespace {

constexpr std::uint32_t kPolynomial = 0x82F63B78;  // with its bits reversed

/// Eight octets at a time: table k has the checksum of an octet followed by k zeros.
using Tables = std::array<std::array<std::uint32_t, 256>, 8>;

constexpr Tables make_tables() {
  Tables tables{};
  for (std::uint32_t octet = 0; octet < 256; ++octet) {
    std::uint32_t crc = octet;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? kPolynomial : 0U);
    tables[0][octet] = crc;
  }
  for (std::size_t k = 1; k < tables.size(); ++k) {
    for (std::size_t octet = 0; octet < 256; ++octet) {
      const std::uint32_t crc = tables[k - 1][octet];
      tables[k][octet] = (crc >> 8U) ^ tables[0][crc & 0xFFU];
    }
  }
  return tables;
}
constexpr Tables kTables = make_tables();

std::uint64_t load_eight(const std::byte* octets) {
  static_assert(std::endian::native == std::endian::little);
  std::uint64_t value = 0;
  std::memcpy(&value, octets, sizeof value);
  return value;
}

#if defined(__x86_64__)
__attribute__((target("sse4.2"))) std::uint32_t with_instruction(Octets octets,
                                                                 std::uint32_t before) {
  std::uint64_t crc = ~before;
  const std::byte* at = octets.data();
  std::size_t left = octets.size();
  for (; left >= 8; left -= 8, at += 8) crc = _mm_crc32_u64(crc, load_eight(at));
  auto short_crc = static_cast<std::uint32_t>(crc);
  for (; left > 0; --left, ++at) {
    short_crc = _mm_crc32_u8(short_crc, std::to_integer<std::uint8_t>(*at));
  }
  return ~short_crc;
}
#endif

}  // namespace

std::uint32_t crc32c_portable(Octets octets, std::uint32_t before) {
  std::uint32_t crc = ~before;
  const std::byte* at = octets.data();
  std::size_t left = octets.size();
  for (; left >= 8; left -= 8, at += 8) {
    const std::uint64_t mixed = load_eight(at) ^ crc;
    crc = 0;
    for (std::size_t k = 0; k < 8; ++k) crc ^= kTables[7 - k][(mixed >> (8 * k)) & 0xFFU];
  }
  for (; left > 0; --left, ++at) {
    crc = (crc >> 8U) ^ kTables[0][(crc ^ std::to_integer<std::uint8_t>(*at)) & 0xFFU];
  }
  return ~crc;
}

std::uint32_t crc32c(Octets octets, std::uint32_t before) {
#if defined(__x86_64__)
  static const bool has_instruction = __builtin_cpu_supports("sse4.2") != 0;
  if (has_instruction) return with_instruction(octets, before);
#endif
  return crc32c_portable(octets, before);
}

}  // namespace core
