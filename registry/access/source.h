#pragma once

#include <string>
#include <string_view>

namespace registry::access {

/// Whom an IP address, given as text, is counted as. IPv4 is itself, also where it is written in
/// IPv6 (::ffff:192.0.2.1). IPv6 is its /64, written "2001:db8::/64": that much is one
/// subscriber's, who may use any address in it (RFC 6177), so 2^64 of them are one source. What is
/// no address is itself.
[[nodiscard]] std::string source_of(std::string_view address);

}  // namespace registry::access
