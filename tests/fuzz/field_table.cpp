// Field tables: what decodes encodes back to the same octets.

#include "amqp/wire/field_table.h"

#include "core/base/check.h"
#include "tests/fuzz/same_octets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace amqp::wire;
  const core::Octets octets = std::as_bytes(std::span{data, size});
  const auto table = decode_table(octets);
  if (!table) return 0;

  core::Buffer out;
  encode_table(*table, out);
  fuzz::check_same_octets(octets, out.octets());
  const auto again = decode_table(out.octets());
  CORE_CHECK(again.has_value() && *again == *table);
  return 0;
}
