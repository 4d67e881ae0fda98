#include "registry/kinds/kinds.h"
#include "registry/kinds/parts.h"

/// Files that describe an API; they live elsewhere (spec section 3.3).
namespace registry::kinds {
namespace {

constexpr Field kFields[]{
    {.name = "name", .attribute = true, .space = Space::vcloud, .words = "Its name."},
    kEntityDescription,
    {.name = "File",
     .type = FieldType::reference,
     .space = Space::vcloud,
     .rules = {.required = true, .any_space = true, .expanded = true},
     .words = "Where the file is; {baseUri} in its href stands for the URL of this API."},
};

constexpr View kViews[]{
    {.name = "FileDescriptor",
     .media_type = "application/vnd.vmware.admin.fileDescriptor",
     .element = "/api/admin/extension/service/file/{}"},
    {.name = "FileDescriptor",
     .space = Space::vcloud,
     .media_type = "application/vnd.vmware.vcloud.filedescriptor",
     .element = "/api/files/{}",
     .read = Access::user,
     .visible = of_enabled_service,
     .up = 1},
};

constexpr Collection kCollections[]{
    {.path = "/api/admin/extension/service/apidefinition/{}/files", .query = "adminFileDescriptor"},
    {.path = "/api/admin/extension/service/definition/{}/files", .query = "adminFileDescriptor"},
};

Value file_url(const Resource& file, const Resources&) {
  const Reference* reference = file.reference("File");
  return reference == nullptr ? Value{} : Value{reference->href};
}

Value file_mime_type(const Resource& file, const Resources&) {
  const Reference* reference = file.reference("File");
  return reference == nullptr || reference->type.empty() ? Value{} : Value{reference->type};
}

template <const std::string_view& field>
Value of_api(const Resource& file, const Resources& there) {
  return owner_field(file, there, api_definition().urn_kind, field);
}
constexpr std::string_view kApiName = "name";
constexpr std::string_view kApiNamespace = "Namespace";
constexpr std::string_view kApiVendor = "ApiVendor";

constexpr Attribute kAttributes[]{
    {"fileUrl", {}, file_url, FieldType::text, true},
    {"apiDefinition", {}, parent_reference},
    {"fileMimeType", {}, file_mime_type},
    {"name", "name"},
    {"apiName", {}, of_api<kApiName>},
    {"apiNamespace", {}, of_api<kApiNamespace>},
    {"apiVendor", {}, of_api<kApiVendor>},
    {"serviceName", {}, service_name},
    {"serviceNamespace", {}, service_namespace},
    {"serviceVendor", {}, service_vendor},
    {"service", {}, service_reference},
};

constexpr Query kQueries[]{
    {.name = "adminFileDescriptor",
     .attributes = kAttributes,
     .words = "Files that describe APIs of all services."},
    {.name = "fileDescriptor",
     .access = Access::user,
     .attributes = kAttributes,
     .view = 1,
     .admits = of_enabled_service,
     .words = "Files that describe APIs of services that are enabled."},
};

constexpr PackagedQuery kPackaged[]{{"/api/apidefinition/{}/files", "fileDescriptor"}};

Verdict check(const Resource& next, const Resource*, const Resources&, const Occasion&,
              std::vector<std::string>&) {
  const Reference* file = next.reference("File");
  if (file != nullptr && !file->href.empty()) return std::nullopt;
  return invalid("File", "File must have an href.");
}

constexpr Rules kRules{.check = check};

constexpr Kind kKind{
    .urn_kind = "fileDescriptor",
    .words = "A file that describes an API; the server keeps where it is, not the file.",
    .shape = {.name = "FileDescriptor", .fields = kFields},
    .parent = "apiDefinition",
    .container = "Files",
    .views = kViews,
    .collections = kCollections,
    .queries = kQueries,
    .packaged = kPackaged,
    .rules = &kRules,
};

}  // namespace

const Kind& file_descriptor() { return kKind; }

}  // namespace registry::kinds
