#pragma once

#include "amqp/broker/broker_shard.h"
#include "core/time/clock.h"

namespace sim {

/// The brokers of all shards and their clock, as clients need them.
class Brokers {
 public:
  virtual ~Brokers() = default;
  [[nodiscard]] virtual amqp::broker::BrokerShard& broker(unsigned shard) = 0;
  [[nodiscard]] virtual unsigned shards() const = 0;
  [[nodiscard]] virtual core::ManualClock& clock() = 0;
  [[nodiscard]] core::Instant now() { return clock().now(); }
};

}  // namespace sim
