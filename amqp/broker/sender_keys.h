#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "amqp/port/broker.h"
#include "amqp/wire/properties.h"
#include "core/base/octets.h"
#include "core/base/result.h"

namespace amqp::broker {

/// Sender-selected distribution, as in RabbitMQ: the headers CC and BCC are arrays of long strings,
/// each one more routing key of the message. Consumers see CC and never BCC.
inline constexpr std::string_view kCarbonCopy = "CC";
inline constexpr std::string_view kBlindCopy = "BCC";

/// Whether the properties may have one of the two: a look at the flags and for two letters in the
/// headers, which messages without headers do not pay for.
[[nodiscard]] bool may_have_sender_keys(core::Octets properties);

/// The additional keys; what in an array is no long string is none. A header that is no array: its
/// name and type, refused with 406.
[[nodiscard]] core::Result<std::vector<std::string>, port::Refusal> sender_keys(
    const wire::FieldTable& headers);

/// Removes the header; whether it was there.
bool drop_header(wire::FieldTable& headers, std::string_view name);

}  // namespace amqp::broker
