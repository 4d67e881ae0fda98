#pragma once

#include <memory>
#include <vector>

#include "http/native/router.h"
#include "http/vcloud/embedded_broker.h"
#include "http/vcloud/query_type.h"
#include "http/vcloud/uploads.h"
#include "registry/service/registry.h"

/// The resources of /api that do not follow from the descriptions of kinds alone (resources.h), by
/// chapter. `registry` outlives the routes.
namespace http::vcloud {

/// /api/versions, /api/sessions, /api/session (spec sections 1.1 to 1.4).
[[nodiscard]] std::vector<native::Route> session_routes(registry::service::Registry& registry);
/// Documents that lead on: /api/admin, /api/admin/extension and …/service, /api/extensibility,
/// /api/org (spec sections 1.4, 2.1 and 3.9).
[[nodiscard]] std::vector<native::Route> entrance_routes(registry::service::Registry& registry);
/// The query service, /api/query (spec section 2.5).
[[nodiscard]] std::vector<native::Route> query_routes(registry::service::Registry& registry,
                                                      std::shared_ptr<const Catalogue> catalogue);
/// /api/entity/{urn} (spec section 3.5).
[[nodiscard]] std::vector<native::Route> entity_routes(registry::service::Registry& registry);
/// The rights of a service (spec section 3.7).
[[nodiscard]] std::vector<native::Route> right_routes(registry::service::Registry& registry);
/// Whether a user may send a request to services (spec section 3.8).
[[nodiscard]] std::vector<native::Route> authorization_check_routes(
    registry::service::Registry& registry);
/// The system's settings: those of AMQP and of notifications (spec section 4.9).
[[nodiscard]] std::vector<native::Route> settings_routes(registry::service::Registry& registry,
                                                         EmbeddedBroker broker);
/// The list of an organisation's tasks, and their actions (spec section 6.1).
[[nodiscard]] std::vector<native::Route> task_routes(registry::service::Registry& registry);
/// The XML Schemas, /api/v1.5/schema/… (spec section 3.9).
[[nodiscard]] std::vector<native::Route> schema_routes();
/// Uploading the texts of a service in several languages: localizationbundles of a service, and
/// /transfer/{}/file (spec section 3.6).
[[nodiscard]] std::vector<native::Route> localization_routes(registry::service::Registry& registry,
                                                             std::shared_ptr<Uploads> uploads);

}  // namespace http::vcloud
