#pragma once

#include <string_view>
#include <vector>

#include "http/native/call.h"
#include "http/representation/node.h"
#include "registry/resource/description.h"
#include "registry/resource/resource.h"
#include "registry/resource/resources.h"

namespace http::document {

/// The links of `resource` in `view` as the caller of `call` sees them: `remove` (without a type,
/// spec section 2.4) in the main view when he may, `up` when he may read the parent, those of the
/// view, and those of extension services, but for one whose rel and type another link has already.
[[nodiscard]] std::vector<representation::Node> links_of(
    const registry::resource::Resource& resource, const registry::resource::View& view,
    const registry::resource::Resources& there, const native::Call& call);

/// The own links of a document that is no resource and, behind them, those that enabled services
/// add to documents of its type (spec section 3.2), of each rel and type the first only. `urn` is
/// its id, when it has one.
[[nodiscard]] std::vector<representation::Node> with_service_links(
    std::vector<representation::Node> own, representation::MediaType type,
    const registry::resource::Resources& there, const native::Call& call,
    std::string_view urn = {});

}  // namespace http::document
