#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace core {

/// A universally unique identifier (RFC 4122), 128 bits.
class Uuid {
 public:
  constexpr Uuid() = default;  ///< The nil UUID.
  explicit constexpr Uuid(std::array<std::uint8_t, 16> octets) : octets_(octets) {}

  /// A fresh version 4 UUID from the kernel's generator.
  [[nodiscard]] static Uuid random();
  /// Reads `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`, either case; nullopt for anything else.
  [[nodiscard]] static std::optional<Uuid> parse(std::string_view text);

  [[nodiscard]] std::string to_string() const;  ///< 36 characters, lower case.
  [[nodiscard]] const std::array<std::uint8_t, 16>& octets() const { return octets_; }
  [[nodiscard]] bool is_nil() const { return *this == Uuid{}; }
  constexpr auto operator<=>(const Uuid&) const = default;

 private:
  std::array<std::uint8_t, 16> octets_{};
};

}  // namespace core

template <>
struct std::hash<core::Uuid> {
  std::size_t operator()(const core::Uuid& uuid) const noexcept {
    std::size_t sum = 0;
    for (std::size_t i = 0; i < 16; ++i) sum = sum * 131 + uuid.octets()[i];
    return sum;
  }
};
