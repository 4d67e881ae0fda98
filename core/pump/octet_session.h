#pragma once

#include <concepts>
#include <cstddef>
#include <optional>
#include <span>

#include "core/memory/output.h"
#include "core/time/instant.h"

namespace core {

/// Whoever moves octets between a socket and a session. A session calls `session_changed` when
/// something happened outside of the pump's own calls: it has output, wants input again, moved its
/// deadline or is finished. Calling it often costs nothing; the pump acts at the end of the turn.
class Pump {
 public:
  virtual ~Pump() = default;
  virtual void session_changed() = 0;
};

/// A protocol session without a socket, as a pump drives it. The pump
///   reads into input_space() and tells received();
///   writes output(), consumes what the socket took, and tells written();
///   calls expired() when deadline() has come;
///   closes the socket, in order, once finished() and the output is empty;
///   tells disconnected() once, when the socket is gone for whatever reason.
template <typename S>
concept OctetSession = requires(S session, const S& looked_at, std::size_t size, Instant now) {
  /// Where to read to; empty: do not read now (the peer must wait).
  { session.input_space() } -> std::convertible_to<std::span<std::byte>>;
  { session.received(size, now) } -> std::same_as<void>;
  { session.output() } -> std::same_as<Output&>;
  { session.written(now) } -> std::same_as<void>;
  { looked_at.deadline() } -> std::convertible_to<std::optional<Instant>>;
  { session.expired(now) } -> std::same_as<void>;
  { looked_at.finished() } -> std::convertible_to<bool>;
  { session.disconnected(now) } -> std::same_as<void>;
};

}  // namespace core
