#pragma once

#include <string>
#include <string_view>

namespace amqp::broker {

/// The name that RabbitMQ's messages give to a field type ('I' is "signedint"), as people know it.
[[nodiscard]] std::string_view type_name(char type);

/// The text in single quotes.
[[nodiscard]] std::string quoted(std::string_view text);

}  // namespace amqp::broker
