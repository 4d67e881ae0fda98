#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "amqp/session/settings.h"
#include "amqp/wire/methods.h"
#include "core/base/octets.h"

// The values that the handshake of AMQP 0-9-1 §2.2.4 goes by; ServerSession takes its steps.

namespace amqp::session {

/// Clients that forget the frame's own octets send frames this much larger than agreed.
inline constexpr std::uint32_t kFrameGrace = 8;
/// Until tune-ok (§1.4.2.6).
inline constexpr wire::FrameMax kHandshakeFrameMax{wire::kFrameMinSize.value() + kFrameGrace};

enum class HeaderVerdict : std::uint8_t { incomplete, accepted, refused };
/// What the first octets of a connection are: `AMQP 0 0 9 1`, the older `AMQP 1 1 0 9` of clients
/// that speak the same protocol, the beginning of one, or neither.
[[nodiscard]] HeaderVerdict judge_header(core::Octets octets);

/// connection.start with who we are and what we can do: exactly what is done is announced, since
/// clients act on it. `mechanisms` are those of sasl.h.
[[nodiscard]] wire::ConnectionStart start_method(const Settings& settings,
                                                 std::string_view mechanisms);

/// What a client told about itself in start-ok.
struct ClientTraits {
  std::string product;
  std::string version;
  bool wants_close_on_failed_login = false;  // authentication_failure_close
  bool wants_cancel_notify = false;          // consumer_cancel_notify
  bool wants_blocked = false;                // connection.blocked
};
[[nodiscard]] ClientTraits traits_of(const wire::FieldTable& client_properties);

/// What both sides agreed on.
struct Tuned {
  std::uint16_t channel_max = 0;
  wire::FrameMax frame_max;
  std::chrono::seconds heartbeat{};
};
/// Nullopt when the client takes more than it was offered (0, no limit, is more), or frames that
/// are too small.
[[nodiscard]] std::optional<Tuned> agree(const wire::ConnectionTuneOk& answer,
                                         const Settings& settings);

}  // namespace amqp::session
