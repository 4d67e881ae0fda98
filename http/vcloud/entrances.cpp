#include "http/document/links.h"
#include "http/document/write.h"
#include "http/vcloud/media_types.h"
#include "http/vcloud/routes.h"
#include "http/vcloud/seen.h"
#include "registry/kinds/kinds.h"

/// Documents that only lead on to others (spec sections 1.4, 2.1 and 3.9).
namespace http::vcloud {
namespace {

using native::Access;
using native::Call;
using registry::resource::Kind;
using registry::resource::Resources;
using registry::service::Registry;
using representation::link;
using representation::Namespace;
using representation::Node;

constexpr std::string_view kExtensionPath = "/api/admin/extension";
constexpr std::string_view kServicesPath = "/api/admin/extension/service";
constexpr std::string_view kOrgsPath = "/api/org/";

Node entrance(const Call& call, Namespace space, std::string_view name, std::string_view path,
              MediaType type) {
  Node node{space, name};
  node.attribute("href", call.url(path));
  node.attribute("type", type);
  return node;
}

void answer(const Call& call, const Registry& registry, Node node, std::vector<Node> links,
            MediaType type) {
  node.list("link", document::with_service_links(std::move(links), type,
                                                 *registry.snapshot()->resources, call));
  call.answer(200, node, type);
}

void get_extension(const Registry& registry, const Call& call) {
  answer(call, registry,
         entrance(call, Namespace::vmext, "VMWExtension", kExtensionPath, kExtensionType),
         {link("down", kServicesType, call.url(kServicesPath)),
          link("down", kSystemSettingsType, call.url("/api/admin/extension/settings")),
          link("down", kProviderVdcReferencesType,
               call.url("/api/admin/extension/providerVdcReferences"))},
         kExtensionType);
}

void get_services(const Registry& registry, const Call& call) {
  const std::string self = call.url(kServicesPath);
  answer(call, registry,
         entrance(call, Namespace::vmext, "ExtensionServices", kServicesPath, kServicesType),
         {link("add", kServiceType, self), link("down:services", kRecordsType, self + "/query"),
          link("authorization:check", kAuthorizationCheckType, self + "/authorizationcheck"),
          link("rights:clear", std::nullopt, self + "/action/clearUnusedRights"),
          link("up", kExtensionType, call.url(kExtensionPath))},
         kServicesType);
}

void get_extensibility(const Registry& registry, const Call& call) {
  answer(call, registry,
         entrance(call, Namespace::vcloud, "ApiExtensibility", "/api/extensibility",
                  kExtensibilityType),
         {link("down:service", kRecordsType, call.url("/api/service")),
          link("down:apidefinitions", kRecordsType, call.url("/api/apidefinitions"))},
         kExtensibilityType);
}

/// The organisations that the caller sees.
void get_orgs(const Registry& registry, const Call& call) {
  const auto there = registry.snapshot()->resources;
  const auto& kind = registry::kinds::organisation();
  const auto* view = view_for(kind, registry::resource::Access::user);
  std::vector<Node> shown;
  for (const auto& organisation : there->all(kind)) {
    if (view == nullptr || !is_shown(call, *organisation, *view, *there)) continue;
    shown.push_back(document::reference_to("Org", *organisation, *view, call));
  }
  Node node = entrance(call, Namespace::vcloud, "OrgList", kOrgsPath, kOrgListType);
  node.list("link", document::with_service_links({}, kOrgListType, *there, call));
  node.list("org", std::move(shown));
  call.answer(200, node, kOrgListType);
}

/// References to those of `kind` that the caller sees as its main view.
std::vector<Node> references(const Call& call, const Resources& there, const Kind& kind,
                             std::string_view element) {
  std::vector<Node> found;
  for (const auto& each : there.all(kind)) {
    const auto& view = kind.views.front();
    if (!is_shown(call, *each, view, there)) continue;
    found.push_back(document::reference_to(element, *each, view, call));
  }
  return found;
}

/// Where administrators begin: the organisations, rights and roles that they see.
void get_administration(const Registry& registry, const Call& call) {
  namespace kinds = registry::kinds;
  const auto there = registry.snapshot()->resources;
  Node node = entrance(call, Namespace::vcloud, "VCloud", "/api/admin/", kAdministrationType);
  node.attribute("name", std::string{"oriel"});
  std::vector<Node> links{link("down", kQueryListType, call.url("/api/query")),
                          link("down:roles", kRecordsType, call.url("/api/admin/roles/query")),
                          link("down:rights", kRecordsType, call.url("/api/admin/rights/query"))};
  if (call.caller->is_system_administrator()) {
    links.push_back(link("add", kAdminOrgType, call.url("/api/admin/orgs")));
    links.push_back(link("add", kRoleType, call.url("/api/admin/roles")));
    links.push_back(link("down", kExtensionType, call.url(kExtensionPath)));
  }
  node.list("link",
            document::with_service_links(std::move(links), kAdministrationType, *there, call));
  node.absent("Description");
  const auto add = [&](std::string_view container, const Kind& kind, std::string_view element,
                       std::string_view key) {
    Node list{Namespace::vcloud, container};
    list.list(key, references(call, *there, kind, element));
    node.child(std::move(list));
  };
  add("OrganizationReferences", kinds::organisation(), "OrganizationReference",
      "organizationReference");
  add("ProviderVdcReferences", kinds::provider_vdc(), "ProviderVdcReference",
      "providerVdcReference");
  add("RightReferences", kinds::right(), "RightReference", "rightReference");
  add("RoleReferences", kinds::role(), "RoleReference", "roleReference");
  call.answer(200, node, kAdministrationType);
}

/// By the path that clients of vCloud Director know; the query is at …/providervdcs.
void get_provider_vdcs(const Registry& registry, const Call& call) {
  const auto there = registry.snapshot()->resources;
  Node node = entrance(call, Namespace::vmext, "VMWProviderVdcReferences",
                       "/api/admin/extension/providerVdcReferences", kProviderVdcReferencesType);
  node.list("link",
            document::with_service_links({link("up", kExtensionType, call.url(kExtensionPath))},
                                         kProviderVdcReferencesType, *there, call));
  node.list("providerVdcReference",
            references(call, *there, registry::kinds::provider_vdc(), "ProviderVdcReference"));
  call.answer(200, node, kProviderVdcReferencesType);
}

}  // namespace

std::vector<native::Route> entrance_routes(Registry& registry) {
  const auto get = [&registry](std::string_view path, Access access, auto handler) {
    return native::Route{path, access, {{"GET", [&registry, handler](const Call& call) {
                                           handler(registry, call);
                                         }}}};
  };
  return {get(kExtensionPath, Access::system_administrator, get_extension),
          get(kServicesPath, Access::system_administrator, get_services),
          get("/api/admin/extension/providerVdcReferences", Access::system_administrator,
              get_provider_vdcs),
          get("/api/admin", Access::organisation_administrator, get_administration),
          get("/api/extensibility", Access::user, get_extensibility),
          get("/api/org", Access::user, get_orgs)};
}

}  // namespace http::vcloud
