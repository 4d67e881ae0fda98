#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace amqp::session {

/// A connection as the debug page shows it.
struct ConnectionInfo {
  std::string peer;
  std::string user;            // empty until the login succeeded
  std::string vhost;           // empty until it was opened
  std::string client_product;  // as the client calls itself
  std::string client_version;
  /// "handshake", "running", "flow" (a publish waits for the log), "blocked" (a publish waits for
  /// memory or disk), "closing", "finished"
  std::string_view phase;
  std::size_t channels = 0;
  std::size_t consumers = 0;
  std::size_t unacked = 0;
  std::size_t output_octets = 0;  // waiting for the socket
};

}  // namespace amqp::session
