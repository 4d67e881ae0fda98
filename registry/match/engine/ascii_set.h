#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace registry::match::engine {

/// Some of the 128 ASCII characters.
struct AsciiSet {
  std::array<std::uint64_t, 2> words{};

  [[nodiscard]] bool has(std::size_t octet) const {
    return ((words[octet >> 6] >> (octet & 63)) & 1) != 0;
  }
  void add(std::size_t octet) { words[octet >> 6] |= std::uint64_t{1} << (octet & 63); }
  [[nodiscard]] bool empty() const { return (words[0] | words[1]) == 0; }

  friend bool operator==(const AsciiSet&, const AsciiSet&) = default;
};

}  // namespace registry::match::engine
