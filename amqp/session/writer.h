#pragma once

#include <cstddef>

#include "amqp/wire/delivery.h"
#include "amqp/wire/frame.h"
#include "amqp/wire/ids.h"
#include "amqp/wire/methods.h"
#include "core/memory/output.h"
#include "core/memory/shared_bytes.h"

namespace amqp::session {

/// Writes methods and contents to the peer, in frames of the agreed size.
///
/// A content header is never split (AMQP 0-9-1 §4.2.6), so properties that came over a connection
/// with larger frames go out in a frame larger than this peer agreed to, as other brokers do it.
class Writer {
 public:
  explicit Writer(std::size_t octets_max) : octets_max_(octets_max) {}

  template <wire::Method M>
  void send(wire::ChannelId channel, const M& method) {
    wire::encode_method_frame(channel, method, output_.tail());
  }
  void send(wire::ChannelId channel, const wire::AnyMethod& method) {
    wire::encode_method_frame(channel, method, output_.tail());
  }
  /// A method with a content behind it; `properties` are flags and list as they came.
  template <wire::Method M>
  void send(wire::ChannelId channel, const M& method, const core::BytesView& properties,
            const core::BytesView& body) {
    send(channel, method);
    wire::encode_content_header(channel, {wire::kBasicClass, body.size(), properties.octets()},
                                output_.tail());
    wire::encode_body(channel, body, frame_max_, output_);
  }
  /// What there is most of.
  void send(wire::ChannelId channel, const wire::BasicDeliverView& method,
            const core::BytesView& properties, const core::BytesView& body) {
    wire::encode_delivery(channel, method, properties.octets(), body, frame_max_, output_);
  }
  void heartbeat() { wire::encode_heartbeat(output_.tail()); }

  void set_frame_max(wire::FrameMax frame_max) { frame_max_ = frame_max; }
  /// Whether there is room for another delivery or answer: Settings::output_octets_max.
  [[nodiscard]] bool has_room() const { return output_.size() < octets_max_; }

  [[nodiscard]] core::Output& output() { return output_; }
  [[nodiscard]] const core::Output& output() const { return output_; }

 private:
  core::Output output_;
  std::size_t octets_max_;
  wire::FrameMax frame_max_ = wire::kFrameMinSize;
};

}  // namespace amqp::session
