#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace http::vcloud {

/// What a client says to be let in by a broker.
struct BrokerLogin {
  std::string user;
  std::string password;
  std::string vhost;
  std::string source;  // the IP address of who asks: guessing is slowed down by it
};

/// The broker in this process: what the settings of AMQP say of it until somebody writes others,
/// and what it says to logins (spec section 4.9).
struct EmbeddedBroker {
  struct Place {
    std::uint16_t port = 5672;      // 0: it has no listener of this sort
    std::uint16_t tls_port = 5671;  // the same
    std::string prefix = "vcd";     // the names of the reply exchange and queues begin with it
  };
  using Verdict = std::optional<std::string>;  // why it refuses; nullopt: it does not

  /// Complete before the first request, as the listeners are bound late.
  std::shared_ptr<const Place> place = std::make_shared<Place>();
  /// Judges a login as the broker itself does, and runs `done` on the calling shard, within the
  /// call or later. Null: it refuses nobody.
  std::function<void(BrokerLogin login, std::function<void(Verdict)> done)> judge = nullptr;
};

}  // namespace http::vcloud
