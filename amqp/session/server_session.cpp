#include "amqp/session/server_session.h"

#include <utility>
#include <vector>

#include "core/base/check.h"

namespace amqp::session {

static_assert(core::OctetSession<ServerSession>);

ServerSession::ServerSession(port::Broker& broker, port::Authenticator& authenticator,
                             core::Pump& pump, const Settings& settings, Peer peer,
                             core::Instant now)
    : authenticator_(authenticator),
      pump_(pump),
      peer_(std::move(peer)),
      link_(broker, settings),
      phase_deadline_(now + settings.handshake_timeout) {
  link_.now = now;
}

ServerSession::~ServerSession() { disconnected(link_.now); }

std::span<std::byte> ServerSession::input_space() {
  const auto space = may_read() ? input_.space(frame_limit().value()) : std::span<std::byte>{};
  reading_stopped_ = space.empty();
  return space;
}

void ServerSession::received(std::size_t size, core::Instant now) {
  input_.filled(size);
  heartbeat_.received(now);
  turn(now);
}

core::Output& ServerSession::output() {
  tell_confirms();
  return link_.writer.output();
}

void ServerSession::written(core::Instant now) {
  heartbeat_.sent(now);
  turn(now);
}

std::optional<core::Instant> ServerSession::deadline() const {
  if (phase_ == Phase::finished) return std::nullopt;
  if (turn_due_) return link_.now;
  if (phase_ == Phase::running) return heartbeat_.deadline();
  return phase_deadline_;
}

void ServerSession::expired(core::Instant now) {
  if (phase_ == Phase::running) {
    if (heartbeat_.peer_is_silent(now)) {
      // While we do not read, the silence is ours.
      if (may_read()) return finish("missed heartbeats of the client");
      heartbeat_.received(now);
    }
    if (heartbeat_.send_due(now)) {
      // With output still waiting the peer does not read; another frame would not help.
      if (output().empty()) link_.writer.heartbeat();
      heartbeat_.sent(now);
    }
  } else if (now >= phase_deadline_) {
    return finish(phase_ < Phase::running ? "handshake timeout" : std::string{});
  }
  turn(now);
}

void ServerSession::turn(core::Instant now) {
  if (phase_ == Phase::finished) return;
  CORE_CHECK(!in_turn_);
  link_.now = now;
  turn_due_ = false;
  in_turn_ = true;
  act_on_refusal();
  act_on_failures();
  if (phase_ == Phase::login) act_on_login();
  read_frames();
  if (link_.congested) {
    tell_confirms();
    read_frames();
  }
  if (connected_) {
    link_.tell_acknowledged();
    resume_consumers();
  }
  keep_half_sent();
  in_turn_ = false;
  if (reading_stopped_ && may_read()) pump_.session_changed();
}

bool ServerSession::may_read() const {
  switch (phase_) {
    case Phase::login:
    case Phase::finished:
      return false;
    case Phase::closing:
    case Phase::discarding:
      return true;  // nothing is answered
    default:
      return !link_.unanswered && !link_.congested && !publisher_waits_ && link_.writer.has_room();
  }
}

wire::FrameMax ServerSession::frame_limit() const {
  if (frame_max_ == wire::FrameMax{}) return kHandshakeFrameMax;
  return wire::FrameMax{frame_max_.value() + kFrameGrace};
}

/// What the frames of this turn lay in goes; a content that has only begun is kept.
void ServerSession::keep_half_sent() {
  for (const wire::ChannelId id : link_.half_sent) {
    if (Channel* channel = find(port::ChannelId{id.value()})) channel->keep_content();
  }
  link_.half_sent.clear();
  input_.rest();
}

void ServerSession::read_frames() {
  link_.input_block = input_.block();
  while (may_read() && phase_ != Phase::discarding) {
    if (phase_ == Phase::header) {
      read_header();
      if (phase_ == Phase::header) return;
      continue;
    }
    const auto decoded = wire::decode_frame(input_.octets(), frame_limit());
    if (!decoded) {
      unreadable_ = true;
      fail(wire::ChannelId{0}, decoded.error());
      break;
    }
    if (!decoded->has_value()) return;
    const wire::FrameView& frame = (*decoded)->frame;
    if (link_.flow != port::Flow::open && must_wait(frame)) return hold_publisher();
    if (const auto outcome = on_frame(frame); !outcome) fail(frame.channel, outcome.error());
    if (link_.refusal) act_on_refusal();
    input_.consume((*decoded)->size);
  }
  if (phase_ == Phase::discarding || phase_ == Phase::finished) input_.clear();
}

Outcome ServerSession::on_frame(const wire::FrameView& frame) {
  const bool is_connection = frame.channel == wire::ChannelId{0};
  if (frame.type == wire::FrameType::heartbeat) {
    if (is_connection && frame.payload.empty()) return {};
    return refuse(is_connection ? wire::kFrameError : wire::kUnexpectedFrame,
                  "a heartbeat is an empty frame on channel 0", {});
  }
  if (phase_ == Phase::closing) {
    if (is_connection && frame.type == wire::FrameType::method) {
      on_method_while_closing(frame.payload);
    }
    return {};
  }
  if (phase_ == Phase::running && !is_connection) return on_channel_frame(frame);
  if (!is_connection || frame.type != wire::FrameType::method) {
    return refuse(wire::kUnexpectedFrame, "expected a method on channel 0", {});
  }
  return phase_ == Phase::running ? on_connection_method(frame.payload)
                                  : on_handshake_method(frame.payload);
}

/// The broker refused what a channel asked: the channel's end, or the connection's.
void ServerSession::act_on_refusal() {
  if (!link_.refusal) return;
  const wire::ProtocolError refusal = *std::exchange(link_.refusal, std::nullopt);
  fail(*std::exchange(link_.unanswered, std::nullopt), refusal);
}

/// Says what was confirmed since the last time; this ends congestion if enough was.
void ServerSession::tell_confirms() {
  if (link_.to_confirm.empty()) return;
  for (const wire::ChannelId id : std::exchange(link_.to_confirm, {})) {
    if (Channel* channel = find(port::ChannelId{id.value()})) channel->tell_confirms();
  }
  if (!link_.congested) return;
  const Channel* const congested = find(port::ChannelId{link_.congested->value()});
  if (congested != nullptr && congested->is_congested()) return;
  link_.congested.reset();
  if (!in_turn_) turn_due_ = true;
}

/// Consumers that were turned down get another chance, each at most once a turn. Those for whom
/// there is still no room keep their places ahead of those that are turned down anew.
void ServerSession::resume_consumers() {
  if (link_.turned_down.empty() || !link_.writer.has_room()) return;
  std::vector<Link::TurnedDown> still;
  for (const Link::TurnedDown& waiting : std::exchange(link_.turned_down, {})) {
    Channel* channel = find(port::ChannelId{waiting.channel.value()});
    if (channel != nullptr && !channel->resume(waiting.consumer)) still.push_back(waiting);
  }
  link_.turned_down.insert(link_.turned_down.begin(), still.begin(), still.end());
}

void ServerSession::answered(port::ChannelId channel, port::Answer answer) {
  if (!connected_) return;
  Channel* const asked = find(channel);
  CORE_CHECK(asked != nullptr && link_.unanswered);
  asked->answered(std::move(answer));
  if (in_turn_) return;
  turn_due_ = true;
  stirred();
}

bool ServerSession::deliver(port::ChannelId channel, const port::Delivery& delivery) {
  Channel* const consuming = find(channel);
  if (consuming == nullptr || !consuming->deliver(delivery)) return false;
  stirred();
  return true;
}

void ServerSession::consumer_cancelled(port::ChannelId channel, port::ConsumerId consumer) {
  Channel* const consuming = find(channel);
  if (consuming == nullptr) return;
  consuming->consumer_cancelled(consumer);
  stirred();
}

void ServerSession::confirmed(port::ChannelId channel, std::uint64_t sequence, bool accepted) {
  Channel* const publishing = find(channel);
  if (publishing == nullptr) return;
  const bool asked = link_.unanswered.has_value();
  publishing->confirmed(sequence, accepted);
  if (link_.congested) tell_confirms();
  // The last word on a commit is an answer.
  if (!in_turn_ && asked && (!link_.unanswered || link_.refusal)) turn_due_ = true;
  stirred();
}

/// Something happened; between turns the pump does not know.
void ServerSession::stirred() {
  if (!in_turn_) pump_.session_changed();
}

Channel* ServerSession::find(port::ChannelId channel) const {
  if (last_slot_ != nullptr && last_number_ == channel.value()) return last_slot_->channel.get();
  const auto found = slots_.find(channel.value());
  return found != slots_.end() ? found->second.channel.get() : nullptr;
}

/// Most connections use one channel, and the others one for a while: it is found at once.
ServerSession::Slot* ServerSession::find_slot(std::uint16_t number) {
  if (last_slot_ != nullptr && last_number_ == number) return last_slot_;
  const auto found = slots_.find(number);
  if (found == slots_.end()) return nullptr;
  last_number_ = number;
  last_slot_ = &found->second;
  return last_slot_;
}

void ServerSession::erase_slot(std::uint16_t number) {
  last_slot_ = nullptr;
  slots_.erase(number);
}

std::string_view ServerSession::phase_name() const {
  if (phase_ < Phase::running) return "handshake";
  if (phase_ == Phase::finished) return "finished";
  if (phase_ != Phase::running) return "closing";
  if (!publisher_waits_) return "running";
  return link_.flow == port::Flow::blocked ? "blocked" : "flow";
}

ConnectionInfo ServerSession::info() const {
  ConnectionInfo info{.peer = peer_.address,
                      .user = link_.user,
                      .vhost = vhost_,
                      .client_product = client_.product,
                      .client_version = client_.version,
                      .phase = phase_name(),
                      .output_octets = link_.writer.output().size()};
  for (const auto& [number, slot] : slots_) {
    if (!slot.channel) continue;
    ++info.channels;
    info.consumers += slot.channel->consumers();
    info.unacked += slot.channel->unacked();
  }
  return info;
}

}  // namespace amqp::session
