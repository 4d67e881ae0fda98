#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "amqp/port/authenticator.h"
#include "amqp/port/broker.h"
#include "amqp/session/server_session.h"
#include "core/pump/octet_session.h"
#include "core/time/instant.h"

namespace amqp::session::testing {

/// A pump without a socket: feeds a session, collects what it says and keeps its deadlines, on a
/// clock that the test moves. The broker may be any.
class Driver final : public core::Pump {
 public:
  Driver(port::Broker& broker, port::Authenticator& authenticator, const Settings& settings,
         core::Instant now = core::Instant{std::chrono::seconds{1}},
         std::string certified_user = {});

  /// The client writes; `read_max` octets at most come in with one read.
  void client_writes(std::string_view octets, std::size_t read_max = 1U << 20U);
  void client_goes_away() { session_->disconnected(now_); }
  /// While the client does not read, what the session says stays in its output.
  void client_reads(bool reads);
  /// What the client has received since the last time.
  [[nodiscard]] std::string take_output() { return std::exchange(sent_, {}); }

  void advance(core::Duration by);
  /// Lets the session do all it can without time going by.
  void settle();

  void session_changed() override {
    changed_ = true;
    stalled_ = false;
  }
  [[nodiscard]] bool was_changed() { return std::exchange(changed_, false); }
  [[nodiscard]] ServerSession& session() { return *session_; }
  [[nodiscard]] core::Instant now() const { return now_; }
  void destroy_session() { session_.reset(); }

 private:
  bool read_some();
  bool write_some();
  bool expire();

  core::Instant now_;
  std::string unread_;  // written by the client, not yet read by the session
  std::string sent_;
  std::size_t read_max_ = 1U << 20U;
  bool client_reads_ = true;
  bool changed_ = false;
  bool stalled_ = false;  // the session offered no space: it must say when that has changed
  std::optional<ServerSession> session_;
};

}  // namespace amqp::session::testing
