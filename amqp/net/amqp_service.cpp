#include "amqp/net/amqp_service.h"

#include <memory>
#include <string>
#include <utility>

namespace amqp::net {
namespace {

std::string certified_user(const core::SocketPump& pump, AmqpSettings::CertifiedUser which) {
  auto certificate = pump.peer_certificate();
  if (!certificate) return {};
  return which == AmqpSettings::CertifiedUser::common_name ? std::move(certificate->common_name)
                                                           : std::move(certificate->subject);
}

session::Peer peer_of(const core::SocketPump& pump, const AmqpSettings& settings) {
  session::Peer peer{.address = pump.peer().to_string(),
                     .from_loopback = pump.peer().is_loopback(),
                     .host = pump.peer().host()};
  if (pump.is_tls()) {
    peer.certified_user = [&pump, which = settings.certified_user] {
      return certified_user(pump, which);
    };
  }
  return peer;
}

}  // namespace

AmqpConnection::AmqpConnection(core::Shard& shard, core::PumpOwner& owner, port::Broker& broker,
                               port::Authenticator& authenticator, const AmqpSettings& settings,
                               Arrival arrival)
    : SessionPump(shard, owner, settings.pump, std::move(arrival.admitted.accepted),
                  std::move(arrival.admitted.tls), std::move(arrival.admitted.place),
                  [&](core::SocketPump& own) {
                    return session::ServerSession{
                        broker,           authenticator,          own,
                        settings.session, peer_of(own, settings), shard.now()};
                  }),
      seat_(std::move(arrival.seat)) {}

AmqpService::AmqpService(core::Shard& shard, port::Broker& broker,
                         port::Authenticator& authenticator, const AmqpSettings& settings,
                         AmqpHouse& house, core::ConnectionLimits& limits)
    : shard_(shard),
      broker_(broker),
      authenticator_(authenticator),
      settings_(settings),
      house_(house),
      gate_(shard, limits, {}, [this](core::Admitted admitted) { enter(std::move(admitted)); }) {
  house.join(shard.self(), this);
}

void AmqpService::enter(core::Admitted admitted) {
  Arrival arrival{std::move(admitted), house_.take_seat()};
  const core::ShardId to = arrival.seat.shard();
  if (to == shard_.self()) return welcome(std::move(arrival));
  shard_.send(to,
              [&there = house_.service(to), moved = std::make_unique<Arrival>(std::move(arrival))] {
                there.welcome(std::move(*moved));
              });
}

void AmqpService::welcome(Arrival arrival) {
  if (closed_) return;
  core::PumpOwner& owner = *this;
  table_.adopt(std::make_unique<AmqpConnection>(shard_, owner, broker_, authenticator_, settings_,
                                                std::move(arrival)));
}

void AmqpService::pump_closed(core::SocketPump& pump) {
  if (settings_.ended) settings_.ended(shard_.self(), static_cast<AmqpConnection&>(pump));
  table_.pump_closed(pump);
}

void AmqpService::close_connections(std::string_view reason) {
  closed_ = true;
  table_.each([&](AmqpConnection& connection) {
    connection.session().close(wire::kConnectionForced, reason, shard_.now());
    connection.session_changed();
  });
}

void AmqpService::drop_connections() {
  closed_ = true;
  table_.each([](AmqpConnection& connection) { connection.drop(); });
}

}  // namespace amqp::net
