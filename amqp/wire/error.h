#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "amqp/wire/ids.h"
#include "core/base/result.h"
#include "core/encoding/utf8.h"

namespace amqp::wire {

/// A reply code (AMQP 0-9-1 §1.2 constants). A plain number, as a peer may send any.
using ReplyCode = std::uint16_t;

inline constexpr ReplyCode kReplySuccess = 200;
inline constexpr ReplyCode kContentTooLarge = 311;
inline constexpr ReplyCode kNoRoute = 312;  // only in basic.return
inline constexpr ReplyCode kNoConsumers = 313;
inline constexpr ReplyCode kConnectionForced = 320;
inline constexpr ReplyCode kInvalidPath = 402;
inline constexpr ReplyCode kAccessRefused = 403;
inline constexpr ReplyCode kNotFound = 404;
inline constexpr ReplyCode kResourceLocked = 405;
inline constexpr ReplyCode kPreconditionFailed = 406;
inline constexpr ReplyCode kFrameError = 501;
inline constexpr ReplyCode kSyntaxError = 502;
inline constexpr ReplyCode kCommandInvalid = 503;
inline constexpr ReplyCode kChannelError = 504;
inline constexpr ReplyCode kUnexpectedFrame = 505;
inline constexpr ReplyCode kResourceError = 506;
inline constexpr ReplyCode kNotAllowed = 530;
inline constexpr ReplyCode kNotImplemented = 540;
inline constexpr ReplyCode kInternalError = 541;

/// What a peer did wrong, as connection.close or channel.close will say it.
struct ProtocolError {
  ReplyCode code = kInternalError;
  std::string text;      // what follows the code's name: see reply_text
  bool hang_up = false;  // close the socket without another word (§4.2.3)
  MethodId method{};     // the method at fault; 0,0 when it was none

  bool operator==(const ProtocolError&) const = default;
};

/// The name that clients show and match: `NOT_FOUND` for 404; empty for a code without a name.
[[nodiscard]] std::string_view reply_name(ReplyCode code);

/// Whether the code ends the connection (a hard error) rather than the channel (a soft one, §4.9).
[[nodiscard]] bool closes_connection(ReplyCode code);

/// `NAME - explanation`, cut to the 255 octets of a short string where a UTF-8 character begins.
[[nodiscard]] std::string reply_text(ReplyCode code, std::string_view explanation);

using core::is_utf8;  // names on the wire must be UTF-8 (§4.2.5.3)

[[nodiscard]] inline core::Unexpected<ProtocolError> hang_up(std::string text) {
  return core::Unexpected{ProtocolError{kFrameError, std::move(text), true, {}}};
}
[[nodiscard]] inline core::Unexpected<ProtocolError> frame_error(std::string text) {
  return core::Unexpected{ProtocolError{kFrameError, std::move(text), false, {}}};
}
[[nodiscard]] inline core::Unexpected<ProtocolError> syntax_error(std::string text,
                                                                  MethodId method = {}) {
  return core::Unexpected{ProtocolError{kSyntaxError, std::move(text), false, method}};
}

}  // namespace amqp::wire
