#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace fuzz {

/// Code points from a fuzzer's octets: ASCII stands for itself, and each octet beyond it, with the
/// two behind it, for any code point at all, unpaired surrogates included.
inline std::u32string wide_text(std::string_view octets) {
  constexpr char32_t kCodePoints = 0x110000;
  std::u32string out;
  for (std::size_t i = 0; i < octets.size(); ++i) {
    const auto octet = static_cast<unsigned char>(octets[i]);
    if (octet < 0x80 || i + 2 >= octets.size()) {
      out += octet;
      continue;
    }
    const auto second = static_cast<unsigned char>(octets[i + 1]);
    const auto third = static_cast<unsigned char>(octets[i + 2]);
    const std::uint32_t number =
        (std::uint32_t{octet & 0x7FU} << 16U) | (std::uint32_t{second} << 8U);
    out += (number | third) % kCodePoints;
    i += 2;
  }
  return out;
}

}  // namespace fuzz
