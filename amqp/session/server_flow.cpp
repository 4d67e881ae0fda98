// Publishers that have to wait: the log is behind, or the disk or memory has run out.
//
// What comes before a connection's next publish is read and done as ever, acknowledgements among
// it; the publish itself stays in the input, and so does all behind it, to keep AMQP's order
// (§4.7). A content that was begun before goes on. Deliveries and heartbeats go out meanwhile. As
// nothing is read, the client's silence is not held against it, and its leaving is noticed only
// when writing to it fails.

#include "amqp/session/server_session.h"

namespace amqp::session {

void ServerSession::publishers(port::Flow flow, std::string_view reason) {
  link_.flow = flow;
  flow_reason_ = reason;
  if (flow != port::Flow::blocked && blocked_told_) {
    blocked_told_ = false;
    link_.writer.send(wire::ChannelId{0}, wire::ConnectionUnblocked{});
  }
  if (flow == port::Flow::open && publisher_waits_) {
    publisher_waits_ = false;
    turn_due_ = true;
  }
  if (publisher_waits_) tell_blocked();
  pump_.session_changed();
}

bool ServerSession::must_wait(const wire::FrameView& frame) const {
  if (phase_ != Phase::running || frame.type != wire::FrameType::method) return false;
  const auto id = wire::method_id_of(frame.payload);
  if (!id) return false;
  if (*id == wire::BasicPublish::id) return true;
  if (*id != wire::TxCommit::id) return false;
  const Channel* const channel = find(port::ChannelId{frame.channel.value()});
  return channel != nullptr && channel->holds_publishes();
}

void ServerSession::hold_publisher() {
  publisher_waits_ = true;
  tell_blocked();
}

void ServerSession::tell_blocked() {
  if (link_.flow != port::Flow::blocked || blocked_told_ || !client_.wants_blocked) return;
  blocked_told_ = true;
  link_.writer.send(wire::ChannelId{0}, wire::ConnectionBlocked{.reason = flow_reason_});
}

}  // namespace amqp::session
