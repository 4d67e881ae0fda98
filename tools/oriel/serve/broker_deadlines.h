#pragma once

#include "amqp/broker/broker_shard.h"
#include "core/shard/shard.h"

namespace oriel::serve {

/// What happens in a broker at a time (messages expire, leases end), asked for in every turn of its
/// shard as long as this lives.
class BrokerDeadlines final : public core::DeadlineSource {
 public:
  BrokerDeadlines(core::Shard& shard, amqp::broker::BrokerShard& broker)
      : shard_(shard), broker_(broker) {
    shard_.watch(*this);
  }
  BrokerDeadlines(const BrokerDeadlines&) = delete;
  BrokerDeadlines& operator=(const BrokerDeadlines&) = delete;
  ~BrokerDeadlines() override { shard_.unwatch(*this); }

  [[nodiscard]] std::optional<core::Instant> deadline() const override {
    return broker_.deadline();
  }
  void expired(core::Instant now) override { broker_.expired(now); }

 private:
  core::Shard& shard_;
  amqp::broker::BrokerShard& broker_;
};

}  // namespace oriel::serve
