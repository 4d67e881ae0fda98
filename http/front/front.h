#pragma once

#include <cstdint>
#include <optional>

#include "core/base/inline_function.h"
#include "core/base/strong.h"
#include "core/time/instant.h"
#include "http/message/message.h"

namespace http::front {

/// A request that the front has taken and not yet seen to its end.
using RequestId = core::Strong<struct RequestIdTag, std::uint64_t>;

/// Takes the answer; runs once, on the shard of the request, within Front::accept or later.
using Respond = core::InlineFunction<void(RequestId, message::Response), 64>;

/// The front of the house on one shard: every request of the gateway's listeners goes in here, and
/// gets exactly one answer. No sockets inside.
class Front {
 public:
  virtual ~Front() = default;

  virtual RequestId accept(message::Request request, Respond respond, core::Instant now) = 0;
  /// The caller is gone before the last octet of the answer was written: `respond` will not run any
  /// more, a reply is dropped as late. Each request ends with exactly one of `abandon` and
  /// `written`.
  virtual void abandon(RequestId id, core::Instant now) = 0;
  /// The last octet of the answer was given to the socket.
  virtual void written(RequestId id, core::Instant now) = 0;

  /// The house closes: what waits for a service is answered 503 now, and so is what still comes.
  virtual void give_up(core::Instant now) = 0;

  /// When `expired` wants to be called next; nullopt when nothing waits.
  [[nodiscard]] virtual std::optional<core::Instant> deadline() const = 0;
  virtual void expired(core::Instant now) = 0;
  /// True while callers must not be read (the broker's mailboxes are full).
  [[nodiscard]] virtual bool congested() const = 0;
};

}  // namespace http::front
