#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "http/message/message.h"

namespace http::message {

/// How a request names what it is about (RFC 9112 §3.2). The authority form belongs to CONNECT,
/// which an origin server has no use for.
enum class TargetForm : std::uint8_t { origin, absolute, asterisk };

struct ParsedTarget {
  TargetForm form = TargetForm::origin;
  Target target;          // of the asterisk form: the path "*"
  std::string authority;  // of the absolute form: host and port as sent; else empty
};

/// Why a target is refused; a sentence's end such as "dot segment in the path".
struct TargetFault {
  std::string_view reason;
};

/// Reads the target of a request line. Path and query stay as they were sent: what a filter is
/// matched against is exactly what is forwarded. So nothing is repaired, and whatever a later
/// decoder could read as another path is refused:
///
///   everywhere      octets that a URI does not have, fragments, escapes that are not two hex
///                   digits, %00, escapes that decode to invalid UTF-8
///   in the path     encoded slashes (%2F, %5C) and controls, `.` and `..` segments, plain or
///                   encoded, also when parameters follow (`..;x`)
///   absolute form   other schemes than http and https, user information, an invalid host
///   asterisk form   for other methods than OPTIONS
///
/// Where paths begin with `encoded_slashes_below`, %2F is part of a name (the virtual host "/" is
/// %2F in RabbitMQ's management API); empty: nowhere. Who reads such a path splits it before
/// decoding.
[[nodiscard]] core::Result<ParsedTarget, TargetFault> parse_target(
    std::string_view text, std::string_view method, std::string_view encoded_slashes_below = {});

/// Whether `text` is a host with an optional port, as Host carries it (RFC 9110 §7.2): a name of
/// letters, digits and `-._~` (at most 255 octets), an IPv4 address, or an IPv6 address in
/// brackets. Percent-encoded names and sub-delimiters are legal in a URI and used by nobody but
/// attackers of whoever pastes the host into a link, so they are refused.
[[nodiscard]] bool is_host(std::string_view text);

}  // namespace http::message
