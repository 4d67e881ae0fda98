// Field tables: what decodes encodes back to the same octets, and
// the validator says what the decoder says.

#include "amqp/wire/field_table.h"

#include "core/base/check.h"
#include "tests/fuzz/same_octets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace amqp::wire;
  const core::Octets octets = std::as_bytes(std::span{data, size});
  const auto table = decode_table(octets);
  const auto valid = validate_table(octets);
  CORE_CHECK(table.has_value() == valid.has_value());
  CORE_CHECK(table.has_value() || table.error() == valid.error());
  if (!table) return 0;

  core::Buffer out;
  encode_table(*table, out);
  fuzz::check_same_octets(octets, out.octets());
  const auto again = decode_table(out.octets());
  CORE_CHECK(again.has_value() && *again == *table);
  return 0;
}
