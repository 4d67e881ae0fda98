// Channel numbers: which are open, and which wait for the client to have heard that they are not.

#include <utility>

#include "amqp/session/server_session.h"

namespace amqp::session {
namespace {

/// The method a frame holds; 0,0 for anything else.
wire::MethodId method_in(const wire::FrameView& frame) {
  if (frame.type != wire::FrameType::method) return {};
  const auto id = wire::method_id_of(frame.payload);
  return id ? *id : wire::MethodId{};
}

}  // namespace

Outcome ServerSession::on_channel_frame(const wire::FrameView& frame) {
  Slot* const slot = find_slot(frame.channel.value());
  if (slot == nullptr) return open_channel(frame);
  if (!slot->channel) return on_frame_of_closing(*slot, frame);

  const wire::MethodId id = method_in(frame);
  if (id.class_id != wire::ChannelOpen::id.class_id) return slot->channel->frame(frame);
  if (id == wire::ChannelClose::id) {
    const auto method = wire::decode_method_as<wire::ChannelClose>(frame.payload);
    if (!method) return core::Unexpected{method.error()};
    drop_channel(frame.channel);
    erase_slot(frame.channel.value());
    link_.writer.send(frame.channel, wire::ChannelCloseOk{});
    return {};
  }
  if (id == wire::ChannelOpen::id) {
    return refuse(wire::kChannelError, "second 'channel.open' seen", id);
  }
  if (id == wire::ChannelCloseOk::id) {
    return refuse(wire::kCommandInvalid, "channel.close-ok without a channel.close", id);
  }
  return slot->channel->frame(frame);
}

Outcome ServerSession::open_channel(const wire::FrameView& frame) {
  const wire::MethodId id = method_in(frame);
  if (id != wire::ChannelOpen::id) {
    return refuse(wire::kChannelError, "expected 'channel.open'", id);
  }
  const auto method = wire::decode_method_as<wire::ChannelOpen>(frame.payload);
  if (!method) return core::Unexpected{method.error()};
  // Numbers are counted, not compared: a client may use any of them.
  if (slots_.size() >= link_.channel_max) {
    return refuse(wire::kNotAllowed,
                  "number of channels opened (" + std::to_string(slots_.size()) +
                      ") has reached the negotiated channel_max (" +
                      std::to_string(link_.channel_max) + ")",
                  id);
  }
  slots_[frame.channel.value()].channel =
      std::make_unique<Channel>(link_, frame.channel, generations_++);
  link_.writer.send(frame.channel, wire::ChannelOpenOk{});
  return {};
}

/// After our channel.close the client may still be sending, contents included: all of it is
/// dropped until close-ok (§1.5.2.5).
Outcome ServerSession::on_frame_of_closing(Slot& slot, const wire::FrameView& frame) {
  const wire::MethodId id = method_in(frame);
  if (id == wire::ChannelCloseOk::id) {
    erase_slot(frame.channel.value());
  } else if (id == wire::ChannelClose::id) {
    slot.client_closed_too = true;
    link_.writer.send(frame.channel, wire::ChannelCloseOk{});
  } else if (id == wire::ChannelOpen::id && slot.client_closed_too) {
    erase_slot(frame.channel.value());
    return open_channel(frame);
  }
  return {};
}

void ServerSession::channel_failed(port::ChannelId channel, const port::Refusal& refusal) {
  if (find(channel) == nullptr) return;
  failures_.push_back(
      {wire::ChannelId{channel.value()}, {refusal.code, refusal.text, false, wire::MethodId{}}});
  turn_due_ = true;
  pump_.session_changed();
}

/// A channel that waits for an answer is closed when it has come.
void ServerSession::act_on_failures() {
  if (failures_.empty() || link_.unanswered) return;
  const std::vector<Failure> failures = std::exchange(failures_, {});
  for (const Failure& failure : failures) {
    if (phase_ != Phase::running) return;
    if (find(port::ChannelId{failure.channel.value()}) != nullptr) {
      fail(failure.channel, failure.error);
    }
  }
}

void ServerSession::close_channel(wire::ChannelId id, const wire::ProtocolError& error) {
  drop_channel(id);
  link_.writer.send(id, wire::ChannelClose{.reply_code = error.code,
                                           .reply_text = wire::reply_text(error.code, error.text),
                                           .class_id = error.method.class_id,
                                           .method_id = error.method.method_id});
}

/// Takes the channel out of its slot and out of the broker.
void ServerSession::drop_channel(wire::ChannelId id) {
  const auto channel = std::exchange(slots_.at(id.value()).channel, nullptr);
  channel->tell_confirms();
  if (link_.congested == id) link_.congested.reset();
  std::erase_if(failures_, [id](const Failure& failure) { return failure.channel == id; });
  std::vector<port::Settled> unacked;
  channel->abandon(unacked);
  link_.settle(port::Settlement::requeue, unacked);
  link_.broker().close_channel(link_.connection, port::ChannelId{id.value()});
}

}  // namespace amqp::session
