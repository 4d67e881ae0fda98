#include <algorithm>

#include "amqp/wire/frame.h"
#include "amqp/wire/octet_reader.h"
#include "amqp/wire/octet_writer.h"
#include "core/base/check.h"

namespace amqp::wire {
namespace {

/// The lowest bit says that a second word of flags follows; the one above it names no property.
constexpr unsigned kFlagsNobodyHas = 0b11;

}  // namespace

core::Result<ContentHeader, ProtocolError> decode_content_header(core::Octets payload) {
  OctetReader reader{payload};
  ContentHeader header;
  header.class_id = reader.u16();
  const std::uint16_t weight = reader.u16();
  header.body_size = reader.u64();
  header.properties = reader.rest();
  const std::uint16_t flags = reader.u16();

  if (reader.failed()) return syntax_error("a content header too short");
  if (weight != 0) {
    return core::Unexpected{ProtocolError{kUnexpectedFrame, "a content header with a weight"}};
  }
  if ((flags & kFlagsNobodyHas) != 0) return syntax_error("property flags that nobody has");
  return header;
}

void encode_content_header(ChannelId channel, const ContentHeader& header, core::Buffer& out) {
  const std::size_t position = begin_frame(FrameType::header, channel, out);
  OctetWriter writer{out};
  writer.u16(header.class_id);
  writer.u16(0);  // the weight
  writer.u64(header.body_size);
  writer.octets(header.properties);
  end_frame(position, out);
}

void encode_body(ChannelId channel, const core::BytesView& body, FrameMax frame_max,
                 core::Output& out) {
  CORE_CHECK(frame_max.value() > kFrameOverhead);
  const std::size_t size_max = frame_max.value() - kFrameOverhead;
  for (std::size_t offset = 0; offset < body.size();) {
    const std::size_t size = std::min(size_max, body.size() - offset);
    OctetWriter head{out.tail()};
    head.u8(static_cast<std::uint8_t>(FrameType::body));
    head.u16(channel.value());
    head.u32(static_cast<std::uint32_t>(size));
    out.append(body.slice(offset, size));
    out.append(core::Octets{&kFrameEnd, 1});
    offset += size;
  }
}

}  // namespace amqp::wire
