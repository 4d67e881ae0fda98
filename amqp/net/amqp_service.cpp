#include "amqp/net/amqp_service.h"

#include <memory>

namespace amqp::net {
namespace {

session::Peer peer_of(const core::SocketPump& pump) {
  return {.address = pump.peer().to_string(),
          .from_loopback = pump.peer().is_loopback(),
          .host = pump.peer().host()};
}

}  // namespace

AmqpConnection::AmqpConnection(core::Shard& shard, core::PumpOwner& owner, port::Broker& broker,
                               port::Authenticator& authenticator,
                               const session::Settings& settings, const core::PumpOptions& pump,
                               core::Admitted admitted)
    : SessionPump(shard, owner, pump, std::move(admitted.accepted), std::move(admitted.tls),
                  std::move(admitted.place), [&](core::SocketPump& own) {
                    return session::ServerSession{broker,   authenticator, own,
                                                  settings, peer_of(own),  shard.now()};
                  }) {}

AmqpService::AmqpService(core::Shard& shard, port::Broker& broker,
                         port::Authenticator& authenticator, const AmqpSettings& settings,
                         core::ConnectionLimits& limits)
    : shard_(shard),
      broker_(broker),
      authenticator_(authenticator),
      settings_(settings),
      gate_(shard, limits, {}, [this](core::Admitted admitted) { enter(std::move(admitted)); }) {}

void AmqpService::enter(core::Admitted admitted) {
  core::PumpOwner& owner = *this;
  table_.adopt(std::make_unique<AmqpConnection>(shard_, owner, broker_, authenticator_,
                                                settings_.session, settings_.pump,
                                                std::move(admitted)));
}

void AmqpService::pump_closed(core::SocketPump& pump) {
  if (settings_.ended) settings_.ended(shard_.self(), static_cast<AmqpConnection&>(pump));
  table_.pump_closed(pump);
}

void AmqpService::close_connections(std::string_view reason) {
  table_.each([&](AmqpConnection& connection) {
    connection.session().close(wire::kConnectionForced, reason, shard_.now());
    connection.session_changed();
  });
}

void AmqpService::drop_connections() {
  table_.each([](AmqpConnection& connection) { connection.drop(); });
}

}  // namespace amqp::net
