#pragma once

#include <functional>

#include "amqp/port/authenticator.h"
#include "registry/service/registry.h"

namespace oriel::serve {

/// Who may use the broker: system administrators with their password (as `name` or `name@System`),
/// and in a sandbox guest/guest from loopback, as RabbitMQ has it. One per shard.
class BrokerLogins final : public amqp::port::Authenticator {
 public:
  BrokerLogins(registry::service::Registry& registry, bool dev) : registry_(registry), dev_(dev) {}

  void check(amqp::port::Credentials credentials, std::function<void(bool accepted)> done) override;

 private:
  registry::service::Registry& registry_;
  const bool dev_;
};

}  // namespace oriel::serve
