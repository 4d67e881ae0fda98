#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "amqp/port/authenticator.h"
#include "amqp/port/broker.h"
#include "amqp/session/channel.h"
#include "amqp/session/connection_info.h"
#include "amqp/session/handshake.h"
#include "amqp/session/heartbeat.h"
#include "amqp/session/link.h"
#include "amqp/session/receive_buffer.h"
#include "amqp/session/settings.h"
#include "core/memory/output.h"
#include "core/pump/octet_session.h"
#include "core/time/instant.h"

namespace amqp::session {

/// The server's side of one AMQP 0-9-1 connection: handshake, heartbeats, channels, errors and the
/// end (§2.2). It satisfies core::OctetSession, so a pump, a test or the simulator can drive it.
///
/// Home     one shard, with the broker, the authenticator and the pump it was made with.
/// Turns    received, written and expired are turns: only in them are frames looked at and is the
///          broker called. What the broker or the authenticator says between turns is kept; when it
///          lets work go on, deadline() is at once due and the pump is told.
/// Reading  stops (input_space() is empty) while a request to the broker or a login is unanswered,
///          while too much output waits, while too many publishes of a channel wait for their
///          confirmation, and at the first publish that comes while publishers have to wait. The
///          pump is told when it goes on.
/// Bounds   Settings; input: one frame of the agreed size; output: output_octets_max and the last
///          message that was begun below it.
class ServerSession final : public port::Client {
 public:
  /// All but `peer` must outlive the session.
  ServerSession(port::Broker& broker, port::Authenticator& authenticator, core::Pump& pump,
                const Settings& settings, Peer peer, core::Instant now);
  ~ServerSession() override;
  ServerSession(const ServerSession&) = delete;
  ServerSession& operator=(const ServerSession&) = delete;

  // core::OctetSession
  [[nodiscard]] std::span<std::byte> input_space();
  void received(std::size_t size, core::Instant now);
  [[nodiscard]] core::Output& output();
  void written(core::Instant now);
  [[nodiscard]] std::optional<core::Instant> deadline() const;
  void expired(core::Instant now);
  [[nodiscard]] bool finished() const { return phase_ == Phase::finished; }
  void disconnected(core::Instant now);  ///< May be told more than once.

  /// Ends a running connection for a reason of the house: connection.close with `code`, e.g. 320.
  void close(wire::ReplyCode code, std::string_view text, core::Instant now);

  [[nodiscard]] ConnectionInfo info() const;
  /// Why the connection ended, for the log; empty while it lives or when the client ended it.
  [[nodiscard]] const std::string& end_reason() const { return end_reason_; }

  // port::Client
  void answered(port::ChannelId channel, port::Answer answer) override;
  [[nodiscard]] bool deliver(port::ChannelId channel, const port::Delivery& delivery) override;
  void consumer_cancelled(port::ChannelId channel, port::ConsumerId consumer) override;
  void confirmed(port::ChannelId channel, std::uint64_t sequence, bool accepted) override;
  void publishers(port::Flow flow, std::string_view reason) override;
  void channel_failed(port::ChannelId channel, const port::Refusal& refusal) override;
  void expelled(const port::Refusal& why, core::Instant now) override;

 private:
  enum class Phase : std::uint8_t {
    header,    // the client's protocol header is next
    start_ok,  // and so on through the handshake
    login,     // the authenticator is at work
    tune_ok,
    open,
    running,
    closing,     // connection.close is out: what comes is dropped until close-ok
    discarding,  // what comes is not even parsed, until the client leaves or the deadline
    finished,
  };
  /// A number in use: an open channel, or one that we closed and whose close-ok is to come.
  struct Slot {
    std::unique_ptr<Channel> channel;
    bool client_closed_too = false;  // their close crossed ours: open may come without a close-ok
  };
  struct Login {
    ServerSession* session = nullptr;
    std::string user;
    std::optional<bool> accepted;
  };

  // server_session.cpp
  void turn(core::Instant now);
  void read_frames();
  void keep_half_sent();
  [[nodiscard]] bool may_read() const;
  [[nodiscard]] wire::FrameMax frame_limit() const;
  Outcome on_frame(const wire::FrameView& frame);
  void act_on_refusal();
  void act_on_failures();
  void tell_confirms();
  void resume_consumers();
  void stirred();
  [[nodiscard]] Channel* find(port::ChannelId channel) const;
  [[nodiscard]] Slot* find_slot(std::uint16_t number);
  void erase_slot(std::uint16_t number);

  // server_flow.cpp
  [[nodiscard]] bool must_wait(const wire::FrameView& frame) const;
  void hold_publisher();
  void tell_blocked();
  [[nodiscard]] std::string_view phase_name() const;

  // server_handshake.cpp
  void read_header();
  Outcome on_handshake_method(core::Octets payload);
  Outcome on_start_ok(const wire::ConnectionStartOk& method);
  Outcome on_tune_ok(const wire::ConnectionTuneOk& method);
  Outcome on_open(const wire::ConnectionOpen& method);
  void check_certificate();
  void on_login_answered(Login& login, bool accepted);
  void act_on_login();

  // server_channels.cpp
  Outcome on_channel_frame(const wire::FrameView& frame);
  Outcome open_channel(const wire::FrameView& frame);
  Outcome on_frame_of_closing(Slot& slot, const wire::FrameView& frame);
  void close_channel(wire::ChannelId id, const wire::ProtocolError& error);
  void drop_channel(wire::ChannelId id);

  // server_ending.cpp
  Outcome on_connection_method(core::Octets payload);
  void on_method_while_closing(core::Octets payload);
  void fail(wire::ChannelId channel, const wire::ProtocolError& error);
  void close_connection(const wire::ProtocolError& error);
  void agree_to_close();
  void start_discarding();
  void end_silently(std::string reason);
  void finish(std::string reason);
  void leave_broker(std::function<void()> gone = {});

  port::Authenticator& authenticator_;
  core::Pump& pump_;
  Peer peer_;
  Link link_;
  ReceiveBuffer input_;
  Heartbeat heartbeat_;

  Phase phase_ = Phase::header;
  bool in_turn_ = false;
  bool reading_stopped_ = false;  // the pump was offered no space and waits to hear from us
  bool turn_due_ = false;         // something can go on that waits for a turn
  bool connected_ = false;        // to the broker
  bool publisher_waits_ = false;  // a publish is next in the input and has to wait
  bool blocked_told_ = false;     // the client has heard connection.blocked
  bool unreadable_ = false;       // frames can no longer be told from each other
  core::Instant phase_deadline_;  // of the handshake, of closing and discarding

  std::shared_ptr<Login> login_;             // the authenticator's answer finds it gone when we are
  std::shared_ptr<ServerSession*> leaving_;  // until the broker has forgotten us: then close-ok
  ClientTraits client_;
  std::string mechanism_;
  std::string certified_user_;  // whom the client's certificate names
  std::string vhost_;
  wire::FrameMax frame_max_;

  std::unordered_map<std::uint16_t, Slot> slots_;  // Link::channel_max
  Slot* last_slot_ = nullptr;                      // the one that was looked for last
  std::uint16_t last_number_ = 0;
  std::uint32_t generations_ = 0;
  struct Failure {
    wire::ChannelId channel;
    wire::ProtocolError error;
  };
  std::vector<Failure> failures_;  // of open channels, to be acted on in a turn; one or two each
  std::string flow_reason_;        // what connection.blocked says
  std::string end_reason_;
};

}  // namespace amqp::session
