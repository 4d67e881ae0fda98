// core/xml: whatever comes, it is refused with a reason or it becomes a tree that, written again,
// reads as the same tree.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/xml/document.h"
#include "core/xml/writer.h"

namespace {

using core::xml::Document;
using core::xml::Element;
using core::xml::Writer;

// Recursion is bounded by Limits::depth.
void write(Writer& writer, const Element& element) {
  writer.start(element.namespace_uri(), element.local_name());
  for (const auto& attribute : element.attributes()) {
    writer.attribute(attribute.namespace_uri, attribute.local_name, attribute.value);
  }
  writer.text(element.text());
  for (const Element child : element.children()) write(writer, child);
  writer.end();
}

void expect(bool same) {
  if (!same) std::abort();
}

void compare(const Element& a, const Element& b) {
  expect(a.is(b.namespace_uri(), b.local_name()));
  expect(a.text() == b.text());
  expect(a.attributes().size() == b.attributes().size());
  for (std::size_t i = 0; i < a.attributes().size(); ++i) {
    expect(a.attributes()[i].namespace_uri == b.attributes()[i].namespace_uri);
    expect(a.attributes()[i].local_name == b.attributes()[i].local_name);
    expect(a.attributes()[i].value == b.attributes()[i].value);
  }
  auto left = a.children().begin();
  auto right = b.children().begin();
  for (; left != a.children().end() && right != b.children().end(); ++left, ++right) {
    compare(*left, *right);
  }
  expect(left == a.children().end() && right == b.children().end());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto document = core::xml::parse(text);
  if (!document) {
    expect(!document.error().reason.empty());
    return 0;
  }
  std::string again;
  Writer writer{again, {{"", "http://www.vmware.com/vcloud/v1.5"}}};
  write(writer, document->root());

  // Declarations made up by the writer take attribute places of their own.
  core::xml::Limits limits;
  limits.size_octets = again.size();
  limits.attributes = 4 * limits.attributes;
  limits.attributes_in_all = 4 * limits.attributes_in_all;
  const auto reread = core::xml::parse(again, limits);
  expect(reread.has_value());
  compare(document->root(), reread->root());
  return 0;
}
