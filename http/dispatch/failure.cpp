#include "http/dispatch/failure.h"

#include <utility>

namespace http::dispatch {
namespace {

using registry::model::Service;

constexpr std::string_view kRetryAfterSeconds = "1";

std::string with_cause(std::string message, Cause cause) {
  message += ". Cause: ";
  message += explain(cause);
  return message;
}

std::string named(const Service& service) { return "External service '" + service.name + "'"; }

Failure unavailable(Cause cause, std::string message) {
  return {.cause = cause,
          .status = 503,
          .minor_code = error::kServiceUnavailable,
          .message = std::move(message),
          .retry = true,
          .detail = {}};
}

Failure failed(Cause cause, std::string message) {
  return {.cause = cause,
          .status = 500,
          .minor_code = error::kInternalServerError,
          .message = std::move(message),
          .retry = false,
          .detail = {}};
}

}  // namespace

Failure timed_out(const Service& service, std::chrono::seconds timeout, Cause cause) {
  return {.cause = cause,
          .status = 504,
          .minor_code = error::kGatewayTimeout,
          .message = with_cause(named(service) + " failed to respond in the specified timeout (" +
                                    std::to_string(timeout.count()) + " SECONDS)",
                                cause),
          .retry = false,
          .detail = {}};
}

Failure unroutable(const Service& service) {
  return unavailable(Cause::not_routed,
                     with_cause(named(service) + " is not available", Cause::not_routed));
}

Failure no_exchange(const Service& service) {
  return failed(Cause::no_exchange,
                with_cause(named(service) + " cannot be reached", Cause::no_exchange));
}

Failure cannot_send(const Service& service) {
  return failed(Cause::broker_away,
                with_cause("Cannot send message to service with id: " + service.id.to_string() +
                               ". Check your service configuration",
                           Cause::broker_away));
}

Failure too_many_pending(const Service& service) {
  return unavailable(Cause::too_many_pending,
                     with_cause(named(service) + " is overloaded", Cause::too_many_pending));
}

Failure unusable_reply(const Service& service, std::string reason) {
  Failure failure =
      failed(Cause::reply_unusable,
             with_cause(named(service) + " failed to answer the request", Cause::reply_unusable) +
                 ": " + reason);
  failure.detail = std::move(reason);
  return failure;
}

Failure over_budget(const Service& service) {
  Failure failure =
      unavailable(Cause::over_budget, with_cause("A filter of external service '" + service.name +
                                                     "' cannot be matched against this path",
                                                 Cause::over_budget));
  failure.service = service.name;
  return failure;
}

Failure unauthenticated() {
  return {.cause = Cause::unauthenticated,
          .status = 401,
          .minor_code = error::kUnauthorized,
          .message = "The request needs a session",
          .retry = false,
          .detail = {}};
}

Failure forbidden(const Service& service, std::string_view why) {
  return {.cause = Cause::forbidden,
          .status = 403,
          .minor_code = error::kForbidden,
          .message = "Access to external service '" + service.name + "' is forbidden",
          .retry = false,
          .detail = std::string{why},
          .service = service.name};
}

Failure not_found() {
  return {.cause = Cause::not_found,
          .status = 404,
          .minor_code = error::kNotFound,
          .message = "There is no such resource",
          .retry = false,
          .detail = {}};
}

Failure shutting_down() {
  return unavailable(Cause::shutting_down, "The gateway is shutting down");
}

Failure overloaded() {
  return unavailable(Cause::too_many_pending, "The gateway has too many requests");
}

message::Response render(const Failure& failure, const message::Request& request) {
  message::Response response = error::render(
      {.status = failure.status, .minor_code = failure.minor_code, .message = failure.message},
      request);
  if (failure.retry) response.headers.set("Retry-After", kRetryAfterSeconds);
  return response;
}

}  // namespace http::dispatch
