#include "registry/kinds/kinds.h"
#include "registry/kinds/parts.h"

/// The objects of a class, as far as authorization must know them (spec sections 3.4 and 5).
namespace registry::kinds {
namespace {

constexpr Field kFields[]{
    kName,
    kEntityDescription,
    {.name = "Org",
     .type = FieldType::reference,
     .rules = {.required = true, .any_space = true},
     .target = "org",
     .words = "The organization that it belongs to."},
    {.name = "ExternalObjectId",
     .rules = {.required = true},
     .words = "What the group id of an action's UrlPattern gives for it."},
};

constexpr View kViews[]{
    {.name = "ServiceResource",
     .media_type = "application/vnd.vmware.admin.serviceResource",
     .element = "/api/admin/extension/service/serviceresource/{}"},
};

constexpr Collection kCollections[]{
    {.path = "/api/admin/extension/service/resourceclass/{}/serviceresources",
     .query = "serviceResource"},
};

constexpr Attribute kAttributes[]{
    {"name", "name"},
    {"org", "Org"},
    {"resourceClass", {}, parent_reference},
    {"externalObjectId", "ExternalObjectId"},
};

constexpr Query kQueries[]{
    {.name = "serviceResource",
     .attributes = kAttributes,
     .words = "Service resources of all resource classes."},
};

Verdict check(const Resource& next, const Resource*, const Resources& there, const Occasion&,
              std::vector<std::string>&) {
  return check_reference(next.reference("Org"), there, "Org", {organisation().urn_kind});
}

constexpr Rules kRules{.check = check};

constexpr Kind kKind{
    .urn_kind = "serviceResource",
    .words = "An object of a resource class, and whose it is.",
    .shape = {.name = "ServiceResource", .fields = kFields},
    .parent = "resourceClass",
    .container = "ServiceResources",
    .views = kViews,
    .collections = kCollections,
    .queries = kQueries,
    .unique_field = "ExternalObjectId",
    .uniqueness = Uniqueness::among_siblings,
    .rules = &kRules,
};

}  // namespace

const Kind& service_resource() { return kKind; }

}  // namespace registry::kinds
