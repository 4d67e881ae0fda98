#include "http/cloudapi/cloud_api.h"

#include "core/base/octets.h"
#include "http/cloudapi/audit_trail.h"
#include "http/cloudapi/sessions.h"
#include "http/schema/openapi.h"

namespace http::cloudapi {
namespace {

using native::Access;
using native::Call;
using registry::service::Registry;

void get_openapi(const Call& call) {
  message::Response response;
  response.headers.add("Content-Type", "application/json");
  response.body = core::SharedBytes::copy_of(core::octets_of(schema::openapi()));
  call.answer(std::move(response));
}

std::vector<native::Route> routes_of(Registry& registry) {
  auto routes = session_routes(registry);
  routes.push_back({"/cloudapi/openapi.json", Access::anybody, {{"GET", get_openapi}}, true});
  routes.push_back(audit_trail_route(registry));
  return routes;
}

}  // namespace

CloudApi::CloudApi(Registry& registry, native::Settings settings)
    : router_(routes_of(registry), {representation::Format::json}, "", std::move(settings)) {}

}  // namespace http::cloudapi
