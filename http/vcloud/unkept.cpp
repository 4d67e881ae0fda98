#include "http/vcloud/routes.h"
#include "http/vcloud/seen.h"
#include "registry/kinds/kinds.h"

namespace http::vcloud {
namespace {

using native::Call;
using registry::service::Registry;

constexpr std::string_view kNotImplemented = "NOT_IMPLEMENTED";

void refuse_bundle(const Registry& registry, const Call& call) {
  if (find_in_sight(call, registry::kinds::service(), *registry.snapshot()->resources) == nullptr) {
    return call.not_found();
  }
  call.refuse(error::ApiError{501, kNotImplemented, "This version does not keep such resources."});
}

}  // namespace

std::vector<native::Route> unkept_routes(Registry& registry) {
  return {{"/api/admin/extension/service/{}/localizationbundles",
           native::Access::system_administrator,
           {{"POST", [&registry](const Call& call) { refuse_bundle(registry, call); }}}}};
}

}  // namespace http::vcloud
