#pragma once

// Calls with a document in them, and answers' documents as text, for tests of http/document.

#include <memory>
#include <string>
#include <string_view>

#include "core/base/octets.h"
#include "core/memory/shared_bytes.h"
#include "http/native/call.h"
#include "http/representation/render.h"
#include "registry/kinds/kinds.h"
#include "registry/resource/resource.h"
#include "registry/resource/resources.h"

namespace http::document {

inline constexpr std::string_view kVmext = "http://www.vmware.com/vcloud/extension/v1.5";
inline constexpr std::string_view kVcloud = "http://www.vmware.com/vcloud/v1.5";
inline constexpr std::string_view kHost = "https://vcd.example.org";

/// A call and what it points to. It is a system administrator's unless it is said otherwise.
struct Asked {
  explicit Asked(std::string_view type = "", std::string_view text = "",
                 std::string_view method = "POST") {
    request.method = method;
    if (!type.empty()) request.headers.add("Content-Type", type);
    request.body = core::SharedBytes::copy_of(core::octets_of(text));
    caller.role = registry::model::Role::system_administrator;
    call.request = &request;
    call.caller = &caller;
    call.base = kHost;
  }
  Asked(const Asked&) = delete;
  Asked& operator=(const Asked&) = delete;

  Asked& by(registry::model::Role role, const core::Uuid& organisation) {
    caller.role = role;
    caller.organisation = organisation;
    return *this;
  }

  message::Request request;
  registry::access::Caller caller;
  native::Call call;
};

inline std::string xml_of(const representation::Node& node) {
  const auto text = representation::render_xml(node);
  return std::string{text.text()};
}
inline std::string json_of(const representation::Node& node) {
  const auto text = representation::render_json(node);
  return std::string{text.text()};
}

/// A resource with nothing set.
inline std::shared_ptr<registry::resource::Resource> blank(const registry::resource::Kind& kind,
                                                           std::uint64_t created,
                                                           const core::Uuid& parent = {}) {
  auto made = std::make_shared<registry::resource::Resource>();
  made->kind = &kind;
  made->id = core::Uuid::random();
  made->parent = parent;
  made->created = created;
  made->values.fields.resize(kind.shape.fields.size());
  return made;
}

}  // namespace http::document
