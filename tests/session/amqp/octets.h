#pragma once

#include <string>
#include <string_view>

#include "amqp/session/handshake.h"
#include "amqp/session/sasl.h"
#include "amqp/session/settings.h"
#include "amqp/wire/frame.h"
#include "amqp/wire/methods.h"
#include "core/memory/buffer.h"

// What clients and servers say, as octets.

namespace amqp::session::testing {

template <wire::Method M>
[[nodiscard]] std::string frame(std::uint16_t channel, const M& method) {
  core::Buffer out;
  wire::encode_method_frame(wire::ChannelId{channel}, method, out);
  return std::string{out.text()};
}
/// Frames with any payload, right or wrong.
[[nodiscard]] std::string raw_frame(wire::FrameType type, std::uint16_t channel,
                                    std::string_view payload);
/// A header frame and, unless `body` is empty, one body frame. `properties` are flags and list.
[[nodiscard]] std::string content(std::uint16_t channel, std::string_view body,
                                  std::string_view properties = {"\0\0", 2});
[[nodiscard]] std::string header_frame(std::uint16_t channel, std::uint64_t body_size,
                                       std::string_view properties = {"\0\0", 2});

[[nodiscard]] wire::FieldTable client_properties();
[[nodiscard]] std::string start_ok(std::string_view mechanism, std::string_view response,
                                   const wire::FieldTable& properties);
[[nodiscard]] std::string plain_start_ok(std::string_view user = "guest",
                                         std::string_view password = "guest");
[[nodiscard]] std::string tune_ok(std::uint16_t heartbeat = 0, std::uint32_t frame_max = 131072,
                                  std::uint16_t channel_max = 2047);
[[nodiscard]] std::string open(std::string_view vhost = "/");
[[nodiscard]] std::string publish(std::uint16_t channel, std::string_view key,
                                  bool mandatory = false, std::string_view exchange = "");

[[nodiscard]] std::string start(const Settings& settings,
                                std::string_view mechanisms = kMechanisms);
[[nodiscard]] std::string tune(const Settings& settings);
[[nodiscard]] std::string channel_close(std::uint16_t channel, wire::ReplyCode code,
                                        std::string_view text, wire::MethodId method);
[[nodiscard]] std::string connection_close(wire::ReplyCode code, std::string_view text,
                                           wire::MethodId method);

/// `octets` for a failure message: one line a frame, "1 basic.ack 0000..." and the like.
[[nodiscard]] std::string readable(std::string_view octets);

}  // namespace amqp::session::testing
