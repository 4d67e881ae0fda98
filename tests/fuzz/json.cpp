#include <cstddef>
#include <cstdint>

#include "core/base/check.h"
#include "core/json/value.h"
#include "core/json/writer.h"

namespace {

void write(const core::json::Value& value, core::json::Writer& out) {
  using core::json::Kind;
  switch (value.kind()) {
    case Kind::none:
      CORE_CHECK(false);
      break;
    case Kind::null:
      out.null();
      break;
    case Kind::boolean:
      out.boolean(*value.boolean());
      break;
    case Kind::number:
      out.raw(*value.number());
      break;
    case Kind::string:
      out.string(*value.string());
      break;
    case Kind::array:
      out.begin_array();
      for (const auto element : value.elements()) write(element, out);
      out.end_array();
      break;
    case Kind::object:
      out.begin_object();
      for (const auto member : value.members()) {
        out.key(member.name);
        write(member.value, out);
      }
      out.end_object();
      break;
  }
}

}  // namespace

/// What is read can be written, and then reads and writes as the same octets again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto document = core::json::Document::parse(text);
  if (!document) return 0;

  core::Buffer once;
  core::json::Writer first{once};
  write(document->root(), first);
  const auto again = core::json::Document::parse(once.text());
  CORE_CHECK(again.has_value());

  core::Buffer twice;
  core::json::Writer second{twice};
  write(again->root(), second);
  CORE_CHECK(once.text() == twice.text());
  return 0;
}
