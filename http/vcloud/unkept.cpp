#include "http/vcloud/record_kinds.h"
#include "http/vcloud/records.h"
#include "http/vcloud/routes.h"
#include "http/vcloud/service_nodes.h"

namespace http::vcloud {
namespace {

using native::Access;
using native::Call;
using registry::service::Registry;

constexpr std::string_view kNotImplemented = "NOT_IMPLEMENTED";

/// Runs `act` for a service that exists, else gives 404.
template <typename Act>
native::Action on_service(const Registry& registry, std::string_view method, Act act) {
  return {method, [&registry, act](const Call& call) {
            const auto id = call.id(kServiceKind);
            if (!id || registry.snapshot()->routes->find(*id) == nullptr) return call.not_found();
            act(call, *id);
          }};
}

native::Action refusing(const Registry& registry, std::string_view method) {
  return on_service(registry, method, [](const Call& call, const core::Uuid&) {
    call.refuse(
        error::ApiError{501, kNotImplemented, "This version does not keep such resources."});
  });
}

native::Route collection(const Registry& registry, std::string_view pattern,
                         std::string_view last_segment, const RecordKind& kind) {
  return {pattern,
          Access::system_administrator,
          {on_service(registry, "GET",
                      [last_segment, &kind](const Call& call, const core::Uuid& id) {
                        answer_records(call, kind,
                                       service_url(call, id) + "/" + std::string{last_segment}, {});
                      }),
           refusing(registry, "POST")}};
}

}  // namespace

std::vector<native::Route> unkept_routes(Registry& registry) {
  constexpr Access kAccess = Access::system_administrator;
  return {
      collection(registry, "/api/admin/extension/service/{}/links", "links", kServiceLinkRecords),
      collection(registry, "/api/admin/extension/service/{}/apidefinitions", "apidefinitions",
                 kAdminApiDefinitionRecords),
      collection(registry, "/api/admin/extension/service/{}/resourceclasses", "resourceclasses",
                 kResourceClassRecords),
      {"/api/admin/extension/service/{}/rights",
       kAccess,
       {refusing(registry, "GET"), refusing(registry, "POST")}},
      {"/api/admin/extension/service/{}/localizationbundles",
       kAccess,
       {refusing(registry, "POST")}},
      {"/api/admin/extension/service/{}/authorizationcheck", kAccess, {refusing(registry, "POST")}},
  };
}

}  // namespace http::vcloud
