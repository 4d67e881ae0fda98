#include "core/base/uuid.h"

#include <span>

#include "core/base/hex.h"
#include "core/base/random.h"

namespace core {
namespace {

constexpr bool is_dash_position(std::size_t i) { return i == 8 || i == 13 || i == 18 || i == 23; }

}  // namespace

Uuid Uuid::random() {
  std::array<std::uint8_t, 16> octets;
  fill_random(std::as_writable_bytes(std::span{octets}));
  octets[6] = static_cast<std::uint8_t>((octets[6] & 0x0FU) | 0x40U);  // version 4, RFC 4122 §4.4
  octets[8] = static_cast<std::uint8_t>((octets[8] & 0x3FU) | 0x80U);  // variant, RFC 4122 §4.1.1
  return Uuid{octets};
}

std::optional<Uuid> Uuid::parse(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  std::array<std::uint8_t, 16> octets{};
  std::size_t nibble = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_dash_position(i)) {
      if (text[i] != '-') return std::nullopt;
      continue;
    }
    const int value = hex_digit_value(text[i]);
    if (value < 0) return std::nullopt;
    auto& octet = octets[nibble / 2];
    octet = static_cast<std::uint8_t>((static_cast<unsigned>(octet) << 4U) |
                                      static_cast<unsigned>(value));
    ++nibble;
  }
  return Uuid{octets};
}

std::string Uuid::to_string() const {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(36);
  for (const std::uint8_t octet : octets_) {
    if (is_dash_position(text.size())) text.push_back('-');
    text.push_back(kDigits[octet >> 4U]);
    text.push_back(kDigits[octet & 0x0FU]);
  }
  return text;
}

}  // namespace core
