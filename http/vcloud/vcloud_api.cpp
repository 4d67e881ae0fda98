#include "http/vcloud/vcloud_api.h"

#include "http/vcloud/resources.h"
#include "http/vcloud/routes.h"
#include "registry/kinds/kinds.h"

namespace http::vcloud {
namespace {

/// Whatever an extension registers, this is out of its reach (spec section 4.1).
constexpr std::string_view kGuarded = "/api/admin/extension";

/// Routes with a document of their own go before those that the kinds' descriptions give.
std::vector<native::Route> all_routes(registry::service::Registry& registry, EmbeddedBroker broker,
                                      std::shared_ptr<Uploads> uploads) {
  if (uploads == nullptr) uploads = std::make_shared<Uploads>();
  std::vector<native::Route> all;
  const auto add = [&](std::vector<native::Route> routes) {
    std::move(routes.begin(), routes.end(), std::back_inserter(all));
  };
  const auto catalogue = make_catalogue(registry::kinds::all());
  add(session_routes(registry));
  add(entrance_routes(registry));
  add(query_routes(registry, catalogue));
  add(entity_routes(registry));
  add(right_routes(registry));
  add(authorization_check_routes(registry));
  add(settings_routes(registry, std::move(broker)));
  add(task_routes(registry));
  add(schema_routes());
  add(localization_routes(registry, std::move(uploads)));
  for (const auto* kind : registry::kinds::all()) {
    add(element_routes(registry, *kind));
    add(collection_routes(registry, *kind, catalogue));
  }
  return merged(std::move(all));
}

}  // namespace

VcloudApi::VcloudApi(registry::service::Registry& registry, native::Settings settings,
                     EmbeddedBroker broker, std::shared_ptr<Uploads> uploads)
    : router_(all_routes(registry, std::move(broker), std::move(uploads)),
              {representation::Format::xml, representation::Format::json}, kGuarded,
              std::move(settings)) {}

}  // namespace http::vcloud
