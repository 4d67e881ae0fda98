#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "http/dispatch/cause.h"
#include "http/error/error.h"
#include "http/message/message.h"
#include "registry/model/model.h"

namespace http::dispatch {

/// Why a request gets an Error from the gateway instead of an answer (spec section 4.7).
struct Failure {
  Cause cause = Cause::none;
  std::uint16_t status = 500;
  std::string_view minor_code = error::kInternalServerError;
  std::string message;
  bool retry = false;        // worth another try: the answer carries Retry-After
  std::string detail;        // for the log only
  std::string service = {};  // by whose fault, where none was asked; empty: the last one asked
};

/// 504: the message of the spec, and the cause behind it.
[[nodiscard]] Failure timed_out(const registry::model::Service& service,
                                std::chrono::seconds timeout, Cause cause);
[[nodiscard]] Failure unroutable(const registry::model::Service& service);
[[nodiscard]] Failure no_exchange(const registry::model::Service& service);
[[nodiscard]] Failure cannot_send(const registry::model::Service& service);
[[nodiscard]] Failure too_many_pending(const registry::model::Service& service);
[[nodiscard]] Failure unusable_reply(const registry::model::Service& service, std::string reason);
[[nodiscard]] Failure over_budget(const registry::model::Service& service);
[[nodiscard]] Failure unauthenticated();
/// 403; `why` is for the log.
[[nodiscard]] Failure forbidden(const registry::model::Service& service, std::string_view why);
[[nodiscard]] Failure not_found();
[[nodiscard]] Failure shutting_down();
[[nodiscard]] Failure overloaded();  ///< This shard has its bound of requests.

/// The failure as an answer to `request`, in the format that it asked for.
[[nodiscard]] message::Response render(const Failure& failure, const message::Request& request);

}  // namespace http::dispatch
