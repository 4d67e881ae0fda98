#include "registry/kinds/kinds.h"
#include "registry/kinds/parts.h"

/// What APIs a service offers (spec sections 3.3 and 3.9).
namespace registry::kinds {
namespace {

constexpr std::size_t kVersionsMax = 100;

constexpr Field kFields[]{
    kName,
    kEntityDescription,
    {.name = "EntryPoint",
     .rules = {.expanded = true},
     .words = "The URL where the API begins; {baseUri} stands for the URL of this API."},
    {.name = "Namespace", .words = "The namespace of the API."},
    {.name = "ApiVendor", .words = "Who made the API."},
    {.name = "Version",
     .rules = {.any_space = true},
     .repeated = true,
     .container = "SupportedApiVersions",
     .items_max = kVersionsMax,
     .words = "A version of the API that is served."},
};

constexpr LinkSpec kLinks[]{
    {"down:files", kRecordsType, "{self}/files"},
    {"add", "application/vnd.vmware.admin.fileDescriptor", "{self}/files"},
};
constexpr LinkSpec kUserLinks[]{{"down:files", kRecordsType, "{self}/files"}};

constexpr View kViews[]{
    {.name = "ApiDefinition",
     .media_type = "application/vnd.vmware.admin.apiDefinition",
     .element = "/api/admin/extension/service/apidefinition/{}",
     .links = kLinks},
    {.name = "ApiDefinition",
     .space = Space::vcloud,
     .media_type = "application/vnd.vmware.vcloud.apidefinition",
     .element = "/api/apidefinition/{}",
     .read = Access::user,
     .links = kUserLinks,
     .visible = of_enabled_service,
     .up = 1},
};

constexpr Collection kCollections[]{
    {.path = "/api/admin/extension/service/{}/apidefinitions", .query = "adminApiDefinition"},
    {.path = "/api/admin/extension/service/{}/definitions", .query = "adminApiDefinition"},
};

constexpr Attribute kAttributes[]{
    {"name", "name"},
    {"entryPoint", "EntryPoint"},
    {"service", {}, parent_reference},
    {"namespace", "Namespace"},
    {"apiVendor", "ApiVendor"},
    {"serviceName", {}, service_name},
    {"serviceNamespace", {}, service_namespace},
    {"serviceVendor", {}, service_vendor},
};

constexpr Query kQueries[]{
    {.name = "adminApiDefinition",
     .attributes = kAttributes,
     .words = "API definitions of all services."},
    {.name = "apiDefinition",
     .access = Access::user,
     .attributes = kAttributes,
     .view = 1,
     .admits = of_enabled_service,
     .words = "API definitions of services that are enabled."},
};

constexpr PackagedQuery kPackaged[]{
    {"/api/apidefinitions", "apiDefinition"},
    {"/api/service/{}/apidefinitions", "apiDefinition"},
};

constexpr Kind kKind{
    .urn_kind = "apiDefinition",
    .words = "An API that a service offers.",
    .shape = {.name = "ApiDefinition", .fields = kFields},
    .parent = "externalService",
    .container = "ApiDefinitions",
    .views = kViews,
    .collections = kCollections,
    .queries = kQueries,
    .packaged = kPackaged,
};

}  // namespace

const Kind& api_definition() { return kKind; }

}  // namespace registry::kinds
