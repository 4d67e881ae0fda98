#pragma once

#include <cstddef>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "core/base/random.h"
#include "core/time/instant.h"

namespace amqp::broker {

/// How much clients may make of the broker; what the house declares for itself is not counted.
struct BrokerLimits {
  std::size_t exchanges_max = 100'000;   // of a virtual host
  std::size_t queues_max = 250'000;      // of a virtual host
  std::size_t bindings_max = 1'000'000;  // of a virtual host
  std::size_t consumers_max = 65'536;    // of a queue
  /// When the messages of all queues take so much memory, publishers wait. 0: no such limit.
  std::uint64_t memory_octets_max = 0;
  /// When the messages of one shard's queues take so much memory, what comes in behind others is
  /// kept in the log alone until its turn comes. 0: never.
  std::uint64_t page_out_octets = 0;  // of a shard
};

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
  BrokerLimits limits{};

  /// How long a consumer may leave a message unacknowledged before its channel is closed, unless
  /// the queue says otherwise (x-consumer-timeout); 0: for ever.
  core::Duration consumer_timeout = std::chrono::minutes{30};

  [[nodiscard]] std::string reply_exchange() const { return prefix + ".replyExchange"; }
  /// `<prefix>.replyQueue.<cell>` on shard 0, `<prefix>.replyQueue.<cell>.<n>` on shard n.
  [[nodiscard]] std::string reply_queue(std::uint16_t shard) const {
    const std::string name = prefix + ".replyQueue." + cell;
    return shard == 0 ? name : name + "." + std::to_string(shard);
  }
};

}  // namespace amqp::broker
