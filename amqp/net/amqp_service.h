#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "amqp/net/amqp_house.h"
#include "amqp/port/authenticator.h"
#include "amqp/port/broker.h"
#include "amqp/session/server_session.h"
#include "core/shard/connection_limits.h"
#include "core/shard/connection_table.h"
#include "core/shard/gate.h"
#include "core/shard/pump.h"
#include "core/shard/shard.h"

namespace amqp::net {

class AmqpConnection;

/// What all AMQP connections have in common, on all shards; outlives them.
struct AmqpSettings {
  /// What of a trusted client certificate is the user's name (SASL EXTERNAL).
  enum class CertifiedUser : std::uint8_t { common_name, subject };
  CertifiedUser certified_user = CertifiedUser::common_name;

  session::Settings session;
  core::PumpOptions pump;
  /// Told of each connection that is gone, on its shard, while it can still be looked at.
  std::function<void(core::ShardId, const AmqpConnection&)> ended;
};

/// A connection that somebody opened to us, and where it shall live.
struct Arrival {
  core::Admitted admitted;
  AmqpHouse::Seat seat;
};

/// One AMQP connection on a shard.
class AmqpConnection final : public core::SessionPump<session::ServerSession> {
 public:
  AmqpConnection(core::Shard& shard, core::PumpOwner& owner, port::Broker& broker,
                 port::Authenticator& authenticator, const AmqpSettings& settings, Arrival arrival);

 private:
  const AmqpHouse::Seat seat_;
};

/// AMQP on one shard: listeners and connections. The kernel gives a connection to the listener of
/// any shard; it lives on the shard that AmqpHouse names. Used on its shard only (before it runs:
/// by whoever builds the house).
class AmqpService final : private core::PumpOwner {
 public:
  /// All of them outlive the service.
  AmqpService(core::Shard& shard, port::Broker& broker, port::Authenticator& authenticator,
              const AmqpSettings& settings, AmqpHouse& house, core::ConnectionLimits& limits);

  /// As core::Gate.
  core::Address listen(const core::Address& address, core::tls::ServerContextPtr tls) {
    return gate_.listen(address, std::move(tls));
  }
  void open() { gate_.open(); }
  void stop_listening() { gate_.close(); }
  void use_certificate(const core::tls::ServerContextPtr& tls) { gate_.use_certificate(tls); }

  /// The end: clients are told connection.close with 320 (connection-forced).
  void close_connections(std::string_view reason);
  void drop_connections();  ///< What is left closes now.

  [[nodiscard]] std::size_t connections() const { return table_.size(); }
  [[nodiscard]] std::uint64_t refused() const { return gate_.refused(); }
  /// Calls `visit(AmqpConnection&)` for each.
  template <typename Visit>
  void each(Visit&& visit) {
    table_.each(std::forward<Visit>(visit));
  }

 private:
  /// Finds a shard for the connection; its service has it from then on.
  void enter(core::Admitted admitted);
  void welcome(Arrival arrival);
  void pump_closed(core::SocketPump& pump) override;

  core::Shard& shard_;
  port::Broker& broker_;
  port::Authenticator& authenticator_;
  const AmqpSettings& settings_;
  AmqpHouse& house_;
  bool closed_ = false;  // what arrives late is dropped
  core::ConnectionTable<AmqpConnection> table_;
  core::Gate gate_;
};

}  // namespace amqp::net
