#include "bench/broker/amqp.h"

#include <stdexcept>

#include "amqp/wire/frame.h"
#include "core/memory/output.h"

namespace broker_bench {
namespace {

namespace wire = amqp::wire;

constexpr wire::FrameMax kFrameMax{131072};
constexpr wire::ChannelId kChannel{1};
constexpr std::size_t kTagInAck = wire::kFrameHeaderSize + 4;

std::string text_of(const core::Buffer& buffer) { return std::string{buffer.text()}; }

}  // namespace

std::string encode_publish(std::string_view key, std::string_view body,
                           const wire::Properties& properties) {
  core::Buffer head;
  wire::encode_method_frame(kChannel, wire::BasicPublishView{0, "", key, false, false}, head);
  core::Buffer list;
  wire::encode_properties(properties, list);
  wire::encode_content_header(kChannel, {wire::kBasicClass, body.size(), list.octets()}, head);
  std::string all = text_of(head);
  const std::size_t piece_max = kFrameMax.value() - wire::kFrameOverhead;
  for (; !body.empty(); body.remove_prefix(std::min(piece_max, body.size()))) {
    core::Buffer frame;
    wire::encode_frame(wire::FrameType::body, kChannel, core::octets_of(body.substr(0, piece_max)),
                       frame);
    all += frame.text();
  }
  return all;
}

wire::QueueDeclare declaration(const std::string& queue, bool durable, bool exclusive) {
  wire::QueueDeclare method;
  method.queue = queue;
  method.durable = durable;
  method.exclusive = exclusive;
  return method;
}

wire::BasicConsume consumption(const std::string& queue, bool no_ack) {
  wire::BasicConsume method;
  method.queue = queue;
  method.no_ack = no_ack;
  return method;
}

wire::QueueDelete deletion(const std::string& queue) {
  wire::QueueDelete method;
  method.queue = queue;
  return method;
}

AmqpLink::AmqpLink(std::uint16_t port) : link(port) {
  link.output() += wire::kProtocolHeader;
  static_cast<void>(answer());  // connection.start
  send(wire::ConnectionStartOk{{}, "PLAIN", {std::string{"\0guest\0guest", 12}}, "en_US"}, 0);
  const auto tune = std::get<wire::ConnectionTune>(answer());
  send(
      wire::ConnectionTuneOk{
          .channel_max = tune.channel_max, .frame_max = kFrameMax.value(), .heartbeat = 0},
      0);
  send(wire::ConnectionOpen{"/", "", false}, 0);
  static_cast<void>(std::get<wire::ConnectionOpenOk>(answer()));
  static_cast<void>(ask<wire::ChannelOpenOk>(wire::ChannelOpen{}));
}

void AmqpLink::send(const wire::AnyMethod& method, std::uint16_t channel) {
  core::Buffer frame;
  wire::encode_method_frame(wire::ChannelId{channel}, method, frame);
  link.output() += frame.text();
}

wire::AnyMethod AmqpLink::answer() {
  link.flush();
  for (;;) {
    const auto frame = frame_of(link.input());
    if (!frame) {
      link.await();
      continue;
    }
    if (frame->type != 1) throw std::runtime_error{"expected a method"};
    auto method = wire::decode_method(core::octets_of(frame->payload));
    if (!method) throw std::runtime_error{"a method that cannot be read: " + method.error().text};
    link.consume(frame->size);
    if (const auto* close = std::get_if<wire::ChannelClose>(&*method)) {
      throw std::runtime_error{"channel.close: " + close->reply_text};
    }
    if (const auto* close = std::get_if<wire::ConnectionClose>(&*method)) {
      throw std::runtime_error{"connection.close: " + close->reply_text};
    }
    return *std::move(method);
  }
}

std::string AmqpLink::declare(const std::string& queue, bool durable, bool exclusive) {
  return ask<wire::QueueDeclareOk>(declaration(queue, durable, exclusive)).queue;
}

void AmqpLink::consume(const std::string& queue, bool no_ack, std::uint16_t prefetch) {
  if (prefetch > 0) static_cast<void>(ask<wire::BasicQosOk>(wire::BasicQos{0, prefetch, false}));
  static_cast<void>(ask<wire::BasicConsumeOk>(consumption(queue, no_ack)));
}

void AmqpLink::remove(const std::string& queue) {
  static_cast<void>(ask<wire::QueueDeleteOk>(deletion(queue)));
}

std::optional<Frame> frame_of(std::string_view input) {
  if (input.size() < wire::kFrameHeaderSize) return std::nullopt;
  const auto size = core::load_big<std::uint32_t>(core::octets_of(input.substr(3)));
  if (input.size() < size + wire::kFrameOverhead) return std::nullopt;
  return Frame{static_cast<std::uint8_t>(input[0]), input.substr(wire::kFrameHeaderSize, size),
               size + wire::kFrameOverhead};
}

std::uint32_t method_of(const Frame& frame) {
  if (frame.type != 1 || frame.payload.size() < 4) return 0;
  return core::load_big<std::uint32_t>(core::octets_of(frame.payload));
}

std::uint64_t load_u64(std::string_view octets) {
  return core::load_big<std::uint64_t>(core::octets_of(octets));
}

std::uint64_t delivery_tag_of(const Frame& frame) {
  const auto tag_size = static_cast<std::uint8_t>(frame.payload[4]);
  return load_u64(frame.payload.substr(5U + tag_size));
}

AmqpReceiver::AmqpReceiver(std::size_t body_size, bool acknowledges) : body_size_(body_size) {
  if (!acknowledges) return;
  core::Buffer frame;
  wire::encode_method_frame(kChannel, wire::BasicAck{.delivery_tag = 0}, frame);
  ack_ = text_of(frame);
}

std::uint64_t AmqpReceiver::take(Link& link) {
  std::uint64_t complete = 0;
  std::string_view input = link.input();
  for (auto frame = frame_of(input); frame; frame = frame_of(input)) {
    if (frame->type == 1) {
      if (method_of(*frame) != kBasicDeliver) throw std::runtime_error{"not a delivery"};
      if (!ack_.empty()) {
        const std::uint64_t tag = delivery_tag_of(*frame);
        core::store_big(reinterpret_cast<std::byte*>(ack_.data()) + kTagInAck, tag);
        link.output() += ack_;
      }
    } else if (frame->type == 3) {
      octets_ += frame->payload.size();
      if (octets_ == body_size_) {
        octets_ = 0;
        ++complete;
      }
    }
    input.remove_prefix(frame->size);
  }
  link.consume(link.input().size() - input.size());
  link.flush();
  return complete;
}

}  // namespace broker_bench
