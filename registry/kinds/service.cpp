#include "registry/kinds/kinds.h"
#include "registry/kinds/parts.h"
#include "registry/model/rules.h"

/// Extension services (spec sections 2.2 to 2.4 and 3.9).
namespace registry::kinds {
namespace {

constexpr std::size_t kServicesMax = 10'000;

constexpr Field kFields[]{
    kName,
    kEntityDescription,
    kEntityTasks,
    {.name = "Namespace",
     .rules = {.required = true, .create_only = true},
     .words = "What its requests, rights and tasks are known by; no two services share one."},
    {.name = "Enabled",
     .type = FieldType::boolean,
     .words = "Whether it takes requests; false unless it is given."},
    {.name = "AuthorizationEnabled",
     .type = FieldType::boolean,
     .words = "Whether its requests are judged by rights and ACL rules; false unless it is given."},
    {.name = "RoutingKey",
     .rules = {.required = true},
     .words = "The routing key of its messages, in octets at most as many as in characters."},
    {.name = "Priority",
     .type = FieldType::integer,
     .minimum = 0,
     .maximum = model::kPriorityMax,
     .words = "Of several services that a request matches, the one with the highest comes first; "
              "0 unless it is given."},
    {.name = "Exchange",
     .rules = {.required = true},
     .words = "The exchange of its messages, which need not exist yet."},
    {.name = "Vendor", .words = "Who makes it."},
    {.name = "ReplyTimeoutSeconds",
     .type = FieldType::integer,
     .space = Space::oriel,
     .minimum = 1,
     .maximum = model::kReplyTimeoutMax.count(),
     .words = "How long a request waits for its reply, instead of the server's own time."},
};

constexpr LinkSpec kLinks[]{
    {"edit", "application/vnd.vmware.admin.service", "{self}"},
    {"rights", "application/vnd.vmware.admin.rights", "{self}/rights"},
    {"down:serviceLinks", kRecordsType, "{self}/links"},
    {"add", "application/vnd.vmware.admin.serviceLink", "{self}/links"},
    {"down:apiFilters", kRecordsType, "{self}/apifilters"},
    {"add", "application/vnd.vmware.admin.apiFilter", "{self}/apifilters"},
    {"down:apiDefinitions", kRecordsType, "{self}/apidefinitions"},
    {"add", "application/vnd.vmware.admin.apiDefinition", "{self}/apidefinitions"},
    {"down:resourceClasses", kRecordsType, "{self}/resourceclasses"},
    {"add", "application/vnd.vmware.admin.resourceClass", "{self}/resourceclasses"},
    {"bundle:upload", "application/vnd.vmware.admin.bundleUploadParams",
     "{self}/localizationbundles"},
    {"authorization:check", "application/vnd.vmware.admin.authorizationCheckParams",
     "{self}/authorizationcheck"},
    // A service has no parent that this could be made from.
    {"up", "application/vnd.vmware.admin.extensionServices", "{h}/api/admin/extension/service"},
};

constexpr std::string_view kUserFields[]{"name", "Description", "Namespace", "Vendor"};
constexpr LinkSpec kUserLinks[]{
    {"down:apiDefinitions", kRecordsType, "{self}/apidefinitions"},
};

constexpr View kViews[]{
    {.name = "Service",
     .media_type = "application/vnd.vmware.admin.service",
     .element = "/api/admin/extension/service/{}",
     .links = kLinks},
    {.name = "Service",
     .space = Space::vcloud,
     .media_type = "application/vnd.vmware.vcloud.service",
     .element = "/api/service/{}",
     .read = Access::user,
     .fields = kUserFields,
     .links = kUserLinks,
     .visible = of_enabled_service},
};

// GET here is ExtensionServices, which has links only (spec section 2.1).
constexpr Collection kCollections[]{{.path = "/api/admin/extension/service"}};

constexpr Attribute kAdminAttributes[]{
    {"name", "name"},
    {"enabled", "Enabled"},
    {"exchange", "Exchange"},
    {"priority", "Priority"},
    {"routingKey", "RoutingKey"},
    {"vendor", "Vendor"},
    {"namespace", "Namespace"},
    {"isAuthorizationEnabled", "AuthorizationEnabled"},
};
constexpr Attribute kUserAttributes[]{
    {"name", "name"},
    {"vendor", "Vendor"},
    {"namespace", "Namespace"},
};

constexpr Query kQueries[]{
    {.name = "adminService", .attributes = kAdminAttributes, .words = "Extension services."},
    {.name = "service",
     .access = Access::user,
     .attributes = kUserAttributes,
     .view = 1,
     .admits = of_enabled_service,
     .words = "Extension services that are enabled."},
};

constexpr PackagedQuery kPackaged[]{
    {"/api/admin/extension/service/query", "adminService"},
    {"/api/service", "service"},
};

void complete(Resource& fresh, const Resources&, const Occasion&) {
  if (!fresh.value("Enabled").is_set()) fresh.set("Enabled", false);
  if (!fresh.value("AuthorizationEnabled").is_set()) fresh.set("AuthorizationEnabled", false);
  if (!fresh.value("Priority").is_set()) fresh.set("Priority", std::int64_t{0});
}

Verdict check(const Resource& next, const Resource*, const Resources&, const Occasion&,
              std::vector<std::string>&) {
  if (auto rule = check_short_string("RoutingKey", next.text("RoutingKey"))) return rule;
  return check_short_string("Exchange", next.text("Exchange"));
}

Verdict check_removal(const Resource& service, const Resources&) {
  if (!service.flag("Enabled")) return std::nullopt;
  return invalid("", "The service \"" + service.text("name") +
                         "\" is enabled; disable it before you delete it.");
}

constexpr Rules kRules{.complete = complete, .check = check, .check_removal = check_removal};

constexpr Kind kKind{
    .urn_kind = "externalService",
    .words = "An extension service: whose requests it takes, and where its messages go.",
    .shape = {.name = "Service", .fields = kFields},
    .views = kViews,
    .collections = kCollections,
    .change = Access::system_administrator,
    .queries = kQueries,
    .packaged = kPackaged,
    .unique_field = "Namespace",
    .uniqueness = Uniqueness::everywhere,
    .count_max = kServicesMax,
    .rules = &kRules,
};

}  // namespace

const Kind& service() { return kKind; }

}  // namespace registry::kinds
