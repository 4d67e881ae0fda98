#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/memory/buffer.h"

namespace oriel::bench {

/// The one right answer to a request: its own path and the size of its body as the extension saw
/// them, then dots up to `reply_octets`.
[[nodiscard]] std::string answer_to(std::string_view path, std::size_t request_octets,
                                    std::size_t reply_octets);

/// Reads the message of the gateway (spec section 4.4) and appends the extension's reply (section
/// 4.5) with `answer_to` in it. False when the message is not what the section says.
[[nodiscard]] bool append_reply(std::string_view message, std::size_t reply_octets,
                                core::Buffer& out);

}  // namespace oriel::bench
