#pragma once

#include <string>
#include <string_view>

namespace registry::access {

/// Compares in a time that depends on the lengths only, which are no secret.
[[nodiscard]] bool equal_secrets(std::string_view left, std::string_view right);

/// A fresh session token: 256 bits from the kernel's generator, as 64 hexadecimal digits.
[[nodiscard]] std::string new_token();

/// A fresh password to be shown to a person once: 100 bits from the kernel's generator in four
/// groups of five, without letters and digits that look alike.
[[nodiscard]] std::string new_password();

}  // namespace registry::access
