#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "amqp/broker/broker_shard.h"
#include "amqp/store/memory_log.h"
#include "core/time/clock.h"
#include "tests/sim/post_office.h"

namespace sim {

/// The real broker on any number of shards, with a simulated post office and clock.
class BrokerWorld {
 public:
  explicit BrokerWorld(std::uint16_t shards, std::uint64_t seed = 1) : office_(shards, seed) {
    settings_.cell = "cell";
    settings_.random = [next = seed]() mutable { return next += 0x9E3779B97F4A7C15U; };
    for (std::uint16_t i = 0; i < shards; ++i) {
      logs_.push_back(std::make_unique<amqp::store::MemoryLog>());
      brokers_.push_back(std::make_unique<amqp::broker::BrokerShard>(
          office_.post(core::ShardId{i}), clock_, house_, settings_, *logs_.back()));
      house_.shards.push_back(brokers_.back().get());
    }
  }

  [[nodiscard]] amqp::broker::BrokerShard& broker(unsigned shard) { return *brokers_[shard]; }
  [[nodiscard]] const amqp::broker::BrokerShard& broker(unsigned shard) const {
    return *brokers_[shard];
  }
  [[nodiscard]] amqp::store::MemoryLog& log(unsigned shard) { return *logs_[shard]; }
  [[nodiscard]] PostOffice& office() { return office_; }
  [[nodiscard]] core::ManualClock& clock() { return clock_; }
  [[nodiscard]] core::Instant now() const { return clock_.now(); }
  [[nodiscard]] unsigned shards() const { return static_cast<unsigned>(brokers_.size()); }

  void check_invariants() const {
    for (const auto& broker : brokers_) broker->check_invariants();
  }

 private:
  core::ManualClock clock_;
  amqp::broker::BrokerSettings settings_;
  amqp::broker::BrokerHouse house_;
  PostOffice office_;
  std::vector<std::unique_ptr<amqp::store::MemoryLog>> logs_;
  std::vector<std::unique_ptr<amqp::broker::BrokerShard>> brokers_;
};

}  // namespace sim
