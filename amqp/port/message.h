#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

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
  std::optional<core::Duration> ttl{};  // expiration, from when a queue takes the message
};

/// What a message is made of. Everything is seen in place and valid during the call it is given to.
struct MessageParts {
  std::string_view exchange{};
  std::string_view routing_key{};
  /// The property flags and list of the content header (AMQP 0-9-1 §4.2.6.1), octet for octet as
  /// the publisher wrote them, so that consumers get what was sent.
  core::BytesView properties{};
  core::BytesView body{};
  MessageTraits traits{};
  core::StageMark mark{};  ///< Set for requests that came through the gateway.
  core::Instant expires = core::Instant::max();  ///< From then on nobody wants it.
};

/// A message as it was published: immutable, and shared by every queue and consumer that has it.
///
/// It lies in one block with its texts, its properties and its body. A body above kCopiedBodyMax
/// that lies in a counted block already (of the socket's input, say) stays there, and that block
/// lives as long as the message.
struct Message {
  static constexpr std::size_t kCopiedBodyMax = std::size_t{16} * 1024;

  std::string_view exchange;
  std::string_view routing_key;
  core::BytesView properties;  // see MessageParts; `share` outlives the message
  core::BytesView body;
  MessageTraits traits;
  core::StageMark mark;
  core::Instant expires;

  /// The same again, for a message that differs in something.
  [[nodiscard]] MessageParts parts() const {
    return {exchange, routing_key, properties, body, traits, mark, expires};
  }
  /// What it takes of memory. Of a block that it shares with others only the body is counted.
  [[nodiscard]] std::size_t footprint() const;
};

/// A share of a message; empty by default.
class MessagePtr {
 public:
  MessagePtr() = default;
  MessagePtr(std::nullptr_t) {}  // NOLINT: as for other pointers
  MessagePtr(const MessagePtr& other) noexcept : message_(other.message_) {
    if (message_ != nullptr) block().retain();
  }
  MessagePtr(MessagePtr&& other) noexcept : message_(std::exchange(other.message_, nullptr)) {}
  MessagePtr& operator=(MessagePtr other) noexcept {
    std::swap(message_, other.message_);
    return *this;
  }
  ~MessagePtr() {
    if (message_ != nullptr) block().release();
  }

  [[nodiscard]] const Message* get() const { return message_; }
  const Message& operator*() const { return *message_; }
  const Message* operator->() const { return message_; }
  explicit operator bool() const { return message_ != nullptr; }
  bool operator==(const MessagePtr&) const = default;

 private:
  friend MessagePtr make_message(const MessageParts& parts);
  explicit MessagePtr(const Message* adopted) : message_(adopted) {}
  [[nodiscard]] core::Block& block() const { return *core::Block::of(message_); }

  const Message* message_ = nullptr;
};

[[nodiscard]] MessagePtr make_message(const MessageParts& parts);

}  // namespace amqp::port
