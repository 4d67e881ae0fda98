#include "tests/session/amqp/octets.h"

#include <array>

namespace amqp::session::testing {
namespace {

std::string hex(core::Octets octets) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::byte octet : octets) {
    text += kDigits[std::to_integer<std::size_t>(octet >> 4)];
    text += kDigits[std::to_integer<std::size_t>(octet & std::byte{15})];
  }
  return text;
}

}  // namespace

std::string raw_frame(wire::FrameType type, std::uint16_t channel, std::string_view payload) {
  core::Buffer out;
  wire::encode_frame(type, wire::ChannelId{channel}, core::octets_of(payload), out);
  return std::string{out.text()};
}

std::string header_frame(std::uint16_t channel, std::uint64_t body_size,
                         std::string_view properties) {
  core::Buffer out;
  wire::encode_content_header(wire::ChannelId{channel},
                              {wire::kBasicClass, body_size, core::octets_of(properties)}, out);
  return std::string{out.text()};
}

std::string content(std::uint16_t channel, std::string_view body, std::string_view properties) {
  std::string octets = header_frame(channel, body.size(), properties);
  if (!body.empty()) octets += raw_frame(wire::FrameType::body, channel, body);
  return octets;
}

wire::FieldTable client_properties() {
  wire::FieldTable capabilities;
  capabilities.set("authentication_failure_close", wire::FieldValue::boolean(true));
  capabilities.set("consumer_cancel_notify", wire::FieldValue::boolean(true));
  wire::FieldTable properties;
  properties.set("product", wire::FieldValue::long_string("test client"));
  properties.set("version", wire::FieldValue::long_string("1.0"));
  properties.set("capabilities", wire::FieldValue::table(capabilities));
  return properties;
}

std::string start_ok(std::string_view mechanism, std::string_view response,
                     const wire::FieldTable& properties) {
  return frame(0, wire::ConnectionStartOk{.client_properties = properties,
                                          .mechanism = std::string{mechanism},
                                          .response = {std::string{response}},
                                          .locale = "en_US"});
}

std::string plain_start_ok(std::string_view user, std::string_view password) {
  std::string response(1, '\0');
  response += user;
  response += '\0';
  response += password;
  return start_ok("PLAIN", response, client_properties());
}

std::string tune_ok(std::uint16_t heartbeat, std::uint32_t frame_max, std::uint16_t channel_max) {
  return frame(0, wire::ConnectionTuneOk{channel_max, frame_max, heartbeat});
}

std::string open(std::string_view vhost) {
  return frame(0, wire::ConnectionOpen{.virtual_host = std::string{vhost}, .reserved_1 = {}});
}

std::string publish(std::uint16_t channel, std::string_view key, bool mandatory,
                    std::string_view exchange) {
  return frame(channel, wire::BasicPublishView{
                            .exchange = exchange, .routing_key = key, .mandatory = mandatory});
}

std::string start(const Settings& settings, std::string_view mechanisms) {
  return frame(0, start_method(settings, mechanisms));
}

std::string tune(const Settings& settings) {
  return frame(0, wire::ConnectionTune{settings.channel_max, settings.frame_max,
                                       static_cast<std::uint16_t>(settings.heartbeat.count())});
}

std::string channel_close(std::uint16_t channel, wire::ReplyCode code, std::string_view text,
                          wire::MethodId method) {
  return frame(channel,
               wire::ChannelClose{code, std::string{text}, method.class_id, method.method_id});
}

std::string connection_close(wire::ReplyCode code, std::string_view text, wire::MethodId method) {
  return frame(0,
               wire::ConnectionClose{code, std::string{text}, method.class_id, method.method_id});
}

std::string readable(std::string_view octets) {
  std::string text;
  core::Octets rest = core::octets_of(octets);
  while (!rest.empty()) {
    const auto decoded = wire::decode_frame(rest, wire::FrameMax{1U << 30U});
    if (!decoded || !decoded->has_value()) return text + "  octets " + hex(rest) + "\n";
    const wire::FrameView& view = (*decoded)->frame;
    text += "  " + std::to_string(view.channel.value()) + " ";
    if (view.type == wire::FrameType::method) {
      if (const auto id = wire::method_id_of(view.payload)) text += wire::method_name(*id);
    } else {
      text += "frame type " + std::to_string(static_cast<int>(view.type));
    }
    text += " " + hex(view.payload.first(std::min<std::size_t>(view.payload.size(), 300))) + "\n";
    rest = rest.subspan((*decoded)->size);
  }
  return text;
}

}  // namespace amqp::session::testing
