#pragma once

#include <cstddef>
#include <string_view>

#include "core/memory/output.h"
#include "http/message/message.h"

namespace http::session {

/// What the request, and the connection, ask of the way its answer is written.
struct ResponseForm {
  bool head_request = false;
  bool http_1_0 = false;
  bool keep_alive = true;
  std::size_t chunked_above = 0;  // octets; longer bodies go out chunked unless http_1_0
  std::string_view date;
};

/// Whether `response` may be sent: a final status that fits three digits, and fields whose names
/// are tokens and whose values have no control character but the tab (RFC 9110 §5). Whoever made
/// the response should have seen to it; this is the last place where a smuggled CRLF can be
/// stopped.
[[nodiscard]] bool is_sendable(const message::Response& response);

/// Writes status line, fields and body (RFC 9112 §4, §6). Content-Length or chunks, Date, Server
/// and Connection are ours: fields of these names, and of others that speak about this connection
/// only, are left out. No body for HEAD, 204 and 304.
void write_response(core::Output& output, const message::Response& response,
                    const ResponseForm& form);

}  // namespace http::session
