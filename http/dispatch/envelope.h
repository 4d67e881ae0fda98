#pragma once

#include <chrono>
#include <string>

#include "amqp/port/port.h"
#include "core/base/uuid.h"
#include "core/memory/shared_bytes.h"
#include "core/time/instant.h"
#include "http/message/message.h"
#include "registry/access/caller.h"

namespace http::dispatch {

/// What a service is asked about: a request, or the response that a request got.
struct Question {
  core::Uuid id;  // of the request
  const message::Request* request = nullptr;
  const message::Response* response = nullptr;  // null: the request itself is the question
  const registry::access::Caller* caller = nullptr;
};

/// The body of the message (spec section 4.4): UTF-8 JSON `[message, securityContext, {}]`, written
/// once, straight into the buffer that the broker shares out.
///
/// Header values that are not UTF-8 are read as ISO 8859-1, as Java's servlet containers do.
[[nodiscard]] core::SharedBytes encode_envelope(const Question& question);

/// The properties of the message (spec section 4.3).
[[nodiscard]] amqp::port::Properties envelope_properties(const Question& question,
                                                         const amqp::port::ReplyAddress& reply_to,
                                                         std::string correlation_id,
                                                         std::chrono::milliseconds timeout,
                                                         core::WallTime now);

}  // namespace http::dispatch
