#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "amqp/broker/topology.h"
#include "amqp/port/broker.h"
#include "core/base/result.h"
#include "core/time/instant.h"

namespace amqp::broker {

enum class QueueType : std::uint8_t {
  classic,
  quorum,  // a durable queue that counts deliveries; there is one node, so one replica
  stream,  // may be declared and published to; nobody can read it
};

/// What a full queue does (x-overflow).
enum class Overflow : std::uint8_t {
  drop_head,             // takes the new message and drops its oldest
  reject_publish,        // refuses the new one
  reject_publish_to_dlx  // refuses it, and dead-letters it
};

/// How a queue treats its messages and consumers: the `x-` arguments of its declaration, read once.
/// Names and meanings are RabbitMQ's; any integer type is good for a number.
struct QueuePolicy {
  /// What a quorum queue has without x-delivery-limit, as in RabbitMQ 4.
  static constexpr std::uint32_t kDeliveryLimit = 20;

  QueueType type = QueueType::classic;
  std::optional<core::Duration> expires;      // x-expires: deleted when unused for so long
  std::optional<core::Duration> message_ttl;  // x-message-ttl
  std::optional<std::uint64_t> length_max;    // x-max-length: ready messages
  std::optional<std::uint64_t> octets_max;    // x-max-length-bytes: bodies of ready messages
  Overflow overflow = Overflow::drop_head;
  std::optional<std::string> dead_letter_exchange;  // empty text: the default exchange
  std::optional<std::string> dead_letter_key;       // x-dead-letter-routing-key
  std::uint8_t priority_max = 0;                    // x-max-priority; 0: one line for all
  bool single_active_consumer = false;
  /// x-delivery-limit of a quorum queue: a message given back more often is dropped.
  std::optional<std::uint32_t> delivery_limit;
  /// x-consumer-timeout: how long a consumer may leave a message unacknowledged; nullopt: as the
  /// settings say.
  std::optional<core::Duration> consumer_timeout;

  [[nodiscard]] bool has_limit() const { return length_max || octets_max; }

  /// What the arguments say, wrong ones left out: they were judged when the queue was declared.
  [[nodiscard]] static QueuePolicy of(const wire::FieldTable& arguments);
};

/// Whether a new queue may be declared so: nullopt, or the refusal (406), in RabbitMQ's words.
[[nodiscard]] std::optional<port::Refusal> judge_arguments(const port::DeclareQueue& declare,
                                                           const Vhost& vhost);

/// The priority among consumers that basic.consume asks for (x-priority, 0 without), or the
/// refusal (406).
[[nodiscard]] core::Result<std::int64_t, port::Refusal> consumer_priority(
    const port::Consume& consume, const Vhost& vhost);

}  // namespace amqp::broker
