#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "amqp/port/broker.h"
#include "amqp/session/settings.h"
#include "amqp/session/writer.h"
#include "amqp/wire/error.h"
#include "amqp/wire/ids.h"
#include "core/base/result.h"
#include "core/time/instant.h"

namespace amqp::session {

/// A handler's verdict: fine, or what the peer did wrong. The code says whether that ends the
/// channel or the connection (wire::closes_connection).
using Outcome = core::Result<void, wire::ProtocolError>;

[[nodiscard]] inline core::Unexpected<wire::ProtocolError> refuse(wire::ReplyCode code,
                                                                  std::string text,
                                                                  wire::MethodId method) {
  return core::Unexpected{wire::ProtocolError{code, std::move(text), false, method}};
}

/// What the channels of a connection share: the way to the broker, the way to the peer, and what is
/// counted over all of them.
class Link {
 public:
  Link(port::Broker& broker, const Settings& limits)
      : settings(limits), writer(limits.output_octets_max), broker_(broker) {}

  /// The broker, which has heard of every acknowledgement before it hears what comes now.
  [[nodiscard]] port::Broker& broker() {
    if (!acknowledged_.empty()) tell_acknowledged();
    return broker_;
  }
  /// Settles deliveries. Acknowledgements wait for each other until `broker` is used next, or the
  /// turn ends: a client that acknowledges one by one costs the broker one call.
  void settle(port::Settlement how, std::span<const port::Settled> deliveries);
  void tell_acknowledged();
  /// The acknowledged deliveries that the broker has not heard of yet; add to them, then call
  /// `acknowledgements_added`.
  [[nodiscard]] std::vector<port::Settled>& acknowledged() { return acknowledged_; }
  void acknowledgements_added() {
    if (acknowledged_.size() >= kAcknowledgedMax) tell_acknowledged();
  }

  const Settings& settings;
  Writer writer;
  core::Instant now;  // of the turn under way, or of the last one
  port::ConnectionId connection;
  std::string user;
  std::uint16_t channel_max = 0;
  bool wants_cancel_notify = false;
  port::Flow flow = port::Flow::open;      // whether publishes are read
  std::size_t assembling_octets = 0;       // of half-sent contents; Settings::assembly_octets_max
  std::vector<wire::ChannelId> half_sent;  // channels whose content got a part in this turn
  core::Block* input_block = nullptr;      // in which the frame lies that is being read
  std::size_t held_octets = 0;             // by transactions; Settings::transaction_octets_max

  /// The channel that waits for the broker's answer; no input is looked at meanwhile, which keeps
  /// AMQP's order (§4.7).
  std::optional<wire::ChannelId> unanswered;
  std::optional<wire::ProtocolError> refusal;  // that answer, when it is one; acted on in a turn

  /// A channel with so many unconfirmed publishes that no more are read.
  std::optional<wire::ChannelId> congested;

  struct TurnedDown {
    wire::ChannelId channel;
    port::ConsumerId consumer;
  };
  std::vector<TurnedDown> turned_down;      // consumers to resume, each once
  std::vector<wire::ChannelId> to_confirm;  // channels with confirmations to tell, each once

 private:
  static constexpr std::size_t kAcknowledgedMax = 1024;  // then the broker hears of them at once
  static constexpr std::size_t kAcknowledgedKept = 128;  // memory that a quiet connection keeps

  port::Broker& broker_;
  std::vector<port::Settled> acknowledged_;
  std::vector<port::Settled> telling_;  // swapped with it, so that neither allocates for long
};

}  // namespace amqp::session
