#include "amqp/wire/delivery.h"

#include <cstring>

#include "amqp/wire/octet_writer.h"
#include "core/base/check.h"

namespace amqp::wire {
namespace {

/// Writes values into room that is known to be large enough.
class Packer {
 public:
  explicit Packer(std::byte* to) : to_(to) {}

  template <typename T>
  void integer(T value) {
    core::store_big(to_, value);
    to_ += sizeof(T);
  }
  void octets(core::Octets octets) {
    if (octets.empty()) return;
    std::memcpy(to_, octets.data(), octets.size());
    to_ += octets.size();
  }
  void short_string(std::string_view text) {
    integer(static_cast<std::uint8_t>(text.size()));
    octets(core::octets_of(text));
  }
  void frame_head(FrameType type, ChannelId channel, std::size_t size) {
    integer(static_cast<std::uint8_t>(type));
    integer(channel.value());
    integer(static_cast<std::uint32_t>(size));
  }
  void frame_end() { *to_++ = kFrameEnd; }

 private:
  std::byte* to_;
};

std::size_t text_size(std::string_view text) {
  CORE_CHECK(text.size() <= kShortStringMax);
  return 1 + text.size();
}

}  // namespace

void encode_delivery(ChannelId channel, const BasicDeliverView& method, core::Octets properties,
                     const core::BytesView& body, FrameMax frame_max, core::Output& out) {
  const std::size_t method_size = 2 + 2 + text_size(method.consumer_tag) + 8 + 1 +
                                  text_size(method.exchange) + text_size(method.routing_key);
  const std::size_t header_size = 2 + 2 + 8 + properties.size();
  const bool body_here = !body.empty() && body.size() <= core::Output::kCopyMax &&
                         body.size() + kFrameOverhead <= frame_max.value();
  const std::size_t size = kFrameOverhead + method_size + kFrameOverhead + header_size +
                           (body_here ? kFrameOverhead + body.size() : 0);
  core::Buffer& tail = out.tail();
  Packer pack{tail.prepare(size).data()};

  pack.frame_head(FrameType::method, channel, method_size);
  pack.integer(BasicDeliverView::id.class_id);
  pack.integer(BasicDeliverView::id.method_id);
  pack.short_string(method.consumer_tag);
  pack.integer(method.delivery_tag);
  pack.integer(static_cast<std::uint8_t>(method.redelivered ? 1 : 0));
  pack.short_string(method.exchange);
  pack.short_string(method.routing_key);
  pack.frame_end();

  pack.frame_head(FrameType::header, channel, header_size);
  pack.integer(kBasicClass);
  pack.integer(std::uint16_t{0});  // the weight
  pack.integer(std::uint64_t{body.size()});
  pack.octets(properties);
  pack.frame_end();

  if (body_here) {
    pack.frame_head(FrameType::body, channel, body.size());
    pack.octets(body.octets());
    pack.frame_end();
  }
  tail.commit(size);
  if (!body_here) encode_body(channel, body, frame_max, out);
}

}  // namespace amqp::wire
