#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "amqp/broker/broker_shard.h"
#include "amqp/store/memory_log.h"
#include "tests/sim/brokers.h"
#include "tests/sim/post_office.h"

namespace sim {

/// What a world's brokers keep things in, and how much of them.
struct Keeping {
  amqp::catalog::Scribe* scribe = nullptr;
  std::function<std::unique_ptr<amqp::store::MessageLog>()> make_log =
      std::make_unique<amqp::store::MemoryLog>;
  amqp::broker::BrokerLimits limits{};
  std::vector<const amqp::access::Keeper*> keepers{};  // by shard; empty: everybody may everything
};

/// The real broker on any number of shards, with a simulated post office and clock.
class BrokerWorld final : public Brokers {
 public:
  explicit BrokerWorld(std::uint16_t shards, std::uint64_t seed = 1, const Keeping& keeping = {})
      : office_(shards, seed) {
    house_.scribe = keeping.scribe;
    house_.keepers = keeping.keepers;
    settings_.cell = "cell";
    settings_.limits = keeping.limits;
    settings_.random = [next = seed]() mutable { return next += 0x9E3779B97F4A7C15U; };
    for (std::uint16_t i = 0; i < shards; ++i) {
      logs_.push_back(keeping.make_log());
      brokers_.push_back(std::make_unique<amqp::broker::BrokerShard>(
          office_.post(core::ShardId{i}), clock_, house_, settings_, *logs_.back()));
      house_.shards.push_back(brokers_.back().get());
    }
  }

  [[nodiscard]] amqp::broker::BrokerShard& broker(unsigned shard) override {
    return *brokers_[shard];
  }
  [[nodiscard]] const amqp::broker::BrokerShard& broker(unsigned shard) const {
    return *brokers_[shard];
  }
  template <typename Log = amqp::store::MemoryLog>
  [[nodiscard]] Log& log(unsigned shard) {
    return static_cast<Log&>(*logs_[shard]);
  }
  [[nodiscard]] PostOffice& office() { return office_; }
  [[nodiscard]] core::ManualClock& clock() override { return clock_; }
  [[nodiscard]] unsigned shards() const override {
    return static_cast<unsigned>(brokers_.size());
  }

  /// Lets every broker see to what has ended by now.
  void expire() {
    for (const auto& broker : brokers_) {
      while (broker->deadline() && *broker->deadline() <= now()) broker->expired(now());
    }
  }
  void check_invariants() {
    for (const auto& broker : brokers_) broker->check_invariants();
  }

 private:
  core::ManualClock clock_;
  amqp::broker::BrokerSettings settings_;
  amqp::broker::BrokerHouse house_;
  PostOffice office_;
  std::vector<std::unique_ptr<amqp::store::MessageLog>> logs_;
  std::vector<std::unique_ptr<amqp::broker::BrokerShard>> brokers_;
};

}  // namespace sim
