#pragma once

#include <cstdint>

#include "amqp/port/message.h"
#include "amqp/wire/properties.h"

namespace amqp::broker {

/// The same message with other properties.
[[nodiscard]] port::MessagePtr with_properties(const port::Message& message,
                                               const wire::Properties& properties);

/// The same message with `count` in its header x-delivery-count, as consumers of quorum queues
/// know it. A message whose properties cannot be read stays as it is.
[[nodiscard]] port::MessagePtr with_delivery_count(const port::Message& message,
                                                   std::uint32_t count);

}  // namespace amqp::broker
