#pragma once

#include <optional>
#include <string_view>

#include "amqp/port/authenticator.h"

namespace amqp::session {

/// The ways to log in that connection.start offers, in the order clients prefer them.
inline constexpr std::string_view kMechanisms = "PLAIN AMQPLAIN";
/// And to a client whose certificate says who it is: EXTERNAL, which needs no response.
inline constexpr std::string_view kMechanismsWithCertificate = "PLAIN AMQPLAIN EXTERNAL";

/// User and password from the response of connection.start-ok: PLAIN (RFC 4616) or AMQPLAIN, a
/// field table without its length that holds LOGIN and PASSWORD. Nullopt for another mechanism, and
/// for a response that is not as its mechanism has it. An authorization identity other than the
/// user's own is refused: nobody acts for somebody else.
[[nodiscard]] std::optional<port::Credentials> read_response(std::string_view mechanism,
                                                             std::string_view response);

}  // namespace amqp::session
