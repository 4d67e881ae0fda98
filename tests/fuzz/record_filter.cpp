// http/vcloud, the filter of a query: whatever comes, it is refused with a reason or it gives an
// answer, and in parentheses it gives the same one.

#include "http/vcloud/record_filter.h"

#include <cstdint>
#include <cstdlib>
#include <string>

#include "http/vcloud/record_kinds.h"

namespace {

using http::representation::Scalar;
using http::vcloud::Record;
using http::vcloud::RecordFilter;
using http::vcloud::ReferenceValue;

Record api_filter() {
  Record record{core::Uuid{}, "http://h/api/f/1", {}, {}};
  record.values = {Scalar{std::string{"/api/(a|b);c,d\\e"}}, Scalar{},
                   ReferenceValue{"http://h/api/s/1", "urn:vcloud:externalService:1"}};
  return record;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using Spelling = RecordFilter::Spelling;
  if (size == 0) return 0;
  const Spelling spelling = data[0] % 3 == 0   ? Spelling::plain
                            : data[0] % 3 == 1 ? Spelling::encoded
                                               : Spelling::escaped;
  const std::string text{data + 1, data + size};
  const auto& kind = http::vcloud::kApiFilterRecords;
  const auto filter = RecordFilter::parse(text, spelling, kind);
  if (!filter) {
    if (filter.error().empty()) std::abort();
    return 0;
  }
  const bool admitted = filter->admits(api_filter());
  const auto wrapped = RecordFilter::parse("(" + text + ")", spelling, kind);
  if (wrapped && wrapped->admits(api_filter()) != admitted) std::abort();
  return 0;
}
