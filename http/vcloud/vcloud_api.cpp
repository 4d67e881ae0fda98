#include "http/vcloud/vcloud_api.h"

#include "http/vcloud/routes.h"

namespace http::vcloud {
namespace {

/// Whatever an extension registers, this is out of its reach (spec section 4.1).
constexpr std::string_view kGuarded = "/api/admin/extension";

std::vector<native::Route> all_routes(registry::service::Registry& registry) {
  std::vector<native::Route> all;
  for (auto&& chapter :
       {session_routes(registry), org_routes(registry), extensibility_routes(registry),
        service_routes(registry), filter_routes(registry), query_routes(registry),
        unkept_routes(registry)}) {
    all.insert(all.end(), chapter.begin(), chapter.end());
  }
  return all;
}

}  // namespace

VcloudApi::VcloudApi(registry::service::Registry& registry, native::Settings settings)
    : router_(all_routes(registry), {representation::Format::xml, representation::Format::json},
              kGuarded, std::move(settings)) {}

}  // namespace http::vcloud
