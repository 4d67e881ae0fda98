#include "registry/kinds/kinds.h"
#include "registry/kinds/link_key.h"
#include "registry/kinds/parts.h"

/// Links that a service adds to the server's own documents (spec section 3.2).
namespace registry::kinds {
namespace {

constexpr Field kFields[]{
    {.name = "LinkHref",
     .rules = {.required = true},
     .words = "Where the link leads; {baseUri} stands for the API's URL with its slash, "
              "{resourceId} for the UUID of the document."},
    {.name = "MimeType",
     .rules = {.required = true},
     .words = "The media type of what it leads to."},
    {.name = "Rel", .rules = {.required = true}, .words = "What it is to the document."},
    {.name = "ResourceType",
     .rules = {.required = true, .trimmed = true},
     .words = "The media type of the documents that get it; +xml and +json count as the same."},
    {.name = "ResourceId",
     .rules = {.trimmed = true},
     .words = "The id of the only document that gets it; all of that type when it is not given."},
    {.name = "ExternalResourceId", .words = "The id of the link."},
};

constexpr View kViews[]{
    {.name = "ServiceLink",
     .media_type = "application/vnd.vmware.admin.serviceLink",
     .element = "/api/admin/extension/service/link/{}"},
};

constexpr Collection kCollections[]{
    {.path = "/api/admin/extension/service/{}/links", .query = "serviceLink"},
};

constexpr Attribute kAttributes[]{
    {"rel", "Rel"},
    {"linkHref", "LinkHref"},
    {"mimeType", "MimeType"},
    {"resourceType", "ResourceType"},
    {"service", {}, parent_reference},
    {"resourceId", "ResourceId"},
};

constexpr Query kQueries[]{
    {.name = "serviceLink", .attributes = kAttributes, .words = "Service links of all services."},
};

constexpr Kind kKind{
    .urn_kind = "serviceLink",
    .words = "A link that a service adds to documents of the server while it is enabled.",
    .shape = {.name = "ServiceLink", .fields = kFields},
    .parent = "externalService",
    .container = "ServiceLinks",
    .views = kViews,
    .collections = kCollections,
    .queries = kQueries,
    .index_key = link_key_of,
};

}  // namespace

const Kind& service_link() { return kKind; }

}  // namespace registry::kinds
