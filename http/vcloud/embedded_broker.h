#pragma once

#include <cstdint>
#include <string>

namespace http::vcloud {

/// What the settings of AMQP say of the broker in this process until somebody writes others.
struct EmbeddedBroker {
  std::uint16_t port = 5672;
  std::uint16_t tls_port = 5671;
  std::string prefix = "vcd";  // the names of the reply exchange and queues begin with it
};

}  // namespace http::vcloud
