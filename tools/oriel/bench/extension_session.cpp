#include "tools/oriel/bench/extension_session.h"

#include <algorithm>

#include "amqp/wire/properties.h"
#include "tools/oriel/bench/reply.h"

namespace oriel::bench {

using namespace amqp::wire;

namespace {
constexpr ChannelId kConnection{0};
constexpr ChannelId kChannel{1};
constexpr std::uint32_t kFrameMaxWanted = 131072;
constexpr std::uint64_t kBodyMax = std::uint64_t{64} * 1024 * 1024;  // octets of one request
}  // namespace

ExtensionSession::ExtensionSession(BrokerUrl broker, ExtensionPlan plan)
    : broker_(std::move(broker)), plan_(std::move(plan)), frame_max_(kFrameMaxWanted) {
  output_.append(kProtocolHeader);
}

void ExtensionSession::received(core::Octets octets) {
  input_.append(octets);
  while (failure_.empty()) {
    const auto decoded = decode_frame(input_.octets(), frame_max_);
    if (!decoded) return fail("the broker sent octets that are no frames: " + decoded.error().text);
    if (!decoded->has_value()) return;
    handle((*decoded)->frame);
    input_.consume((*decoded)->size);
  }
}

void ExtensionSession::close() {
  if (state_ == State::closed || state_ == State::closing) return;
  if (state_ == State::consuming && plan_.delete_exchange) {
    ExchangeDelete gone;
    gone.exchange = plan_.exchange;
    gone.no_wait = true;
    send(kChannel, gone);
  }
  state_ = State::closing;
  send(kConnection, ConnectionClose{kReplySuccess, "done", 0, 0});
}

void ExtensionSession::handle(const FrameView& frame) {
  switch (frame.type) {
    case FrameType::method:
      return handle_method(frame.payload);
    case FrameType::header:
      return handle_header(frame.payload);
    case FrameType::body:
      return handle_body(frame.payload);
    case FrameType::heartbeat:
      return;
  }
}

void ExtensionSession::handle_method(core::Octets payload) {
  const auto method = decode_method(payload);
  if (!method) return fail("the broker sent a bad method: " + method.error().text);
  std::visit([this](const auto& known) { on(known); }, *method);
}

void ExtensionSession::handle_header(core::Octets payload) {
  const auto header = decode_content_header(payload);
  if (!header) return fail("the broker sent a bad content header: " + header.error().text);
  if (header->body_size > kBodyMax) return fail("a request beyond 64 MiB");
  properties_.clear();
  properties_.append(header->properties);
  body_.clear();
  body_size_ = header->body_size;
  if (body_size_ == 0) answer();
}

void ExtensionSession::handle_body(core::Octets payload) {
  body_.append(payload);
  if (body_.size() >= body_size_) answer();
}

// ---- The way in --------------------------------------------------------------------------------

void ExtensionSession::on(const ConnectionStart& /*start*/) {
  ConnectionStartOk ok;
  ok.client_properties.set("product", FieldValue::long_string("oriel bench"));
  FieldTable capabilities;
  capabilities.set("authentication_failure_close", FieldValue::boolean(true));
  ok.client_properties.set("capabilities", FieldValue::table(std::move(capabilities)));
  ok.mechanism = "PLAIN";
  ok.response.octets =
      std::string(1, '\0') + broker_.user + std::string(1, '\0') + broker_.password;
  ok.locale = "en_US";
  send(kConnection, ok);
}

void ExtensionSession::on(const ConnectionTune& tune) {
  if (tune.frame_max != 0) frame_max_ = FrameMax{std::min(tune.frame_max, kFrameMaxWanted)};
  const std::uint16_t no_heartbeat = 0;
  send(kConnection, ConnectionTuneOk{tune.channel_max, frame_max_.value(), no_heartbeat});
  ConnectionOpen open;
  open.virtual_host = broker_.vhost;
  send(kConnection, open);
}

void ExtensionSession::on(const ConnectionOpenOk& /*open*/) { send(kChannel, ChannelOpen{}); }

void ExtensionSession::on(const ChannelOpenOk& /*open*/) {
  ExchangeDeclare exchange;
  exchange.exchange = plan_.exchange;
  exchange.type = "direct";
  exchange.durable = true;
  send(kChannel, exchange);
  QueueDeclare queue;
  queue.exclusive = true;
  queue.auto_delete = true;
  send(kChannel, queue);
}

void ExtensionSession::on(const QueueDeclareOk& declared) {
  QueueBind bind;
  bind.queue = declared.queue;
  bind.exchange = plan_.exchange;
  bind.routing_key = plan_.routing_key;
  send(kChannel, bind);
  BasicConsume consume;
  consume.queue = declared.queue;
  consume.no_ack = true;
  send(kChannel, consume);
}

void ExtensionSession::on(const BasicConsumeOk& /*consume*/) { state_ = State::consuming; }

// ---- Requests and replies ----------------------------------------------------------------------

void ExtensionSession::on(const BasicDeliver& /*deliver*/) { body_.clear(); }

void ExtensionSession::answer() {
  const auto properties = view_properties(properties_.octets());
  reply_.clear();
  const bool readable = properties && properties->correlation_id && properties->reply_to &&
                        append_reply(body_.text(), plan_.reply_octets, reply_);
  if (!readable) {
    ++unreadable_;
    return;
  }
  std::string exchange;
  if (properties->headers) {
    const auto headers = decode_table(properties->headers->octets);
    const FieldValue* named = headers ? headers->find("replyToExchange") : nullptr;
    if (named != nullptr && named->text() != nullptr) exchange = *named->text();
  }
  encode_method_frame(kChannel, BasicPublishView{0, exchange, *properties->reply_to, false, false},
                      output_);
  Properties of_reply;
  of_reply.correlation_id = *properties->correlation_id;
  core::Buffer list;
  encode_properties(of_reply, list);
  encode_content_header(kChannel, {kBasicClass, reply_.size(), list.octets()}, output_);
  const std::size_t piece_max = frame_max_.value() - kFrameOverhead;
  for (core::Octets rest = reply_.octets(); !rest.empty();) {
    const core::Octets piece = rest.first(std::min(piece_max, rest.size()));
    encode_frame(FrameType::body, kChannel, piece, output_);
    rest = rest.subspan(piece.size());
  }
  ++answered_;
}

// ---- The way out -------------------------------------------------------------------------------

void ExtensionSession::on(const BasicCancel& /*cancel*/) {
  fail("the broker cancelled the extension's consumer");
}
void ExtensionSession::on(const ChannelClose& close) {
  fail("the broker closed the channel: " + close.reply_text);
}
void ExtensionSession::on(const ConnectionClose& close) {
  send(kConnection, ConnectionCloseOk{});
  fail("the broker closed the connection: " + close.reply_text);
}
void ExtensionSession::on(const ConnectionCloseOk& /*close*/) { state_ = State::closed; }

void ExtensionSession::fail(std::string why) {
  if (failure_.empty()) failure_ = std::move(why);
  state_ = State::closed;
}

}  // namespace oriel::bench
