#include "registry/access/secrets.h"

#include <openssl/crypto.h>

#include <array>
#include <cstddef>
#include <span>

#include "core/base/random.h"

namespace registry::access {

bool equal_secrets(std::string_view left, std::string_view right) {
  return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

std::string new_token() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<std::byte, 32> bits;
  core::fill_random(bits);
  std::string token;
  token.reserve(bits.size() * 2);
  for (const std::byte octet : bits) {
    token.push_back(kDigits[std::to_integer<std::size_t>(octet >> 4)]);
    token.push_back(kDigits[std::to_integer<std::size_t>(octet & std::byte{0x0F})]);
  }
  return token;
}

std::string new_password() {
  constexpr std::string_view kLetters = "abcdefghijkmnpqrstuvwxyz23456789";  // 32: five bits each
  static_assert(kLetters.size() == 32);
  std::array<std::byte, 20> bits;
  core::fill_random(bits);
  std::string password;
  for (std::size_t i = 0; i < bits.size(); ++i) {
    if (i != 0 && i % 5 == 0) password.push_back('-');
    password.push_back(kLetters[std::to_integer<std::size_t>(bits[i] & std::byte{0x1F})]);
  }
  return password;
}

}  // namespace registry::access
