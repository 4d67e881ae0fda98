#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "amqp/wire/error.h"
#include "amqp/wire/ids.h"
#include "core/base/octets.h"
#include "core/base/result.h"
#include "core/memory/buffer.h"
#include "core/memory/output.h"
#include "core/memory/shared_bytes.h"

namespace amqp::wire {

/// What a client sends first (AMQP 0-9-1 §4.2.2), and what a server answers to anything else.
inline constexpr std::string_view kProtocolHeader{"AMQP\x00\x00\x09\x01", 8};

/// What a frame carries (AMQP 0-9-1 §4.2.3). Heartbeat is 8, as the grammar of §4.2.1 and every
/// deployed peer have it; the 4 in the prose of §4.2.3 is a misprint.
enum class FrameType : std::uint8_t { method = 1, header = 2, body = 3, heartbeat = 8 };

[[nodiscard]] constexpr bool is_known(FrameType type) {
  return type == FrameType::method || type == FrameType::header || type == FrameType::body ||
         type == FrameType::heartbeat;
}

inline constexpr std::size_t kFrameHeaderSize = 7;  // octets: type 1, channel 2, size 4
inline constexpr std::size_t kFrameSizePosition = 3;
inline constexpr std::size_t kFrameOverhead = kFrameHeaderSize + 1;  // and the frame-end
inline constexpr std::byte kFrameEnd{0xCE};

/// One frame, seen in place: `payload` points into the buffer it was read from.
struct FrameView {
  FrameType type;
  ChannelId channel;     // 0 is the connection itself
  core::Octets payload;  // `size` octets, without the frame-end
};

/// A frame and the octets it took, head and end included.
struct DecodedFrame {
  FrameView frame;
  std::size_t size;
};

/// Reads the frame at the front of `input` (§4.2.3); nullopt while it is only a beginning.
///
/// A size beyond `frame_max` is frame_error (501), and is judged as soon as the header is in, so a
/// peer cannot make us buffer what we would refuse. An unknown type or a wrong frame-end is
/// hang_up: the spec has us close without another word. `frame_max` is never 0 ("no limit" in
/// connection.tune): the session has put our own limit in its place, and may have added the eight
/// octets of grace that clients which forget the overhead need.
[[nodiscard]] inline core::Result<std::optional<DecodedFrame>, ProtocolError> decode_frame(
    core::Octets input, FrameMax frame_max) {
  if (input.size() < kFrameHeaderSize) return std::nullopt;

  const auto type = static_cast<FrameType>(input[0]);
  const ChannelId channel{core::load_big<std::uint16_t>(input.subspan(1))};
  const std::size_t size = core::load_big<std::uint32_t>(input.subspan(kFrameSizePosition));
  if (!is_known(type)) return hang_up("unknown frame type");
  if (size + kFrameOverhead > frame_max.value()) return frame_error("frame beyond frame-max");

  if (input.size() < size + kFrameOverhead) return std::nullopt;
  if (input[kFrameHeaderSize + size] != kFrameEnd) return hang_up("no frame-end octet");

  const FrameView frame{type, channel, input.subspan(kFrameHeaderSize, size)};
  return DecodedFrame{frame, size + kFrameOverhead};
}

/// Appends a whole frame. The payload is at most the peer's frame-max less kFrameOverhead.
void encode_frame(FrameType type, ChannelId channel, core::Octets payload, core::Buffer& out);
void encode_heartbeat(core::Buffer& out);  ///< §4.2.7

/// Begins a frame whose payload is composed in place; `end_frame` takes what this gives.
[[nodiscard]] std::size_t begin_frame(FrameType type, ChannelId channel, core::Buffer& out);
/// Sets the size of the frame begun at `position` and appends the frame-end.
void end_frame(std::size_t position, core::Buffer& out);

/// The class of every content there is: basic.
inline constexpr std::uint16_t kBasicClass = 60;

/// What comes before a content's body (§4.2.6.1). Its weight is not here: it is always 0.
struct ContentHeader {
  std::uint16_t class_id = kBasicClass;
  std::uint64_t body_size = 0;  // octets
  core::Octets properties;      // flags and list, seen in place; see properties.h
};

/// Reads the payload of a header frame. A weight other than 0 is unexpected_frame (505); property
/// flags that go on in a second word, or that name no property of basic, are syntax_error (502).
/// The list behind the flags is only looked into by decode_properties.
[[nodiscard]] core::Result<ContentHeader, ProtocolError> decode_content_header(
    core::Octets payload);

void encode_content_header(ChannelId channel, const ContentHeader& header, core::Buffer& out);

/// Appends `body` as body frames of at most `frame_max`, large pieces by reference; none at all
/// for an empty body.
void encode_body(ChannelId channel, const core::BytesView& body, FrameMax frame_max,
                 core::Output& out);

}  // namespace amqp::wire
