#pragma once

#include <cstdint>
#include <string_view>

#include "core/stage/stage.h"

namespace http::dispatch {

/// Why a request did not get the answer that its caller wanted. `none` is the cause of a request
/// that a service or the native API answered, whatever the status.
enum class Cause : std::uint8_t {
  none,
  // The caller.
  unauthenticated,  // 401: an extension URL without a good token
  forbidden,        // 403
  not_found,        // 404: no filter and no native resource
  caller_gone,      // no answer: the connection went first
  // The gateway.
  over_budget,       // 503: a filter took too long on this path
  too_many_pending,  // 503: the service, or this shard, has its bound of waiting requests
  shutting_down,     // 503
  // The way to the service.
  broker_away,  // 500: there is no broker to talk to
  no_exchange,  // 500: the service's exchange does not exist
  not_routed,   // 503, or 504 when told to wait: no queue is bound
  not_placed,   // 504: the broker did not say what it did with the message
  // The service: routed, and then silence (504).
  not_consumed,      // nobody consumes the queue
  consumers_busy,    // consumers are there, but none took the message
  not_acknowledged,  // a consumer has it and says nothing
  no_reply,          // a consumer acknowledged it, but no reply came
  // The reply.
  reply_unusable,  // 500: not the JSON it should be
};
inline constexpr std::size_t kCauses = 17;

/// A word for log lines and metric labels, e.g. "not_acknowledged".
[[nodiscard]] std::string_view label(Cause cause);

/// What to tell the person who sees the error: a sentence without a full stop, e.g. "delivered but
/// not acknowledged: …".
[[nodiscard]] std::string_view explain(Cause cause);

/// Why a service that was asked is silent, read from what the broker marked. `unroutable` and
/// `routed` are what the broker said of the publish; neither, while it has said nothing.
[[nodiscard]] Cause cause_of_silence(const core::StageRecord& record, bool unroutable, bool routed);

}  // namespace http::dispatch
