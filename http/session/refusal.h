#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "http/message/message.h"

namespace http::session {

/// Why the session itself answers a request, and with what.
struct Refusal {
  std::uint16_t status = 400;
  std::string_view reason;  // static text, e.g. "two Host headers"
  std::size_t limit = 0;    // octets that were the most; 0: it is about something else
};

/// The reason with its limit: "body beyond the limit of 10485760 octets".
[[nodiscard]] std::string words_of(const Refusal& refusal);

/// Makes the answer for a refusal. `so_far` is as much of the request as had been read: perhaps
/// without headers, without a target, without anything.
using RenderRefusal = message::Response (*)(const Refusal& refusal, const message::Request& so_far);

/// The reason as one line of plain text.
[[nodiscard]] message::Response render_plain(const Refusal& refusal,
                                             const message::Request& so_far);

}  // namespace http::session
