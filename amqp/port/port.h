#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "amqp/wire/properties.h"
#include "core/memory/shared_bytes.h"
#include "core/stage/stage.h"
#include "core/time/instant.h"

namespace amqp::port {

using Properties = wire::Properties;
using FieldTable = wire::FieldTable;
using FieldValue = wire::FieldValue;

/// A message that the gateway sends to a service.
struct Outgoing {
  std::string_view exchange;  // seen in place: valid during the call
  std::string_view routing_key;
  Properties properties;
  core::SharedBytes body;
  core::StageMark mark;
  core::Instant expires = core::Instant::max();  // from then on nobody waits for a reply
};

enum class PublishOutcome : std::uint8_t {
  routed,       // at least one queue has it
  unroutable,   // the exchange is there, but no queue is bound with this key
  no_exchange,  // there is no such exchange
  away,         // there is no broker to talk to
};

/// A message that came to the reply queue; seen in place but for the body.
struct Reply {
  std::string_view correlation_id;
  core::SharedBytes body;
};

/// Who uses a Port. Called on the port's shard, possibly from within Port::publish.
class PortClient {
 public:
  virtual ~PortClient() = default;
  /// Once for each publish.
  virtual void published(std::uint64_t token, PublishOutcome outcome, core::Instant now) = 0;
  virtual void replied(const Reply& reply, core::Instant now) = 0;
};

/// Where services must send replies so that they come to this shard.
struct ReplyAddress {
  std::string exchange;
  std::string routing_key;
};

enum class PortState : std::uint8_t {
  ready,
  congested,  // stop reading callers until it is ready again
  away,
};

/// The gateway's way into a broker, embedded or remote. One per shard, used on that shard only.
class Port {
 public:
  virtual ~Port() = default;
  /// `token` comes back in PortClient::published, at once or later.
  virtual void publish(const Outgoing& message, std::uint64_t token, core::Instant now) = 0;
  [[nodiscard]] virtual const ReplyAddress& reply_address() const = 0;
  [[nodiscard]] virtual PortState state() const = 0;
};

}  // namespace amqp::port
