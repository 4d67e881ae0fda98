#include "amqp/broker/embedded_port.h"

#include "amqp/broker/routing_desk.h"

namespace amqp::broker {

EmbeddedPort::EmbeddedPort(BrokerShard& broker, port::PortClient& client)
    : broker_(broker),
      client_(client),
      address_{broker.settings().reply_exchange(),
               broker.settings().reply_queue(broker.self().value())} {
  broker_.routing_desk().attach(&client_);
}

EmbeddedPort::~EmbeddedPort() { broker_.routing_desk().attach(nullptr); }

void EmbeddedPort::publish(const port::Outgoing& message, std::uint64_t token, core::Instant now) {
  broker_.routing_desk().publish(message, client_, token, now);
}

port::PortState EmbeddedPort::state() const {
  return broker_.congested() ? port::PortState::congested : port::PortState::ready;
}

}  // namespace amqp::broker
