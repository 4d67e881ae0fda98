#pragma once

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

/// An unsigned integer in network order at the front of `octets`, which hold at least sizeof(T).
template <typename T>
[[nodiscard]] inline T load_big(Octets octets) {
  T value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    value = static_cast<T>((static_cast<std::uint64_t>(value) << 8U) |
                           std::to_integer<std::uint8_t>(octets[i]));
  }
  return value;
}
/// Writes `value` in network order to `out`, which has room for sizeof(T) octets.
template <typename T>
inline void store_big(std::byte* out, T value) {
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    out[i] = static_cast<std::byte>(static_cast<std::uint64_t>(value) >> (8U * (sizeof(T) - 1 - i)));
  }
}

}  // namespace core
