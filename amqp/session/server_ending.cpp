// The ends a connection can come to (AMQP 0-9-1 §1.4.2.9, §4.9).

#include <algorithm>
#include <utility>

#include "amqp/session/server_session.h"

namespace amqp::session {
namespace {
constexpr wire::ChannelId kConnection{0};
}

Outcome ServerSession::on_connection_method(core::Octets payload) {
  const auto method = wire::decode_method(payload);
  if (!method) return core::Unexpected{method.error()};

  if (std::holds_alternative<wire::ConnectionClose>(*method)) {
    // Not before its exclusive queues are gone: clients come back and declare them again at once.
    start_discarding();
    leaving_ = std::make_shared<ServerSession*>(this);
    leave_broker([weak = std::weak_ptr{leaving_}] {
      if (const auto leaving = weak.lock()) (*leaving)->agree_to_close();
    });
    return {};
  }
  if (std::holds_alternative<wire::ConnectionUpdateSecret>(*method)) {
    // A login lasts as long as its connection, so there is nothing that a new secret would renew.
    link_.writer.send(kConnection, wire::ConnectionUpdateSecretOk{});
    return {};
  }
  const wire::MethodId id = wire::id_of(*method);
  return refuse(wire::kCommandInvalid,
                std::string{wire::method_name(id)} + " is not for channel 0 of a server", id);
}

void ServerSession::on_method_while_closing(core::Octets payload) {
  const auto id = wire::method_id_of(payload);
  if (!id) return;
  if (*id == wire::ConnectionClose::id) agree_to_close();  // theirs crossed ours
  if (*id == wire::ConnectionCloseOk::id) phase_ = Phase::finished;
}

/// Closing the socket is left to the client: one that finds it closed under its hands may take
/// that for a failure, although our close-ok is ahead of it.
void ServerSession::agree_to_close() {
  leaving_.reset();
  link_.writer.send(kConnection, wire::ConnectionCloseOk{});
  start_discarding();
  stirred();
}

void ServerSession::start_discarding() {
  phase_ = Phase::discarding;
  phase_deadline_ = link_.now + link_.settings.close_timeout;
}

void ServerSession::fail(wire::ChannelId channel, const wire::ProtocolError& error) {
  if (phase_ == Phase::closing) {
    phase_ = Phase::discarding;  // our connection.close may still be on its way
    return;
  }
  // A running connection is told even what §4.2.3 has us hang up for: its client's log then says
  // why it ended.
  if (phase_ != Phase::running)
    return error.hang_up ? finish(error.text) : end_silently(error.text);
  const bool of_channel = channel != kConnection && !wire::closes_connection(error.code);
  if (of_channel) return close_channel(channel, error);
  close_connection(error);
}

/// Everything is given back at once; then the client has some time to say close-ok.
void ServerSession::close_connection(const wire::ProtocolError& error) {
  tell_confirms();
  leave_broker();
  end_reason_ = wire::reply_text(error.code, error.text);
  link_.writer.send(kConnection, wire::ConnectionClose{.reply_code = error.code,
                                                       .reply_text = end_reason_,
                                                       .class_id = error.method.class_id,
                                                       .method_id = error.method.method_id});
  phase_ = unreadable_ ? Phase::discarding : Phase::closing;
  phase_deadline_ = link_.now + link_.settings.close_timeout;
}

/// The socket will be closed without a word, but not at once: who guesses passwords has to wait.
void ServerSession::end_silently(std::string reason) {
  end_reason_ = std::move(reason);
  phase_ = Phase::discarding;
  phase_deadline_ = link_.now + link_.settings.refusal_delay;
}

/// No more octets for this peer, not even those that wait.
void ServerSession::finish(std::string reason) {
  leave_broker();
  login_.reset();
  leaving_.reset();
  link_.writer.output().clear();
  if (end_reason_.empty()) end_reason_ = std::move(reason);
  phase_ = Phase::finished;
}

void ServerSession::close(wire::ReplyCode code, std::string_view text, core::Instant now) {
  link_.now = now;
  if (phase_ == Phase::running) {
    close_connection({code, std::string{text}, false, {}});
  } else if (phase_ < Phase::running) {
    finish(std::string{text});
  } else if (phase_ == Phase::discarding) {
    leaving_.reset();
    phase_ = Phase::finished;  // what was said still goes out
  }
  pump_.session_changed();
}

void ServerSession::expelled(const port::Refusal& why, core::Instant now) {
  close(wire::ReplyCode{why.code}, why.text, now);
}

void ServerSession::disconnected(core::Instant now) {
  link_.now = now;
  finish(phase_ <= Phase::running ? "the client is gone" : std::string{});
}

/// Gives back every delivery and ends the broker's knowledge of this connection.
void ServerSession::leave_broker(std::function<void()> gone) {
  if (!connected_) return;
  connected_ = false;
  std::vector<port::Settled> unacked;
  for (auto& [number, slot] : slots_) {
    if (slot.channel) slot.channel->abandon(unacked);
  }
  std::sort(unacked.begin(), unacked.end(), [](const auto& a, const auto& b) {
    return a.queue != b.queue ? a.queue < b.queue : a.position < b.position;
  });
  link_.settle(port::Settlement::requeue, unacked);
  last_slot_ = nullptr;
  slots_.clear();
  link_.unanswered.reset();
  link_.refusal.reset();
  link_.congested.reset();
  link_.turned_down.clear();
  link_.to_confirm.clear();
  failures_.clear();
  link_.broker().disconnect(link_.connection, std::move(gone));
}

}  // namespace amqp::session
