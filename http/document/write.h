#pragma once

#include <string>
#include <string_view>

#include "http/native/call.h"
#include "http/representation/node.h"
#include "registry/resource/description.h"
#include "registry/resource/resource.h"
#include "registry/resource/resources.h"

/// Answers' documents by their description. The same Node serves XML and JSON.
namespace http::document {

/// `resource` as `view` shows it to the caller of `call`: href, id, type, its links (remove and up
/// by what the kind allows him, those of the view), links of extension services (spec section 3.2),
/// and its fields in the order of the schema. {baseUri} is expanded where the spec says so.
[[nodiscard]] representation::Node write(const registry::resource::Resource& resource,
                                         const registry::resource::View& view,
                                         const registry::resource::Resources& there,
                                         const native::Call& call);

/// A document that is no resource.
[[nodiscard]] representation::Node write_object(const registry::resource::Shape& shape,
                                                const registry::resource::Object& values,
                                                const registry::resource::Resources& there,
                                                const native::Call& call);

/// Where `resource` is found: the absolute URL of its element in that view.
[[nodiscard]] std::string url_of(const registry::resource::Resource& resource,
                                 const registry::resource::View& view, const native::Call& call);

/// A vcloud:ReferenceType element of that name to `resource`: href, id, type, name.
[[nodiscard]] representation::Node reference_to(std::string_view element,
                                                const registry::resource::Resource& resource,
                                                const registry::resource::View& view,
                                                const native::Call& call);

}  // namespace http::document
