#include "registry/kinds/kinds.h"
#include "registry/kinds/parts.h"
#include "registry/model/rules.h"

/// What can be done with the objects of a class (spec sections 3.4 and 5).
namespace registry::kinds {
namespace {

constexpr std::string_view kMethods[]{"GET", "PUT", "POST", "DELETE"};

constexpr Field kFields[]{
    kName,
    kEntityDescription,
    {.name = "HttpMethod",
     .rules = {.required = true, .trimmed = true},
     .one_of = kMethods,
     .words = "The method of its requests."},
    {.name = "UrlPattern",
     .rules = {.required = true, .trimmed = true},
     .maximum = model::kPatternMax,
     .words = "A pattern of java.util.regex that the whole path of a request must match; its "
              "group id says which object is meant."},
};

constexpr LinkSpec kLinks[]{
    {"down:aclRules", kRecordsType, "{self}/aclrules"},
    {"add", "application/vnd.vmware.admin.aclRule", "{self}/aclrules"},
};

constexpr View kViews[]{
    {.name = "ResourceClassAction",
     .media_type = "application/vnd.vmware.admin.resourceClassAction",
     .element = "/api/admin/extension/service/resourceclassaction/{}",
     .links = kLinks},
};

constexpr Collection kCollections[]{
    {.path = "/api/admin/extension/service/resourceclass/{}/resourceclassactions",
     .query = "resourceClassAction"},
};

constexpr Attribute kAttributes[]{
    {"name", "name"},
    {"httpMethod", "HttpMethod"},
    {"urlPattern", "UrlPattern"},
    {"resourceClass", {}, parent_reference},
};

constexpr Query kQueries[]{
    {.name = "resourceClassAction",
     .attributes = kAttributes,
     .words = "Actions of all resource classes."},
};

Verdict check(const Resource& next, const Resource*, const Resources&, const Occasion&,
              std::vector<std::string>& warnings) {
  const std::string& pattern = next.text("UrlPattern");
  if (auto rule = check_id_pattern("UrlPattern", pattern)) return rule;
  return check_pattern("UrlPattern", pattern, warnings);
}

constexpr Rules kRules{.check = check};

constexpr Kind kKind{
    .urn_kind = "resourceClassAction",
    .words = "What can be done with the objects of a resource class.",
    .shape = {.name = "ResourceClassAction", .fields = kFields},
    .parent = "resourceClass",
    .container = "ResourceClassActions",
    .views = kViews,
    .collections = kCollections,
    .queries = kQueries,
    .rules = &kRules,
};

}  // namespace

const Kind& resource_class_action() { return kKind; }

}  // namespace registry::kinds
