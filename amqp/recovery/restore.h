#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "amqp/broker/broker_shard.h"
#include "amqp/recovery/recover.h"

namespace amqp::recovery {

/// What a start put back, and what it could not.
struct Restored {
  std::uint64_t vhosts = 0;  // besides "/"
  std::uint64_t exchanges = 0;
  std::uint64_t queues = 0;
  std::uint64_t bindings = 0;
  std::uint64_t messages = 0;
  std::uint64_t paged = 0;               // of the messages: only the log has them for now
  std::uint64_t unclaimed = 0;           // messages of queues that the catalog does not know
  std::vector<std::string> not_fitting;  // of the catalog: each a sentence
};

/// Puts what was recovered into the brokers of all shards, which have done nothing yet; before any
/// of them runs. Messages are taken out of `recovered`. Records that belong to no queue are
/// forgotten by their logs.
[[nodiscard]] Restored restore(const broker::BrokerHouse& house, const core::Clock& clock,
                               Recovered& recovered);

}  // namespace amqp::recovery
