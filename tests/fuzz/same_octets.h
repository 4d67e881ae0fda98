#pragma once

#include "core/base/check.h"
#include "core/base/octets.h"

namespace fuzz {

/// Checks that `encoded` is what `decoded` was read from. A boolean may have come as any octet but
/// 0 and goes as 1; bits that stand for no field go as 0.
inline void check_same_octets(core::Octets decoded, core::Octets encoded) {
  CORE_CHECK(decoded.size() == encoded.size());
  for (std::size_t i = 0; i < decoded.size(); ++i) {
    const bool boolean = encoded[i] == std::byte{1} && decoded[i] != std::byte{0};
    const bool fewer_bits = (decoded[i] & encoded[i]) == encoded[i];
    CORE_CHECK(decoded[i] == encoded[i] || boolean || fewer_bits);
  }
}

}  // namespace fuzz
