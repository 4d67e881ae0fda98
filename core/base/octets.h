#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace core {

/// Octets that somebody else owns.
using Octets = std::span<const std::byte>;

/// The octets of a text, seen in place.
[[nodiscard]] inline Octets octets_of(std::string_view text) {
  return std::as_bytes(std::span{text.data(), text.size()});
}
/// Octets read as text, seen in place; nothing is checked.
[[nodiscard]] inline std::string_view text_of(Octets octets) {
  return {reinterpret_cast<const char*>(octets.data()), octets.size()};
}

/// A value of the machine as network order has it, and back.
template <std::unsigned_integral T>
[[nodiscard]] constexpr T big(T value) {
  if constexpr (std::endian::native == std::endian::big || sizeof(T) == 1) return value;
  if constexpr (sizeof(T) == 2) return __builtin_bswap16(value);
  if constexpr (sizeof(T) == 4) return __builtin_bswap32(value);
  if constexpr (sizeof(T) == 8) return __builtin_bswap64(value);
}

/// An unsigned integer in network order at the front of `octets`, which hold at least sizeof(T).
template <std::unsigned_integral T>
[[nodiscard]] inline T load_big(Octets octets) {
  T value;
  std::memcpy(&value, octets.data(), sizeof(T));
  return big(value);
}
/// Writes `value` in network order to `out`, which has room for sizeof(T) octets.
template <std::unsigned_integral T>
inline void store_big(std::byte* out, T value) {
  value = big(value);
  std::memcpy(out, &value, sizeof(T));
}

}  // namespace core
