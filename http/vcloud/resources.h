#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "http/native/router.h"
#include "http/vcloud/query_type.h"
#include "registry/resource/description.h"
#include "registry/service/registry.h"

/// The routes that follow from the descriptions of the kinds alone: every element in each of its
/// views, every collection, every packaged query (spec sections 2.2 to 3.4, 6).
namespace http::vcloud {

/// GET of each view; PUT and DELETE of the main one, as the kind allows.
[[nodiscard]] std::vector<native::Route> element_routes(registry::service::Registry& registry,
                                                        const registry::resource::Kind& kind);

/// POST to each collection of `kind`, and the GET that lists it.
[[nodiscard]] std::vector<native::Route> collection_routes(
    registry::service::Registry& registry, const registry::resource::Kind& kind,
    const std::shared_ptr<const Catalogue>& catalogue);

/// The answer to a command that made a resource of `kind`: it in its main view, with its Location
/// when it is new. For POSTs that are no ordinary ones too.
void answer_made(const registry::service::Registry& registry, const native::Call& call,
                 const registry::resource::Kind& kind, std::uint16_t status,
                 const registry::service::CommandResult& result);

/// The routes of the same pattern as one, in the order of their first. Of two actions with one
/// method the first stays.
[[nodiscard]] std::vector<native::Route> merged(std::vector<native::Route> routes);

}  // namespace http::vcloud
