#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "amqp/broker/change.h"
#include "amqp/broker/settings.h"
#include "amqp/broker/topology.h"
#include "amqp/port/broker.h"

namespace amqp::broker {

/// Why `change`, which clients may make otherwise, would go beyond the limits (406, in the words
/// that RabbitMQ has for limits of virtual hosts); nullopt when it fits. What the house declares
/// for itself is not counted.
[[nodiscard]] std::optional<port::Refusal> beyond_limits(const BrokerLimits& limits,
                                                         Topology& topology, const Change& change);

/// The queue has as many consumers as it may have (406).
[[nodiscard]] port::Refusal consumer_limit(std::string_view queue, std::string_view vhost,
                                           std::size_t limit);

}  // namespace amqp::broker
