#include "tests/sim/wire_client.h"

#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace sim {

namespace wire = amqp::wire;

namespace {

constexpr wire::ChannelId kConnection{0};
constexpr wire::ChannelId kChannel{1};
constexpr wire::FrameMax kFrameMax{131072};
constexpr std::size_t kMoveMax = 3000;  // octets one move carries, each way

}  // namespace

void WireClient::connect(unsigned shard) {
  cut();
  core::Pump& pump = *this;
  session_ = std::make_unique<amqp::session::ServerSession>(
      world_.brokers.broker(shard), world_.authenticator, pump, world_.settings,
      amqp::session::Peer{"sim", true}, world_.brokers.now());
  to_server_.append(wire::kProtocolHeader);
  wire::ConnectionStartOk start;
  start.mechanism = "PLAIN";
  start.response.octets = std::string{"\0guest\0guest", 12};
  start.locale = "en_US";
  wire::encode_method_frame(kConnection, start, to_server_);
  wire::ConnectionTuneOk tune;
  tune.channel_max = 10;
  tune.frame_max = kFrameMax.value();
  wire::encode_method_frame(kConnection, tune, to_server_);
  wire::ConnectionOpen open;
  open.virtual_host = "/";
  wire::encode_method_frame(kConnection, open, to_server_);
  wire::encode_method_frame(kChannel, wire::ChannelOpen{}, to_server_);
  sent_ = to_server_.size();
  read_ = taken_ = 0;
}

void WireClient::cut() {
  if (session_ == nullptr) return;
  session_->disconnected(world_.brokers.now());
  session_.reset();
  to_server_.clear();
  from_server_.clear();
  incoming_.reset();
  lost();
}

bool WireClient::move(Random& random) {
  if (session_ == nullptr) return false;
  bool moved = false;
  const auto deadline = session_->deadline();
  if (deadline && *deadline <= world_.brokers.now()) {
    session_->expired(world_.brokers.now());
    moved = true;
  }
  moved |= to_server(random);
  moved |= to_client(random);
  if (session_ != nullptr && session_->finished() && session_->output().empty()) {
    world_.witness.expect(false, "the server ended a connection", session_->end_reason());
    cut();
  }
  return moved;
}

bool WireClient::to_server(Random& random) {
  const auto space = session_->input_space();
  if (space.empty()) return false;
  const std::size_t size =
      std::min({space.size(), to_server_.size(), std::size_t{random() % kMoveMax + 1}});
  if (size > 0) {
    std::memcpy(space.data(), to_server_.octets().data(), size);
    to_server_.consume(size);
    read_ += size;
    session_->received(size, world_.brokers.now());
  }
  // A session that would read on has left nothing aside but the beginning of a frame.
  if (!session_->input_space().empty()) taken_ = read_;
  progressed();
  return size > 0;
}

bool WireClient::to_client(Random& random) {
  core::Output& output = session_->output();
  if (output.empty()) return false;
  std::array<iovec, 8> parts{};
  const std::size_t count = output.gather(parts);
  std::size_t left = random() % kMoveMax + 1;
  std::size_t size = 0;
  for (std::size_t i = 0; i < count && left > 0; ++i) {
    const std::size_t piece = std::min(left, parts[i].iov_len);
    from_server_.append(core::Octets{static_cast<const std::byte*>(parts[i].iov_base), piece});
    size += piece;
    left -= piece;
  }
  output.consume(size);
  session_->written(world_.brokers.now());
  read_frames();
  return true;
}

void WireClient::read_frames() {
  while (session_ != nullptr) {
    const auto decoded = wire::decode_frame(from_server_.octets(), kFrameMax);
    if (!decoded) return world_.witness.expect(false, "the server sent a bad frame");
    if (!*decoded) return;
    on_frame((*decoded)->frame);
    from_server_.consume((*decoded)->size);
  }
}

void WireClient::on_frame(const wire::FrameView& frame) {
  if (frame.type == wire::FrameType::method) {
    const auto method = wire::decode_method(frame.payload);
    world_.witness.expect(method.has_value(), "the server sent a bad method");
    if (method) on_method(*method);
    return;
  }
  if (!incoming_) return;
  if (frame.type == wire::FrameType::header) {
    const auto header = wire::decode_content_header(frame.payload);
    world_.witness.expect(header.has_value(), "the server sent a bad content header");
    incoming_size_ = header->body_size;
    incoming_->properties = *wire::decode_properties(header->properties);
  } else if (frame.type == wire::FrameType::body) {
    incoming_->body += core::text_of(frame.payload);
  }
  if (incoming_->body.size() < incoming_size_) return;
  const Message message = std::move(*incoming_);
  incoming_.reset();
  received(message);
}

void WireClient::on_method(const wire::AnyMethod& method) {
  if (const auto* deliver = std::get_if<wire::BasicDeliver>(&method)) {
    incoming_ = Message{deliver->delivery_tag, deliver->redelivered, {}, {}};
  } else if (const auto* closed = std::get_if<wire::ChannelClose>(&method)) {
    world_.witness.expect(false, "the server closed a channel", closed->reply_text);
  } else if (const auto* ended = std::get_if<wire::ConnectionClose>(&method)) {
    world_.witness.expect(false, "the server closed a connection", ended->reply_text);
  } else if (std::holds_alternative<wire::ChannelOpenOk>(method)) {
    opened();
  } else {
    answered(method);
  }
}

void WireClient::send(const wire::AnyMethod& method) {
  const std::size_t before = to_server_.size();
  wire::encode_method_frame(kChannel, method, to_server_);
  sent_ += to_server_.size() - before;
}

void WireClient::publish(std::string_view exchange, std::string_view routing_key,
                         const wire::Properties& properties, std::string_view body) {
  wire::BasicPublish method;
  method.exchange = exchange;
  method.routing_key = routing_key;
  send(method);
  const std::size_t before = to_server_.size();
  core::Buffer list;
  wire::encode_properties(properties, list);
  wire::encode_content_header(kChannel, {wire::kBasicClass, body.size(), list.octets()},
                              to_server_);
  if (!body.empty()) {
    wire::encode_frame(wire::FrameType::body, kChannel, core::octets_of(body), to_server_);
  }
  sent_ += to_server_.size() - before;
}

void WireClient::declare_queue(const std::string& name, bool exclusive, bool durable) {
  wire::QueueDeclare declare;
  declare.queue = name;
  declare.durable = durable;
  declare.exclusive = exclusive;
  send(declare);
}

void WireClient::declare_exchange(const std::string& name, const std::string& type,
                                  bool durable) {
  wire::ExchangeDeclare declare;
  declare.durable = durable;
  declare.exchange = name;
  declare.type = type;
  send(declare);
}

void WireClient::bind(const std::string& queue, const std::string& exchange,
                      const std::string& key) {
  wire::QueueBind bind;
  bind.queue = queue;
  bind.exchange = exchange;
  bind.routing_key = key;
  send(bind);
}

void WireClient::consume(const std::string& queue, std::uint16_t prefetch, bool no_ack) {
  wire::BasicQos qos;
  qos.prefetch_count = prefetch;
  send(qos);
  wire::BasicConsume consume;
  consume.queue = queue;
  consume.no_ack = no_ack;
  send(consume);
}

void WireClient::ack(std::uint64_t tag, bool multiple) {
  wire::BasicAck ack;
  ack.delivery_tag = tag;
  ack.multiple = multiple;
  send(ack);
}

void WireClient::reject(std::uint64_t tag) {
  wire::BasicReject reject;
  reject.delivery_tag = tag;
  reject.requeue = true;
  send(reject);
}

}  // namespace sim
