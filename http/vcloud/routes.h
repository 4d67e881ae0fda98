#pragma once

#include <vector>

#include "http/native/router.h"
#include "registry/service/registry.h"

/// The resources of /api, by chapter. `registry` outlives the routes.
namespace http::vcloud {

/// /api/versions, /api/sessions, /api/session, /api/admin (spec sections 1.1 to 1.4).
[[nodiscard]] std::vector<native::Route> session_routes(registry::service::Registry& registry);
/// /api/org and the list of an organisation's tasks, which is empty (spec section 1.4).
[[nodiscard]] std::vector<native::Route> org_routes(registry::service::Registry& registry);
/// The user's side of extensions: /api/extensibility, /api/service, /api/apidefinitions (3.9).
[[nodiscard]] std::vector<native::Route> extensibility_routes(
    registry::service::Registry& registry);
/// /api/admin/extension and its services (spec sections 2.1 to 2.4).
[[nodiscard]] std::vector<native::Route> service_routes(registry::service::Registry& registry);
/// The API filters of services (spec section 3.1).
[[nodiscard]] std::vector<native::Route> filter_routes(registry::service::Registry& registry);
/// The query service, /api/query (spec section 2.5).
[[nodiscard]] std::vector<native::Route> query_routes(registry::service::Registry& registry);
/// What a service links to and this version does not keep: reading gives nothing, writing 501.
[[nodiscard]] std::vector<native::Route> unkept_routes(registry::service::Registry& registry);

}  // namespace http::vcloud
