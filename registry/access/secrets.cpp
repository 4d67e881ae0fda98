#include "registry/access/secrets.h"

#include <openssl/crypto.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "core/base/check.h"
#include "core/base/random.h"

namespace registry::access {
namespace {

std::uint64_t word_at(const char* octets) {
  std::uint64_t word = 0;
  std::memcpy(&word, octets, sizeof(word));
  return word;
}

}  // namespace

bool equal_secrets(std::string_view left, std::string_view right) {
  if (left.size() != right.size()) return false;
  // Eight octets at a time: an access token has some 650, and is compared with each request. The
  // loop cannot be left early, as all that it gathers goes to a function that nobody sees through.
  std::uint64_t difference = 0;
  std::size_t at = 0;
  for (; at + sizeof(difference) <= left.size(); at += sizeof(difference)) {
    difference |= word_at(left.data() + at) ^ word_at(right.data() + at);
  }
  constexpr std::uint64_t kNone = 0;
  const int words = CRYPTO_memcmp(&difference, &kNone, sizeof(difference));
  const int rest = CRYPTO_memcmp(left.data() + at, right.data() + at, left.size() - at);
  return (words | rest) == 0;
}

std::string random_digits(std::size_t octets) {
  CORE_CHECK(octets <= kRandomOctetsMax);
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<std::byte, kRandomOctetsMax> bits;
  core::fill_random(std::span{bits}.first(octets));
  std::string digits;
  digits.reserve(octets * 2);
  for (const std::byte octet : std::span{bits}.first(octets)) {
    digits.push_back(kDigits[std::to_integer<std::size_t>(octet >> 4)]);
    digits.push_back(kDigits[std::to_integer<std::size_t>(octet & std::byte{0x0F})]);
  }
  return digits;
}

std::string new_token() { return random_digits(kRandomOctetsMax); }

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
