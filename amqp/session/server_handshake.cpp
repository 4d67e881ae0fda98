// From the protocol header to open-ok (AMQP 0-9-1 §2.2.4). An error on this way is answered with a
// silent close after a delay, as clients are used to; only a refused login or vhost is told.

#include <utility>

#include "amqp/session/sasl.h"
#include "amqp/session/server_session.h"

namespace amqp::session {
namespace {
constexpr wire::ChannelId kConnection{0};
}

void ServerSession::read_header() {
  switch (judge_header(input_.octets())) {
    case HeaderVerdict::incomplete:
      return;
    case HeaderVerdict::accepted:
      input_.consume(wire::kProtocolHeader.size());
      if (peer_.certified_user) certified_user_ = peer_.certified_user();
      link_.writer.send(
          kConnection,
          start_method(link_.settings,
                       certified_user_.empty() ? kMechanisms : kMechanismsWithCertificate));
      phase_ = Phase::start_ok;
      return;
    case HeaderVerdict::refused:
      link_.writer.output().append(wire::kProtocolHeader);
      end_reason_ = "not AMQP 0-9-1";
      phase_ = Phase::finished;
      return;
  }
}

Outcome ServerSession::on_handshake_method(core::Octets payload) {
  const auto method = wire::decode_method(payload);
  if (!method) return core::Unexpected{method.error()};

  if (std::holds_alternative<wire::ConnectionClose>(*method)) {
    agree_to_close();
    return {};
  }
  if (phase_ == Phase::start_ok) {
    if (const auto* start_ok = std::get_if<wire::ConnectionStartOk>(&*method)) {
      return on_start_ok(*start_ok);
    }
  } else if (phase_ == Phase::tune_ok) {
    if (const auto* tune_ok = std::get_if<wire::ConnectionTuneOk>(&*method)) {
      return on_tune_ok(*tune_ok);
    }
  } else if (phase_ == Phase::open) {
    if (const auto* open = std::get_if<wire::ConnectionOpen>(&*method)) return on_open(*open);
  }
  const wire::MethodId id = wire::id_of(*method);
  return refuse(wire::kCommandInvalid,
                std::string{wire::method_name(id)} + " is out of turn in the handshake", id);
}

Outcome ServerSession::on_start_ok(const wire::ConnectionStartOk& method) {
  client_ = traits_of(method.client_properties);
  link_.wants_cancel_notify = client_.wants_cancel_notify;
  mechanism_ = method.mechanism;
  const bool by_certificate = mechanism_ == "EXTERNAL" && !certified_user_.empty();
  if (mechanism_ != "PLAIN" && mechanism_ != "AMQPLAIN" && !by_certificate) {
    return refuse(wire::kCommandInvalid, "unknown mechanism", method.id);
  }
  login_ = std::make_shared<Login>();
  phase_ = Phase::login;
  if (by_certificate) {
    check_certificate();
    return {};
  }

  auto credentials = read_response(mechanism_, method.response.octets);
  if (!credentials) {
    login_->accepted = false;
    act_on_login();
    return {};
  }
  login_->session = this;
  login_->user = credentials->user;
  credentials->from_loopback = peer_.from_loopback;
  credentials->source = peer_.host;
  authenticator_.check(*std::move(credentials), [weak = std::weak_ptr{login_}](bool accepted) {
    const auto login = weak.lock();
    if (login) login->session->on_login_answered(*login, accepted);
  });
  act_on_login();
  return {};
}

/// The response of EXTERNAL may name somebody to act for; nobody acts for somebody else, so it is
/// not looked at.
void ServerSession::check_certificate() {
  login_->session = this;
  login_->user = certified_user_;
  authenticator_.by_certificate(certified_user_, [weak = std::weak_ptr{login_}](bool accepted) {
    const auto login = weak.lock();
    if (login) login->session->on_login_answered(*login, accepted);
  });
  act_on_login();
}

void ServerSession::on_login_answered(Login& login, bool accepted) {
  if (login.accepted) return;
  login.accepted = accepted;
  // Before the turn that acts on it: the house may look for the user's connections until then.
  if (accepted) link_.user = login.user;
  if (in_turn_) return;
  turn_due_ = true;
  stirred();
}

void ServerSession::act_on_login() {
  if (!login_ || !login_->accepted) return;
  const auto login = std::exchange(login_, nullptr);
  if (*login->accepted) {
    link_.writer.send(kConnection, wire::ConnectionTune{.channel_max = link_.settings.channel_max,
                                                        .frame_max = link_.settings.frame_max,
                                                        .heartbeat = static_cast<std::uint16_t>(
                                                            link_.settings.heartbeat.count())});
    phase_ = Phase::tune_ok;
    return;
  }
  const std::string text = "Login was refused using authentication mechanism " + mechanism_ +
                           ". For details see the broker logfile.";
  if (client_.wants_close_on_failed_login) {
    close_connection({wire::kAccessRefused, text, false, {}});
  } else {
    end_silently(text);
  }
}

Outcome ServerSession::on_tune_ok(const wire::ConnectionTuneOk& method) {
  const auto tuned = agree(method, link_.settings);
  if (!tuned)
    return refuse(wire::kNotAllowed, "tune-ok is not within what tune offered", method.id);
  frame_max_ = tuned->frame_max;
  link_.writer.set_frame_max(tuned->frame_max);
  link_.channel_max = tuned->channel_max;
  heartbeat_.start(tuned->heartbeat, link_.now);
  phase_ = Phase::open;
  return {};
}

Outcome ServerSession::on_open(const wire::ConnectionOpen& method) {
  const auto connection = link_.broker().connect(*this, link_.user, method.virtual_host);
  if (!connection) {
    close_connection({connection.error().code, connection.error().text, false, method.id});
    return {};
  }
  link_.connection = *connection;
  connected_ = true;
  vhost_ = method.virtual_host;
  phase_ = Phase::running;
  link_.writer.send(kConnection, wire::ConnectionOpenOk{});
  return {};
}

}  // namespace amqp::session
