#pragma once

#include "amqp/broker/broker_shard.h"
#include "core/log/log.h"

namespace oriel::serve {

/// What the message logs say, as events. Any shard.
class LogEvents final : public amqp::broker::LogWatch {
 public:
  explicit LogEvents(core::log::Logger& logger) : logger_(logger) {}
  void log_state(core::ShardId shard, amqp::store::LogState state,
                 std::string_view reason) override;
  void log_trouble(core::ShardId shard, std::string_view act, amqp::store::LogPlace where,
                   std::error_code error) override;

 private:
  core::log::Logger& logger_;
};

}  // namespace oriel::serve
