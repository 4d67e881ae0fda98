// Properties: what decodes encodes back to the same octets, and the view sees the same.

#include "amqp/wire/properties.h"

#include "core/base/check.h"
#include "tests/fuzz/same_octets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace amqp::wire;
  const core::Octets octets = std::as_bytes(std::span{data, size});
  const auto properties = decode_properties(octets);
  const auto view = view_properties(octets);
  if (!properties) return 0;  // the view may still be there: it does not look into the headers

  CORE_CHECK(view.has_value());
  CORE_CHECK(view->correlation_id == properties->correlation_id);
  CORE_CHECK(view->cluster_id == properties->cluster_id);
  CORE_CHECK(view->headers.has_value() == properties->headers.has_value());

  core::Buffer out;
  encode_properties(*properties, out);
  fuzz::check_same_octets(octets, out.octets());
  return 0;
}
