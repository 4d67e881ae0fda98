#pragma once

#include <optional>
#include <string_view>

#include "amqp/access/guard.h"
#include "amqp/broker/settings.h"
#include "amqp/broker/topology.h"
#include "amqp/port/broker.h"

namespace amqp::broker {

// Which operation needs which right, as RabbitMQ has it. nullopt: go on. The refusal is 403 in
// RabbitMQ's words; asked again, the guard may say otherwise, since permissions change.
//
//   operation                configure   write                   read
//   declare exchange         exchange    alternate exchange (1)  exchange, with an alternate (1)
//   declare queue            queue       dead-letter exchange(1) queue, with dead letters (1)
//   declare, passive         -           -                       -
//   delete                   what goes   -                       -
//   bind, unbind             -           destination             source, and its topics (2)
//   publish                  -           exchange and topics (2) -
//   consume, get, purge      -           -                       queue
//   cancel, ack and so on    -           -                       -
//
//   (1) when the declaration makes something new
//   (2) at a topic exchange: the routing key, where the user has a rule for that exchange
//
// The default exchange is called amq.default here, and a queue that is still to get a name
// kServerNamed.

/// What a name of the broker's own making looks like (amq.gen- and 22 letters).
inline constexpr std::string_view kServerNamed = "amq.gen-AAAAAAAAAAAAAAAAAAAAAA";

[[nodiscard]] std::optional<port::Refusal> forbidden(access::Guard& guard, const Vhost& vhost,
                                                     const port::Request& request);

/// Whoever may enter the gateway's vhost may write to the reply exchange: services answer there,
/// and nothing is there to be found but by the secret correlation id of a request.
[[nodiscard]] std::optional<port::Refusal> forbidden(access::Guard& guard, const Vhost& vhost,
                                                     const port::Publish& publish,
                                                     const BrokerSettings& settings);

/// For connection.open (530).
[[nodiscard]] std::optional<port::Refusal> forbidden_entry(access::Guard& guard,
                                                           std::string_view vhost);

}  // namespace amqp::broker
