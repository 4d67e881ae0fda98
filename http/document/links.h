#pragma once

#include <vector>

#include "http/native/call.h"
#include "http/representation/node.h"
#include "registry/resource/description.h"
#include "registry/resource/resource.h"
#include "registry/resource/resources.h"

namespace http::document {

/// The links of `resource` in `view` as the caller of `call` sees them: `remove` (without a type,
/// spec section 2.4) in the main view when he may, `up` when he may read the parent, those of the
/// view, and those of extension services.
[[nodiscard]] std::vector<representation::Node> links_of(
    const registry::resource::Resource& resource, const registry::resource::View& view,
    const registry::resource::Resources& there, const native::Call& call);

}  // namespace http::document
