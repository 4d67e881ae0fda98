#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "amqp/broker/exchange.h"
#include "amqp/broker/topology.h"
#include "core/base/octets.h"

namespace amqp::broker {

/// Finds the queues that a message goes to, on one replica of the topology.
///
/// The default exchange and direct exchanges are one look-up by hash, whatever there is else; all
/// work lists are kept, so that routing allocates nothing once they have grown. Exchanges bound to
/// exchanges are walked from one to the next, each at most once a message (so cycles end), and a
/// queue gets a message once, whichever ways lead to it. An exchange that finds nothing hands the
/// message to its `alternate-exchange`, if it was declared with one.
class Router {
 public:
  /// Appends to `out` the queues that a message published to `exchange` reaches; it may have more
  /// than one routing key (sender_keys.h).
  void route(Vhost& vhost, Exchange& exchange, std::span<const std::string_view> routing_keys,
             core::Octets properties, std::vector<QueueEntry*>& out);
  void route(Vhost& vhost, Exchange& exchange, std::string_view routing_key,
             core::Octets properties, std::vector<QueueEntry*>& out) {
    route(vhost, exchange, std::span{&routing_key, 1}, properties, out);
  }

 private:
  void visit(Exchange& exchange);

  std::uint64_t route_ = 0;         // the number of the message; marks what it has reached
  std::vector<Exchange*> to_walk_;  // at most all exchanges of the vhost
};

}  // namespace amqp::broker
