#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

#include "core/base/check.h"
#include "core/post/letter.h"

namespace amqp::net {

class AmqpService;

/// The AMQP services of all shards, and how many connections each has: a new one goes to the shard
/// with the fewest, among equals in turn. Services join before any shard runs; all else is for any
/// thread. Asked when a connection comes and when it ends, not between: a mutex does.
class AmqpHouse {
 public:
  /// A connection's seat on a shard; given back when destroyed.
  class Seat {
   public:
    Seat(Seat&& other) noexcept
        : house_(std::exchange(other.house_, nullptr)), shard_(other.shard_) {}
    Seat& operator=(Seat&&) = delete;
    ~Seat() {
      if (house_ != nullptr) house_->leave(shard_);
    }
    [[nodiscard]] core::ShardId shard() const { return shard_; }

   private:
    friend class AmqpHouse;
    Seat(AmqpHouse& house, core::ShardId shard) : house_(&house), shard_(shard) {}
    AmqpHouse* house_;
    core::ShardId shard_;
  };

  AmqpHouse() = default;
  AmqpHouse(const AmqpHouse&) = delete;
  AmqpHouse& operator=(const AmqpHouse&) = delete;

  /// In the order of the shards. The service lives as long as its shard runs.
  void join(core::ShardId shard, AmqpService* service) {
    CORE_CHECK(shard.value() == services_.size());
    services_.push_back(service);
    seated_.push_back(0);
  }
  [[nodiscard]] AmqpService& service(core::ShardId shard) const {
    return *services_[shard.value()];
  }
  [[nodiscard]] Seat take_seat() {
    const std::lock_guard lock{mutex_};
    std::size_t best = (last_ + 1) % seated_.size();
    for (std::size_t step = 2; step <= seated_.size(); ++step) {
      const std::size_t other = (last_ + step) % seated_.size();
      if (seated_[other] < seated_[best]) best = other;
    }
    last_ = best;
    ++seated_[best];
    return {*this, core::ShardId{static_cast<std::uint16_t>(best)}};
  }

 private:
  void leave(core::ShardId shard) {
    const std::lock_guard lock{mutex_};
    --seated_[shard.value()];
  }

  std::vector<AmqpService*> services_;  // by shard
  std::mutex mutex_;
  std::vector<std::size_t> seated_;  // by shard
  std::size_t last_ = 0;             // who was given the last connection
};

}  // namespace amqp::net
