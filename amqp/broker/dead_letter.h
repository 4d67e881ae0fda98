#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "amqp/port/message.h"
#include "core/base/octets.h"
#include "core/time/instant.h"

namespace amqp::broker {

/// Why a message left a queue without having been wanted.
enum class DeathReason : std::uint8_t { rejected, expired, maxlen, delivery_limit };
[[nodiscard]] std::string_view name_of(DeathReason reason);

/// A message's death in a queue, and where it goes from there.
struct Death {
  std::string_view queue;
  DeathReason reason = DeathReason::rejected;
  core::WallTime when{};
  std::string_view exchange;                    // x-dead-letter-exchange
  std::optional<std::string_view> routing_key;  // x-dead-letter-routing-key
};

/// The message that is published in the place of a dead one, with RabbitMQ's headers: x-death has a
/// table for each queue and reason, the latest first, with a count; x-first-death-* and
/// x-last-death-* name the first and the latest. The expiration is gone, or it would die again on
/// the spot. With a routing key of the queue's own the header CC is gone as well.
[[nodiscard]] port::MessagePtr dead_letter(const port::Message& message, const Death& death);

/// Whether a dead letter would come back to `queue` though nobody rejected it on the way: it would
/// go round for ever, so it is dropped.
[[nodiscard]] bool goes_round(core::Octets properties, std::string_view queue);

}  // namespace amqp::broker
