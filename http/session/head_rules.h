#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "http/message/message.h"
#include "http/session/limits.h"
#include "http/session/refusal.h"

namespace http::session {

/// The request line, taken apart: method SP target SP version CRLF (RFC 9112 §3).
struct RequestLine {
  std::string_view method;
  std::string_view target;
  bool http_1_0 = false;
};
/// Refuses (400) a line with other than two single blanks, or with a bare LF at its end, and (505)
/// a version that is neither 1.0 nor 1.1. `line` is whole, with its end.
[[nodiscard]] core::Result<RequestLine, Refusal> split_request_line(std::string_view line);

/// What the head says about the body that follows it.
struct Framing {
  bool chunked = false;
  std::uint64_t content_length = 0;
  bool expects_continue = false;
};
/// Judges the fields of a head (RFC 9112 §3.2, §6): one Host (none is fine in HTTP/1.0) that is
/// valid and says the same as `authority` of an absolute target; one way at most to find the end of
/// the body, which is not beyond the limit; no expectation but 100-continue.
[[nodiscard]] core::Result<Framing, Refusal> judge_head(const message::Headers& headers,
                                                        std::string_view authority, bool http_1_0,
                                                        const Limits& limits);

}  // namespace http::session
