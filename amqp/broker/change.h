#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "amqp/port/message.h"
#include "amqp/store/message_log.h"
#include "amqp/wire/field_table.h"

namespace amqp::broker {

/// A virtual host's place in the topology; the same on every shard.
using VhostId = core::Strong<struct VhostIdTag, std::uint16_t>;
inline constexpr VhostId kDefaultVhost{0};  ///< "/"
/// How many virtual hosts there may have been since the start.
inline constexpr std::size_t kVhostsMax = UINT16_MAX;

/// A connection, unique in the process.
struct Owner {
  core::ShardId shard;
  port::ConnectionId connection;
  bool operator==(const Owner&) const = default;
};
/// Owns the reply queues: no client's connection has this number.
inline constexpr port::ConnectionId kHouseConnection{0};

enum class ExchangeType : std::uint8_t { direct, fanout, topic, headers };
[[nodiscard]] std::optional<ExchangeType> exchange_type(std::string_view name);
[[nodiscard]] std::string_view name_of(ExchangeType type);

/// What an exchange was declared as (AMQP 0-9-1 §3.1.3).
struct ExchangeTraits {
  std::string name;
  ExchangeType type = ExchangeType::direct;
  bool durable = false;
  bool auto_delete = false;
  bool internal = false;
  wire::FieldTable arguments;
};

/// What a queue was declared as (AMQP 0-9-1 §3.1.4). Its home is in the id.
struct QueueTraits {
  port::QueueId id{};
  /// Its name in the log of its home. Every queue has one; only a kept one comes back by it.
  store::QueueKey key{};
  std::string name;
  bool durable = false;
  bool auto_delete = false;
  std::optional<Owner> exclusive_owner;
  wire::FieldTable arguments;

  /// Whether it outlives the process. An exclusive queue goes with its connection, so it does not.
  [[nodiscard]] bool kept() const { return durable && !exclusive_owner; }
};

enum class DestinationKind : std::uint8_t { queue, exchange };

/// Everything that makes two bindings the same one.
struct BindingTraits {
  std::string source;
  DestinationKind kind = DestinationKind::queue;
  std::string destination;
  std::string routing_key;
  wire::FieldTable arguments;
};

/// With the exchanges that every virtual host has. Its number is the next one.
struct AddVhost {
  std::string name;
};
/// With all that is in it. Its number is not used again.
struct RemoveVhost {};
struct AddExchange {
  ExchangeTraits exchange;
};
struct RemoveExchange {
  std::string name;
};
struct AddQueue {
  QueueTraits queue;
};
struct RemoveQueue {
  port::QueueId id{};
};
struct AddBinding {
  BindingTraits binding;
};
struct RemoveBinding {
  BindingTraits binding;
};

/// One step of the topology's history. The control shard puts them in order, and every replica
/// takes the same steps; what follows from one (the bindings of a queue that goes, an auto-delete
/// exchange that lost its last binding) each replica works out alike.
struct Change {
  VhostId vhost;
  std::variant<AddVhost, RemoveVhost, AddExchange, RemoveExchange, AddQueue, RemoveQueue,
               AddBinding, RemoveBinding>
      what;
};

}  // namespace amqp::broker
