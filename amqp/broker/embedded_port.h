#pragma once

#include "amqp/broker/broker_shard.h"
#include "amqp/port/port.h"

namespace amqp::broker {

/// The gateway's way into the broker in the same process: publishing is a call, and a reply that
/// reaches this shard's reply queue is handed on at once, so the queue never holds anything.
///
/// The reply exchange, the reply queues of all shards and the system exchange are there from the
/// start; services may declare the exchanges again, equivalently.
class EmbeddedPort final : public port::Port {
 public:
  /// `client` gets the replies of this shard as long as the port lives.
  EmbeddedPort(BrokerShard& broker, port::PortClient& client);
  EmbeddedPort(const EmbeddedPort&) = delete;
  EmbeddedPort& operator=(const EmbeddedPort&) = delete;
  ~EmbeddedPort() override;

  /// PortClient::published is called within this call, before any reply to the message.
  void publish(const port::Outgoing& message, std::uint64_t token, core::Instant now) override;
  [[nodiscard]] const port::ReplyAddress& reply_address() const override { return address_; }
  [[nodiscard]] port::PortState state() const override;

 private:
  BrokerShard& broker_;
  port::PortClient& client_;
  port::ReplyAddress address_;
};

}  // namespace amqp::broker
