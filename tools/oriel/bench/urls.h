#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace oriel::bench {

/// Where a broker is and how to get in.
struct BrokerUrl {
  bool tls = false;
  std::string host;
  std::uint16_t port = 0;
  std::string user = "guest";
  std::string password = "guest";
  std::string vhost = "/";
};

/// Reads `amqp://USER:PASSWORD@HOST:PORT/VHOST` (RabbitMQ's URI scheme; amqps for TLS), or says
/// what is wrong with it. All but the host may be missing: 5672, or 5671 with TLS; guest; `/`. The
/// parts are percent-decoded. An empty vhost, as in `amqp://host/`, is taken as `/`, as most
/// clients do.
[[nodiscard]] core::Result<BrokerUrl, std::string> parse_broker_url(std::string_view url);

/// Where a gateway is.
struct GatewayUrl {
  bool tls = false;
  std::string host;
  std::uint16_t port = 0;
  std::string authority;  // for the Host header
};

/// Reads `http://HOST:PORT` or `https://HOST:PORT`, a slash behind it allowed.
[[nodiscard]] core::Result<GatewayUrl, std::string> parse_gateway_url(std::string_view url);

}  // namespace oriel::bench
