#include "amqp/wire/frame.h"

#include <limits>

#include "core/base/check.h"

namespace amqp::wire {
void encode_frame(FrameType type, ChannelId channel, core::Octets payload, core::Buffer& out) {
  const std::size_t position = begin_frame(type, channel, out);
  out.append(payload);
  end_frame(position, out);
}

void encode_heartbeat(core::Buffer& out) {
  encode_frame(FrameType::heartbeat, ChannelId{0}, {}, out);
}

std::size_t begin_frame(FrameType type, ChannelId channel, core::Buffer& out) {
  const std::size_t position = out.size();
  const std::span<std::byte> head = out.prepare(kFrameHeaderSize);
  head[0] = static_cast<std::byte>(type);
  core::store_big(head.data() + 1, channel.value());
  core::store_big(head.data() + kFrameSizePosition, std::uint32_t{0});
  out.commit(kFrameHeaderSize);
  return position;
}

void end_frame(std::size_t position, core::Buffer& out) {
  const std::size_t size = out.size() - position - kFrameHeaderSize;
  CORE_CHECK(size <= std::numeric_limits<std::uint32_t>::max());
  core::store_big(out.at(position + kFrameSizePosition), static_cast<std::uint32_t>(size));
  out.append(core::Octets{&kFrameEnd, 1});
}

}  // namespace amqp::wire
