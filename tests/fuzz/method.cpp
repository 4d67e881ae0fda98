// Methods: what decodes encodes back to the same octets, and the view forms see the same.

#include "amqp/wire/methods.h"
#include "core/base/check.h"
#include "tests/fuzz/same_octets.h"

namespace {

template <typename Owner, typename View>
void check_view(const amqp::wire::AnyMethod& method, core::Octets payload) {
  if (!std::holds_alternative<Owner>(method)) return;
  const auto view = amqp::wire::decode_method_as<View>(payload);
  CORE_CHECK(view.has_value());
  core::Buffer of_view;
  amqp::wire::encode_method(*view, of_view);
  core::Buffer of_owner;
  amqp::wire::encode_method(method, of_owner);
  CORE_CHECK(of_view.text() == of_owner.text());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace amqp::wire;
  const core::Octets payload = std::as_bytes(std::span{data, size});
  const auto method = decode_method(payload);
  if (!method) return 0;

  core::Buffer out;
  encode_method(*method, out);
  fuzz::check_same_octets(payload, out.octets());
  const auto again = decode_method(out.octets());
  CORE_CHECK(again.has_value() && *again == *method);

  check_view<BasicPublish, BasicPublishView>(*method, payload);
  check_view<BasicDeliver, BasicDeliverView>(*method, payload);
  check_view<BasicGetOk, BasicGetOkView>(*method, payload);
  check_view<BasicReturn, BasicReturnView>(*method, payload);
  return 0;
}
