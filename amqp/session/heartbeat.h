#pragma once

#include <algorithm>
#include <chrono>
#include <optional>

#include "core/time/instant.h"

namespace amqp::session {

/// When to say that we are here, and when to believe that the peer is not (AMQP 0-9-1 §4.2.7).
///
/// A heartbeat goes out when nothing else did for half the interval; a peer that was silent for two
/// and a half is given up (the specification says two, RabbitMQ takes three). Traffic of any kind
/// counts, both ways.
class Heartbeat {
 public:
  /// From tune-ok on; an interval of zero means that nobody sends any.
  void start(std::chrono::seconds interval, core::Instant now) {
    interval_ = interval;
    sent_ = received_ = now;
  }
  void sent(core::Instant now) { sent_ = now; }
  void received(core::Instant now) { received_ = now; }

  [[nodiscard]] bool send_due(core::Instant now) const { return on() && now >= send_at(); }
  [[nodiscard]] bool peer_is_silent(core::Instant now) const { return on() && now >= silent_at(); }
  [[nodiscard]] std::optional<core::Instant> deadline() const {
    if (!on()) return std::nullopt;
    return std::min(send_at(), silent_at());
  }

 private:
  [[nodiscard]] bool on() const { return interval_ > core::Duration::zero(); }
  [[nodiscard]] core::Instant send_at() const { return sent_ + interval_ / 2; }
  [[nodiscard]] core::Instant silent_at() const { return received_ + interval_ / 2 * 5; }

  core::Duration interval_{};
  core::Instant sent_;
  core::Instant received_;
};

}  // namespace amqp::session
