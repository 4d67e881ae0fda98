#pragma once

#include "amqp/wire/basic_methods.h"
#include "amqp/wire/frame.h"
#include "core/memory/output.h"
#include "core/memory/shared_bytes.h"

namespace amqp::wire {

/// Appends a basic.deliver with its content: method frame, header frame and body frames of at most
/// `frame_max`. The same octets as encode_method_frame, encode_content_header and encode_body give,
/// composed in one piece: this is what a broker writes most. `properties` are flags and list.
void encode_delivery(ChannelId channel, const BasicDeliverView& method, core::Octets properties,
                     const core::BytesView& body, FrameMax frame_max, core::Output& out);

}  // namespace amqp::wire
