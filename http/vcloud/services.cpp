#include "http/vcloud/media_types.h"
#include "http/vcloud/pattern_warnings.h"
#include "http/vcloud/record_kinds.h"
#include "http/vcloud/record_sources.h"
#include "http/vcloud/records.h"
#include "http/vcloud/routes.h"
#include "http/vcloud/service_document.h"
#include "http/vcloud/service_nodes.h"

namespace http::vcloud {
namespace {

using error::ApiError;
using native::Access;
using native::Call;
using registry::model::Service;
using registry::service::CommandResult;
using registry::service::Registry;
using representation::link;
using representation::Namespace;
using representation::Node;

void get_extension(const Call& call) {
  Node node{Namespace::vmext, "VMWExtension"};
  node.attribute("href", call.url("/api/admin/extension"));
  node.attribute("type", kExtensionType);
  node.list("link", {link("down", kServicesType, services_url(call))});
  call.answer(200, node, kExtensionType);
}

void get_services(const Call& call) {
  Node node{Namespace::vmext, "ExtensionServices"};
  node.attribute("href", services_url(call));
  node.attribute("type", kServicesType);
  node.list("link", {link("add", kServiceType, services_url(call)),
                     link("down:services", kRecordsType, services_url(call) + "/query"),
                     link("up", kExtensionType, call.url("/api/admin/extension"))});
  call.answer(200, node, kServicesType);
}

void query_services(const Registry& registry, const Call& call) {
  answer_records(call, kAdminServiceRecords, services_url(call) + "/query",
                 admin_service_records(*registry.snapshot()->routes, call));
}

/// The service as it is now; 404 when somebody has deleted it meanwhile.
void answer_service(const Registry& registry, const Call& call, const core::Uuid& id,
                    std::uint16_t status, const std::vector<std::string>& not_kept,
                    const std::vector<std::string>& warnings = {}) {
  const Service* service = registry.snapshot()->routes->find(id);
  if (service == nullptr) return call.not_found();
  auto response = representation::respond(status, describe(*service, call), kServiceType, call.as);
  if (status == 201) response.headers.add("Location", service_url(call, id));
  if (!not_kept.empty()) {
    std::string names;
    for (const std::string& name : not_kept) names += (names.empty() ? "" : ", ") + name;
    response.headers.add("Warning", "299 - \"" + names + ": read, but not kept\"");
  }
  add_warnings(response, warnings);
  call.answer(std::move(response));
}

core::Result<std::pair<GivenService, representation::Format>, ApiError> given_in(const Call& call) {
  const auto document = read_document(call, kServiceType, "Service");
  if (!document) return core::Unexpected{document.error()};
  auto given = read_service(*document);
  if (!given) return core::Unexpected{ApiError{400, error::kBadRequest, given.error()}};
  return std::pair{*std::move(given), document->format};
}

/// An operationKey that a service has already gives that service (spec section 3.10); the registry
/// sees to it.
void post_service(Registry& registry, const Call& call) {
  auto given = given_in(call);
  if (!given) return call.refuse(given.error());
  auto& [document, format] = *given;
  auto service = new_service(document, format);
  if (!service) return call.refuse(ApiError{400, error::kBadRequest, service.error()});
  registry.submit(
      registry::service::CreateService{*std::move(service)},
      [&registry, call, not_kept = std::move(document.not_kept)](const CommandResult& result) {
        if (!result) return call.refuse(result.error());
        answer_service(registry, call, result->id, 201, not_kept, result->warnings);
      });
}

void get_service(const Registry& registry, const Call& call) {
  const auto id = call.id(kServiceKind);
  if (!id) return call.not_found();
  answer_service(registry, call, *id, 200, {});
}

void put_service(Registry& registry, const Call& call) {
  const auto id = call.id(kServiceKind);
  if (!id || registry.snapshot()->routes->find(*id) == nullptr) return call.not_found();
  auto given = given_in(call);
  if (!given) return call.refuse(given.error());
  auto& document = given->first;
  document.members.id = *id;
  registry.submit(std::move(document.members),
                  [&registry, call, id = *id,
                   not_kept = std::move(document.not_kept)](const CommandResult& result) {
                    if (!result) return call.refuse(result.error());
                    answer_service(registry, call, id, 200, not_kept, result->warnings);
                  });
}

void delete_service(Registry& registry, const Call& call) {
  const auto id = call.id(kServiceKind);
  if (!id) return call.not_found();
  registry.submit(registry::service::DeleteService{*id}, [call](const CommandResult& result) {
    if (!result) return call.refuse(result.error());
    call.no_content();
  });
}

}  // namespace

std::vector<native::Route> service_routes(Registry& registry) {
  constexpr Access kAccess = Access::system_administrator;
  return {
      {"/api/admin/extension", kAccess, {{"GET", get_extension}}},
      {"/api/admin/extension/service",
       kAccess,
       {{"GET", get_services},
        {"POST", [&registry](const Call& call) { post_service(registry, call); }}}},
      {"/api/admin/extension/service/query",
       kAccess,
       {{"GET", [&registry](const Call& call) { query_services(registry, call); }}}},
      {"/api/admin/extension/service/{}",
       kAccess,
       {{"GET", [&registry](const Call& call) { get_service(registry, call); }},
        {"PUT", [&registry](const Call& call) { put_service(registry, call); }},
        {"DELETE", [&registry](const Call& call) { delete_service(registry, call); }}}},
  };
}

}  // namespace http::vcloud
