#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "amqp/wire/ids.h"
#include "core/base/strong.h"
#include "core/memory/shared_bytes.h"
#include "core/post/letter.h"
#include "core/stage/stage.h"
#include "core/time/instant.h"

namespace amqp::port {

using ChannelId = wire::ChannelId;
/// A connection to the broker on one shard; unique on that shard for the life of the process.
using ConnectionId = core::Strong<struct ConnectionIdTag, std::uint64_t>;
/// A consumer, unique in the process: the shard of its channel is in the upper 16 bits.
using ConsumerId = core::Strong<struct ConsumerIdTag, std::uint64_t>;
/// A queue, unique in the process: its home shard is in the upper 16 bits.
using QueueId = core::Strong<struct QueueIdTag, std::uint64_t>;
/// A message's place in one queue: given in publishing order, never given twice.
using QueuePosition = core::Strong<struct QueuePositionTag, std::uint64_t>;

inline constexpr unsigned kShardShift = 48;
[[nodiscard]] inline core::ShardId home_of(QueueId queue) {
  return core::ShardId{static_cast<std::uint16_t>(queue.value() >> kShardShift)};
}
[[nodiscard]] inline core::ShardId shard_of(ConsumerId consumer) {
  return core::ShardId{static_cast<std::uint16_t>(consumer.value() >> kShardShift)};
}

/// What the properties say about a message's treatment; the broker acts on these alone.
struct MessageTraits {
  bool persistent = false;           // delivery-mode 2: a durable queue keeps it on disk
  std::uint8_t priority = 0;         // of a queue with x-max-priority
  std::optional<core::Duration> ttl;  // expiration, from when a queue takes the message
};

/// A message as it was published: immutable, and shared by every queue and consumer that has it.
struct Message {
  std::string exchange;
  std::string routing_key;
  /// The property flags and list of the content header (AMQP 0-9-1 §4.2.6.1), octet for octet as
  /// the publisher wrote them, so that consumers get what was sent.
  core::SharedBytes properties;
  core::SharedBytes body;
  MessageTraits traits;
  core::StageMark mark;  ///< Set for requests that came through the gateway.
  core::Instant expires = core::Instant::max();  ///< From then on nobody wants it.
};
using MessagePtr = std::shared_ptr<const Message>;

}  // namespace amqp::port
