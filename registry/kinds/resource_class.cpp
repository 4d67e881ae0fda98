#include "registry/kinds/kinds.h"
#include "registry/kinds/parts.h"
#include "registry/model/rules.h"

/// Kinds of objects that a service has (spec sections 3.4 and 3.5).
namespace registry::kinds {
namespace {

constexpr std::int64_t kMimeTypeMax = 128;  // characters

constexpr Field kFields[]{
    kName,
    kEntityDescription,
    {.name = "MimeType",
     .rules = {.trimmed = true},
     .maximum = kMimeTypeMax,
     .words = "The media type of its objects. When it is one of the server's own, the objects are "
              "the server's."},
    {.name = "UrlTemplate",
     .rules = {.trimmed = true},
     .maximum = model::kPatternMax,
     .words = "Where an object is; {baseUri} stands for the API's URL with its slash, "
              "{resourceId} for the group id of UrnPattern."},
    {.name = "Nid",
     .rules = {.trimmed = true},
     .words = "The namespace identifier of the URNs of its objects."},
    {.name = "UrnPattern",
     .rules = {.trimmed = true},
     .words = "A text or a pattern of java.util.regex for what follows the namespace identifier "
              "in their URNs."},
};

constexpr LinkSpec kLinks[]{
    {"down:resourceClassActions", kRecordsType, "{self}/resourceclassactions"},
    {"add", "application/vnd.vmware.admin.resourceClassAction", "{self}/resourceclassactions"},
    {"down:serviceResources", kRecordsType, "{self}/serviceresources"},
    {"add", "application/vnd.vmware.admin.serviceResource", "{self}/serviceresources"},
};

constexpr View kViews[]{
    {.name = "ResourceClass",
     .media_type = "application/vnd.vmware.admin.resourceClass",
     .element = "/api/admin/extension/service/resourceclass/{}",
     .links = kLinks},
};

constexpr Collection kCollections[]{
    {.path = "/api/admin/extension/service/{}/resourceclasses", .query = "resourceClass"},
};

constexpr Attribute kAttributes[]{
    {"name", "name"},         {"service", {}, parent_reference},
    {"mimeType", "MimeType"}, {"urlTemplate", "UrlTemplate"},
    {"nid", "Nid"},           {"urnPattern", "UrnPattern"},
};

constexpr Query kQueries[]{
    {.name = "resourceClass",
     .attributes = kAttributes,
     .words = "Resource classes of all services."},
};

std::string index_key(const Resource& resource_class) { return resource_class.text("Nid"); }

Verdict check(const Resource& next, const Resource*, const Resources&, const Occasion&,
              std::vector<std::string>&) {
  const std::string& pattern = next.text("UrnPattern");
  if (pattern.empty()) return std::nullopt;
  return check_id_pattern("UrnPattern", pattern);
}

constexpr Rules kRules{.check = check};

constexpr Kind kKind{
    .urn_kind = "resourceClass",
    .words = "A kind of objects that a service has, and where they are found.",
    .shape = {.name = "ResourceClass", .fields = kFields},
    .parent = "externalService",
    .container = "ResourceClasses",
    .views = kViews,
    .collections = kCollections,
    .queries = kQueries,
    .index_key = index_key,
    .rules = &kRules,
};

}  // namespace

const Kind& resource_class() { return kKind; }

}  // namespace registry::kinds
