#pragma once

#include <memory>

#include "tools/oriel/bench/net.h"

namespace oriel::bench {

/// The floor to compare with: a relay and a service behind it, each on a thread of its own, that do
/// nothing but pass octets on over TCP on the loopback. A message takes as many hops as a request
/// through the gateway: caller, relay, service, relay, caller. Each caller's connection has one of
/// its own from the relay to the service.
class PingPong {
 public:
  PingPong();
  ~PingPong();
  [[nodiscard]] Target target() const;  ///< The relay.

 private:
  class Server;
  std::unique_ptr<Server> service_;
  std::unique_ptr<Server> relay_;
};

}  // namespace oriel::bench
