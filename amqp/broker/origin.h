#pragma once

#include "amqp/broker/change.h"
#include "amqp/port/broker.h"

namespace amqp::broker {

/// Who asked, and so whom to answer. Connection 0 is nobody: the work is done for its own sake.
struct Origin {
  core::ShardId shard;
  port::ConnectionId connection;
  port::ChannelId channel;
  port::ConsumerId consumer;  // ends with the answer (cancelled, or never begun); 0 is none

  [[nodiscard]] Owner owner() const { return {shard, connection}; }
};
inline constexpr port::ConnectionId kNobody{0};
/// No channel asked but the connection, which leaves.
inline constexpr port::ChannelId kConnectionItself{0};

}  // namespace amqp::broker
