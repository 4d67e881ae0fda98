#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "core/base/random.h"

namespace amqp::broker {

/// What the broker is told at start; the same on every shard.
struct BrokerSettings {
  /// Replies of services go to the exchange `<prefix>.replyExchange`.
  std::string prefix = "vcd";
  /// The exchange where the gateway sends what no service has its own exchange for.
  std::string system_exchange = "systemExchange";
  /// The identity of this cell, as text; part of the names of the reply queues.
  std::string cell;
  /// Makes the names of server-named queues; a test gives one that repeats itself.
  std::function<std::uint64_t()> random = core::random_u64;

  [[nodiscard]] std::string reply_exchange() const { return prefix + ".replyExchange"; }
  /// `<prefix>.replyQueue.<cell>` on shard 0, `<prefix>.replyQueue.<cell>.<n>` on shard n.
  [[nodiscard]] std::string reply_queue(std::uint16_t shard) const {
    const std::string name = prefix + ".replyQueue." + cell;
    return shard == 0 ? name : name + "." + std::to_string(shard);
  }
};

}  // namespace amqp::broker
