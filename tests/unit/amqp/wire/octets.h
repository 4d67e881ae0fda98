#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/octets.h"
#include "core/memory/buffer.h"

namespace amqp::wire::testing {

/// Octets as a test writes them down: `octets({3, 0, 1, 'h', 'i', 0xCE})`.
inline std::vector<std::byte> octets(std::initializer_list<int> values) {
  std::vector<std::byte> result;
  for (const int value : values) result.push_back(static_cast<std::byte>(value));
  return result;
}

/// For comparing: a failure shows text that can be read.
inline std::string hex(core::Octets octets) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::byte octet : octets) {
    const auto value = std::to_integer<unsigned>(octet);
    if (!text.empty()) text += ' ';
    text += kDigits[value >> 4U];
    text += kDigits[value & 15U];
  }
  return text;
}
inline std::string hex(const core::Buffer& buffer) { return hex(buffer.octets()); }

}  // namespace amqp::wire::testing
