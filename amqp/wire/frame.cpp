#include "amqp/wire/frame.h"

#include <limits>

#include "core/base/check.h"

namespace amqp::wire {
namespace {

bool is_known(FrameType type) {
  return type == FrameType::method || type == FrameType::header || type == FrameType::body ||
         type == FrameType::heartbeat;
}

constexpr std::size_t kSizePosition = 3;  // in a frame's head

}  // namespace

core::Result<std::optional<DecodedFrame>, ProtocolError> decode_frame(core::Octets input,
                                                                      FrameMax frame_max) {
  if (input.size() < kFrameHeaderSize) return std::nullopt;

  const auto type = static_cast<FrameType>(input[0]);
  const ChannelId channel{core::load_big<std::uint16_t>(input.subspan(1))};
  const std::size_t size = core::load_big<std::uint32_t>(input.subspan(kSizePosition));
  if (!is_known(type)) return hang_up("unknown frame type");
  if (size + kFrameOverhead > frame_max.value()) return frame_error("frame beyond frame-max");

  if (input.size() < size + kFrameOverhead) return std::nullopt;
  if (input[kFrameHeaderSize + size] != kFrameEnd) return hang_up("no frame-end octet");

  const FrameView frame{type, channel, input.subspan(kFrameHeaderSize, size)};
  return DecodedFrame{frame, size + kFrameOverhead};
}

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
  core::store_big(head.data() + kSizePosition, std::uint32_t{0});
  out.commit(kFrameHeaderSize);
  return position;
}

void end_frame(std::size_t position, core::Buffer& out) {
  const std::size_t size = out.size() - position - kFrameHeaderSize;
  CORE_CHECK(size <= std::numeric_limits<std::uint32_t>::max());
  core::store_big(out.at(position + kSizePosition), static_cast<std::uint32_t>(size));
  out.append(core::Octets{&kFrameEnd, 1});
}

}  // namespace amqp::wire
