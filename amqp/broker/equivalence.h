#pragma once

#include <optional>

#include "amqp/broker/topology.h"
#include "amqp/port/broker.h"

namespace amqp::broker {

/// Whether a declaration of something that exists says the same as the one that made it (AMQP 0-9-1
/// exchange.declare and queue.declare, rule "equivalent"): nullopt, or the refusal (406) that names
/// the first difference. Of the arguments only those that have a meaning count; numbers of
/// different integer types are equal when their values are, and `x-queue-type` `classic` is the
/// same as none.
[[nodiscard]] std::optional<port::Refusal> difference(const port::DeclareExchange& received,
                                                      const ExchangeTraits& current,
                                                      const Vhost& vhost);
[[nodiscard]] std::optional<port::Refusal> difference(const port::DeclareQueue& received,
                                                      const QueueTraits& current,
                                                      const Vhost& vhost);

}  // namespace amqp::broker
