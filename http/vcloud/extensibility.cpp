#include "http/vcloud/media_types.h"
#include "http/vcloud/record_kinds.h"
#include "http/vcloud/record_sources.h"
#include "http/vcloud/records.h"
#include "http/vcloud/routes.h"
#include "http/vcloud/service_nodes.h"

namespace http::vcloud {
namespace {

using native::Access;
using native::Call;
using registry::service::Registry;
using representation::link;
using representation::Namespace;
using representation::Node;
using representation::optional_text;

void get_extensibility(const Call& call) {
  Node node{Namespace::vcloud, "ApiExtensibility"};
  node.attribute("href", call.url("/api/extensibility"));
  node.attribute("type", kExtensibilityType);
  node.list("link", {link("down:service", kRecordsType, call.url("/api/service")),
                     link("down:apidefinitions", kRecordsType, call.url("/api/apidefinitions"))});
  call.answer(200, node, kExtensibilityType);
}

void get_services(const Registry& registry, const Call& call) {
  answer_records(call, kServiceRecords, call.url("/api/service"),
                 service_records(*registry.snapshot()->routes, call));
}

void get_service(const Registry& registry, const Call& call) {
  const auto id = call.id(kServiceKind);
  const auto* service = id ? registry.snapshot()->routes->find(*id) : nullptr;
  if (service == nullptr || !service->enabled) return call.not_found();
  const std::string self = user_service_url(call, service->id);
  Node node{Namespace::vcloud, "Service"};
  node.attribute("name", service->name);
  node.attribute("id", native::urn(kServiceKind, service->id));
  node.attribute("href", self);
  node.attribute("type", kUserServiceType);
  node.list("link", {link("down:apiDefinitions", kRecordsType, self + "/apidefinitions")});
  node.value(Namespace::vcloud, "Description", optional_text(service->description));
  node.absent("Tasks");
  node.value(Namespace::vcloud, "Namespace", service->namespace_);
  node.value(Namespace::vcloud, "Vendor", optional_text(service->vendor));
  call.answer(200, node, kUserServiceType);
}

void get_service_definitions(const Registry& registry, const Call& call) {
  const auto id = call.id(kServiceKind);
  const auto* service = id ? registry.snapshot()->routes->find(*id) : nullptr;
  if (service == nullptr || !service->enabled) return call.not_found();
  answer_records(call, kApiDefinitionRecords, user_service_url(call, *id) + "/apidefinitions", {});
}

}  // namespace

std::vector<native::Route> extensibility_routes(Registry& registry) {
  return {
      {"/api/extensibility", Access::user, {{"GET", get_extensibility}}},
      {"/api/service",
       Access::user,
       {{"GET", [&registry](const Call& call) { get_services(registry, call); }}}},
      {"/api/service/{}",
       Access::user,
       {{"GET", [&registry](const Call& call) { get_service(registry, call); }}}},
      {"/api/service/{}/apidefinitions",
       Access::user,
       {{"GET", [&registry](const Call& call) { get_service_definitions(registry, call); }}}},
      {"/api/apidefinitions",
       Access::user,
       {{"GET",
         [](const Call& call) {
           answer_records(call, kApiDefinitionRecords, call.url("/api/apidefinitions"), {});
         }}}},
  };
}

}  // namespace http::vcloud
