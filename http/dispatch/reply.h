#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/base/result.h"
#include "core/memory/shared_bytes.h"
#include "http/message/message.h"

namespace http::dispatch {

/// What a service may make us hold.
struct ReplyLimits {
  std::size_t message_octets_max = std::size_t{16} * 1024 * 1024;  // a body of 12 MiB in base64
  std::size_t header_count_max = 100;
  std::size_t headers_octets_max = 64 * 1024;
};

/// A reply with `request: true`: what the service changed of the request before it goes on. Absent
/// members leave the request as it is.
struct Continuation {
  std::optional<std::string> method;
  std::optional<std::string> path;
  bool changes_query = false;
  std::optional<std::string> query;  // with changes_query: nullopt takes the query away
  std::optional<message::Headers> headers;
  std::optional<core::SharedBytes> body;
};

using DecodedReply = std::variant<message::Response, Continuation>;

/// Why a reply cannot be used; a sentence without a full stop.
struct UnusableReply {
  std::string reason;
};

/// Which message a reply answers: only a request can be continued; in the reply to a response, the
/// member `request` means nothing.
enum class Asked : std::uint8_t { request, response };

/// Reads the body of a reply (spec section 4.5). The service is taken for an attacker
/// (nothing that it sends can break the framing of our own answer): names must be tokens, values
/// free of control characters; hop-by-hop fields, Content-Length, Date, Server, Set-Cookie,
/// Authorization and x-vcloud-authorization are dropped.
[[nodiscard]] core::Result<DecodedReply, UnusableReply> decode_reply(std::string_view text,
                                                                     Asked asked,
                                                                     const ReplyLimits& limits);

/// `request` with what `continuation` changes.
[[nodiscard]] message::Request continued(const message::Request& request,
                                         Continuation continuation);

}  // namespace http::dispatch
