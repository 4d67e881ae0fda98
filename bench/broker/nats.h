#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "bench/broker/link.h"

namespace broker_bench {

/// A connection to nats-server in its core protocol: PUB, SUB and MSG.
class NatsLink {
 public:
  explicit NatsLink(std::uint16_t port);
  void subscribe(std::string_view subject);
  /// Waits until the server has done all that was sent.
  void ping();

  Link link;
};

[[nodiscard]] std::string encode_pub(std::string_view subject, std::string_view reply,
                                     std::string_view body);

/// A MSG at the front of `input`, seen in place.
struct NatsMessage {
  std::string_view subject;
  std::string_view reply;
  std::string_view body;
};
/// The next message that the link has read, consumed but valid until it reads again. Answers the
/// server's PING.
[[nodiscard]] std::optional<NatsMessage> next_message(Link& link);

}  // namespace broker_bench
