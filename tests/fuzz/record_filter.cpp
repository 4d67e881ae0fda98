// http/vcloud, the filter of a query: whatever comes, it is refused with a reason or it gives an
// answer, and in parentheses it gives the same one.

#include "http/vcloud/record_filter.h"

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "registry/kinds/kinds.h"
#include "registry/resource/resources.h"

namespace {

using http::vcloud::RecordFilter;
using registry::resource::Resource;
using registry::resource::Resources;

/// Tasks have values of every type: texts, numbers, times, booleans and references.
struct There {
  There() {
    auto organisation = std::make_shared<Resource>();
    organisation->kind = &registry::kinds::organisation();
    organisation->id = core::Uuid{{1}};
    organisation->created = 1;
    organisation->set("name", std::string{"acme"});
    task = std::make_shared<Resource>();
    task->kind = &registry::kinds::task();
    task->id = core::Uuid{{2}};
    task->parent = organisation->id;
    task->created = 2;
    task->set("name", std::string{"/api/(a|b);c,d\\e"});
    task->set("Progress", std::int64_t{50});
    task->set("startTime", core::WallTime{std::chrono::seconds{1'700'000'000}});
    all = Resources{{organisation, task}};
  }
  std::shared_ptr<Resource> task;
  Resources all;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using Spelling = RecordFilter::Spelling;
  static const There kThere;
  static const auto kCatalogue = http::vcloud::make_catalogue(registry::kinds::all());
  static const auto& kType = *http::vcloud::find_query(*kCatalogue, "adminTask");
  if (size == 0) return 0;
  const Spelling spelling = data[0] % 3 == 0   ? Spelling::plain
                            : data[0] % 3 == 1 ? Spelling::encoded
                                               : Spelling::escaped;
  const std::string text{data + 1, data + size};
  const auto filter = RecordFilter::parse(text, spelling, kType);
  if (!filter) {
    if (filter.error().empty()) std::abort();
    return 0;
  }
  const bool admitted = filter->admits(*kThere.task, kThere.all);
  const auto wrapped = RecordFilter::parse("(" + text + ")", spelling, kType);
  if (wrapped && wrapped->admits(*kThere.task, kThere.all) != admitted) std::abort();
  return 0;
}
