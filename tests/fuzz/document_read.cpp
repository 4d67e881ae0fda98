// http/document: whatever comes as the document of any kind, it is refused with a reason or read;
// and what was read and is shown reads back the same.
//
// The first octet picks the kind, and whether it is XML or JSON; the rest is the document.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/base/octets.h"
#include "http/document/read.h"
#include "http/document/write.h"
#include "http/representation/render.h"
#include "registry/kinds/kinds.h"

namespace {

using http::representation::Format;
using registry::resource::Amendment;
using registry::resource::Kind;
using registry::resource::Resource;

/// A PUT of `text` by a system administrator.
struct Asked {
  Asked(const Kind& kind, Format format, std::string_view text) {
    request.method = "PUT";
    request.headers.add("Content-Type", std::string{kind.views.front().media_type} +
                                            (format == Format::xml ? "+xml" : "+json"));
    request.body = core::SharedBytes::copy_of(core::octets_of(text));
    caller.role = registry::model::Role::system_administrator;
    call.request = &request;
    call.caller = &caller;
    call.base = "https://vcd.example.org";
  }
  Asked(const Asked&) = delete;
  Asked& operator=(const Asked&) = delete;

  http::message::Request request;
  registry::access::Caller caller;
  http::native::Call call;
};

void check_that_it_reads_back(const Kind& kind, const Amendment& read, const Asked& asked) {
  const auto& view = kind.views.front();
  if (view.element.empty()) return;  // never shown
  Resource resource;
  resource.kind = &kind;
  resource.values = read.values;
  const registry::resource::Resources none;
  const auto once = http::document::write(resource, view, none, asked.call);
  for (const Format format : {Format::xml, Format::json}) {
    const auto text = http::representation::render(once, format);
    const Asked again{kind, format, text.text()};
    const auto reread = http::document::read_amendment(again.call, kind);
    // An expanded {baseUri} may be longer than its field.
    if (!reread && asked.request.body.text().find("{baseUri}") != std::string_view::npos) return;
    if (!reread) std::abort();
    resource.values = reread->values;
    const auto twice = http::document::write(resource, view, none, asked.call);
    if (http::representation::render(twice, format).text() != text.text()) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto kinds = registry::kinds::all();
  const Kind& kind = *kinds[(data[0] / 2) % kinds.size()];
  if (kind.views.empty()) return 0;  // in no document
  const Format format = data[0] % 2 == 0 ? Format::xml : Format::json;
  const std::string_view text{reinterpret_cast<const char*>(data) + 1, size - 1};
  const Asked asked{kind, format, text};
  const auto draft = http::document::read_draft(asked.call, kind);
  if (!draft && draft.error().message.empty()) std::abort();
  const auto amendment = http::document::read_amendment(asked.call, kind);
  if (!amendment) {
    if (amendment.error().message.empty()) std::abort();
    return 0;
  }
  check_that_it_reads_back(kind, *amendment, asked);
  return 0;
}
