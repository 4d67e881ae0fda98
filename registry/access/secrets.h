#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace registry::access {

/// Compares in a time that depends on the lengths only, which are no secret.
[[nodiscard]] bool equal_secrets(std::string_view left, std::string_view right);

/// Fresh bits from the kernel's generator, as two hexadecimal digits for each of `octets`, of which
/// there are kRandomOctetsMax at most.
[[nodiscard]] std::string random_digits(std::size_t octets);
inline constexpr std::size_t kRandomOctetsMax = 32;

/// A fresh session token: 256 bits from the kernel's generator, as 64 hexadecimal digits.
[[nodiscard]] std::string new_token();

/// A fresh password to be shown to a person once: 100 bits from the kernel's generator in four
/// groups of five, without letters and digits that look alike.
[[nodiscard]] std::string new_password();

}  // namespace registry::access
