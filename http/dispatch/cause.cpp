#include "http/dispatch/cause.h"

#include <array>

namespace http::dispatch {
namespace {

struct Words {
  std::string_view label;
  std::string_view explanation;
};

/// In the order of Cause.
constexpr std::array<Words, kCauses> kWords{{
    {"none", "none"},
    {"unauthenticated", "no session"},
    {"forbidden", "not authorized"},
    {"not_found", "no service and no resource of this path"},
    {"caller_gone", "the caller closed the connection"},
    {"over_budget", "a filter took too many steps on this path"},
    {"too_many_pending", "too many requests wait for a reply"},
    {"shutting_down", "the gateway is shutting down"},
    {"broker_away", "there is no connection to the broker"},
    {"no_exchange", "the exchange of the service does not exist"},
    {"not_routed",
     "not routed: no queue is bound to the exchange of the service with its routing key"},
    {"not_placed", "published, but the broker has not said where the message went"},
    {"not_consumed", "routed to a queue, but nobody consumes it"},
    {"consumers_busy", "routed to a queue, but its consumers are busy: none took the message"},
    {"not_acknowledged",
     "delivered but not acknowledged: a consumer has the message and is silent"},
    {"no_reply", "acknowledged but no reply: the consumer took the message and sent nothing back"},
    {"reply_unusable", "the reply of the service cannot be used"},
}};

const Words& words(Cause cause) { return kWords[static_cast<std::size_t>(cause)]; }

}  // namespace

std::string_view label(Cause cause) { return words(cause).label; }
std::string_view explain(Cause cause) { return words(cause).explanation; }

Cause cause_of_silence(const core::StageRecord& record, bool unroutable, bool routed) {
  using core::Stage;
  if (record.at(Stage::delivered)) {
    return record.at(Stage::acked) ? Cause::no_reply : Cause::not_acknowledged;
  }
  if (record.at(Stage::unattended)) return Cause::not_consumed;
  if (routed || record.at(Stage::published)) return Cause::consumers_busy;
  return unroutable ? Cause::not_routed : Cause::not_placed;
}

}  // namespace http::dispatch
