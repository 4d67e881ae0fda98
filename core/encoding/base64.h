#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/base/octets.h"
#include "core/memory/buffer.h"

namespace core {

/// Base64 (RFC 4648 §4): the standard alphabet, padded.
[[nodiscard]] constexpr std::size_t base64_size(std::size_t octets) { return (octets + 2) / 3 * 4; }

/// Writes `octets` in base64 at the end of `out`, without line breaks.
void append_base64(Buffer& out, Octets octets);

enum class Base64 {
  strict,   // exactly what append_base64 writes: padded, unused bits zero, nothing else
  lenient,  // also: white space anywhere, padding left out, unused bits set
};

/// Decodes `text` to the end of `out`; false when it is not base64, and then `out` is as it was.
[[nodiscard]] bool decode_base64(std::string_view text, Base64 how, Buffer& out);

}  // namespace core
