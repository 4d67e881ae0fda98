// Frames: what decodes encodes back to the same octets, and how it is cut does not matter.

#include "amqp/wire/frame.h"

#include "core/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace amqp::wire;
  constexpr FrameMax kMax{4096};
  core::Octets rest = std::as_bytes(std::span{data, size});
  while (true) {
    const auto decoded = decode_frame(rest, kMax);
    if (!decoded || !decoded->has_value()) break;
    const DecodedFrame& whole = **decoded;
    CORE_CHECK(whole.size <= rest.size() && whole.size <= kMax.value());

    core::Buffer out;
    encode_frame(whole.frame.type, whole.frame.channel, whole.frame.payload, out);
    CORE_CHECK(out.text() == core::text_of(rest.first(whole.size)));

    const auto one_short = decode_frame(rest.first(whole.size - 1), kMax);
    CORE_CHECK(one_short && !one_short->has_value());

    if (whole.frame.type == FrameType::header) {
      if (const auto header = decode_content_header(whole.frame.payload)) {
        core::Buffer again;
        encode_content_header(whole.frame.channel, *header, again);
        CORE_CHECK(again.text() == out.text());
      }
    }
    rest = rest.subspan(whole.size);
  }
  return 0;
}
