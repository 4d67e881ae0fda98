#include "registry/kinds/entity_fields.h"
#include "registry/kinds/inventory_values.h"
#include "registry/kinds/kinds.h"
#include "registry/kinds/parts.h"

/// Organisations: System, whose members are the system administrators, and tenants (spec sections
/// 1.4 and 6).
namespace registry::kinds {
namespace {

constexpr std::int64_t kFullNameMax = 128;  // characters

constexpr std::size_t kRightsShownMax = 10'000;  // as many as there can be
constexpr Holding kUsers{.kind = "user"};
constexpr Holding kVdcs{.kind = "vdc"};
constexpr Holding kRights{.kind = "right", .everywhere = true, .shown_max = kRightsShownMax};
constexpr Holding kRoles{.kind = "role", .everywhere = true};
constexpr Holding kNone{};

constexpr Field kFields[]{
    kEntityName,
    kEntityDescription,
    kEntityTasks,
    {.name = "FullName",
     .space = Space::vcloud,
     .maximum = kFullNameMax,
     .words = "Its name for people; name when none is given."},
    {.name = "IsEnabled",
     .type = FieldType::boolean,
     .space = Space::vcloud,
     .words = "Whether its members can log in; true unless it is given."},
    unkept("Settings"),
    held("Users", "UserReference", kUsers, "One of its users."),
    held("Groups", "GroupReference", kNone, "There are no groups."),
    held("Catalogs", "CatalogReference", kNone, "There are no catalogs."),
    held("Vdcs", "Vdc", kVdcs, "One of its virtual datacenters."),
    held("Networks", "Network", kNone, "There are no networks."),
    held("RightReferences", "RightReference", kRights,
         "A right that its roles may hold: every right is every organization's."),
    held("RoleReferences", "RoleReference", kRoles,
         "A role that its users may have: every role is every organization's."),
};

constexpr std::string_view kAdminShown[]{
    "name",           "Description",      "Tasks", "FullName", "IsEnabled",      "UserReference",
    "GroupReference", "CatalogReference", "Vdc",   "Network",  "RightReference", "RoleReference"};
constexpr std::string_view kShown[]{"name", "Description", "Tasks", "FullName", "IsEnabled"};

constexpr LinkSpec kAdminLinks[]{
    {"remove",
     {},
     "{self}",
     Access::system_administrator,
     [](const Resource& org, const Resources&) { return !is_system(org); }},
    {"edit", "application/vnd.vmware.admin.organization", "{self}", Access::system_administrator},
    {"alternate", "application/vnd.vmware.vcloud.org", "{h}/api/org/{id}"},
    {"down", "application/vnd.vmware.vcloud.tasksList", "{h}/api/tasksList/{id}"},
    {"task:create", "application/vnd.vmware.vcloud.task", "{h}/api/tasksList/{id}",
     Access::system_administrator},
    {"event:create", "application/vnd.vmware.admin.event", "{h}/api/admin/org/{id}/events",
     Access::system_administrator},
    {"add", "application/vnd.vmware.admin.user", "{h}/api/admin/org/{id}/users",
     Access::organisation_administrator},
    {"add", "application/vnd.vmware.admin.vdc", "{h}/api/admin/org/{id}/vdcs",
     Access::system_administrator},
    {"down:users", kRecordsType, "{h}/api/admin/org/{id}/users",
     Access::organisation_administrator},
    {"down:vdcs", kRecordsType, "{h}/api/admin/org/{id}/vdcs", Access::system_administrator},
};

// From version 33.0 on, clients look for the virtual datacenters behind a link to their query.
constexpr LinkSpec kUserLinks[]{
    {"down", "application/vnd.vmware.vcloud.tasksList", "{h}/api/tasksList/{id}"},
    {"down", kRecordsType, "{h}/api/query?type=orgVdc&format=records"},
    {"alternate", "application/vnd.vmware.admin.organization", "{h}/api/admin/org/{id}",
     Access::organisation_administrator},
};

constexpr View kViews[]{
    {.name = "AdminOrg",
     .space = Space::vcloud,
     .media_type = "application/vnd.vmware.admin.organization",
     .element = "/api/admin/org/{}",
     .read = Access::organisation_administrator,
     .fields = kAdminShown,
     .links = kAdminLinks},
    {.name = "Org",
     .space = Space::vcloud,
     .media_type = "application/vnd.vmware.vcloud.org",
     .element = "/api/org/{}",
     .read = Access::user,
     .fields = kShown,
     .links = kUserLinks},
};

constexpr Collection kCollections[]{
    {.path = "/api/admin/orgs", .create = Access::system_administrator, .query = "organization"},
};

Value vdc_count(const Resource& organisation, const Resources& there) {
  return static_cast<std::int64_t>(there.children(organisation.id, vdc()).size());
}

Value vapp_count(const Resource& organisation, const Resources& there) {
  std::int64_t count = 0;
  for (const auto& each : there.children(organisation.id, vdc())) {
    count += static_cast<std::int64_t>(there.children(each->id, vapp()).size());
  }
  return count;
}

constexpr Attribute kAttributes[]{
    {"name", "name"},
    {"displayName", "FullName"},
    {"isEnabled", "IsEnabled"},
    {"isReadOnly",
     {},
     [](const Resource&, const Resources&) { return Value{false}; },
     FieldType::boolean},
    {"numberOfVdcs", {}, vdc_count, FieldType::integer},
    {"numberOfVApps", {}, vapp_count, FieldType::integer},
};

constexpr Query kQueries[]{
    {.name = "organization",
     .record = "OrgRecord",
     .access = Access::user,
     .attributes = kAttributes,
     .view = 1,
     .own_organisation = true,
     .words = "Organizations."},
};

void complete(Resource& fresh, const Resources&, const Occasion&) {
  if (!fresh.value("IsEnabled").is_set()) fresh.set("IsEnabled", true);
  if (fresh.text("FullName").empty()) fresh.set("FullName", fresh.text("name"));
}

/// What a login, user@organisation, is split at, and what would end a segment of a URL.
bool is_usable_name(const std::string& name) {
  return name.find_first_of("@/\\ ") == std::string::npos;
}

Verdict check(const Resource& next, const Resource* before, const Resources&, const Occasion&,
              std::vector<std::string>&) {
  if (!is_usable_name(next.text("name"))) {
    return invalid("name", "name must not contain a blank, '@', '/' or '\\'.");
  }
  if (before == nullptr || !is_system(*before)) return std::nullopt;
  if (next.text("name") != before->text("name")) {
    return forbidden("name", "The organization System cannot be renamed.");
  }
  if (!next.flag("IsEnabled")) {
    return forbidden("IsEnabled", "The organization System cannot be disabled.");
  }
  return std::nullopt;
}

Verdict check_removal(const Resource& organisation, const Resources& there) {
  if (is_system(organisation)) {
    return forbidden("", "The organization System cannot be removed.");
  }
  const bool empty = there.children(organisation.id, vdc()).empty() &&
                     there.children(organisation.id, user()).empty();
  if (empty || !organisation.flag("IsEnabled")) return std::nullopt;
  return invalid("", "The organization has users or virtual datacenters: disable it first.");
}

constexpr Rules kRules{.complete = complete, .check = check, .check_removal = check_removal};

constexpr Kind kKind{
    .urn_kind = "org",
    .words = "An organization: a tenant, or System, to which the system administrators belong.",
    .shape = {.name = "AdminOrg", .space = Space::vcloud, .fields = kFields},
    .views = kViews,
    .collections = kCollections,
    .change = Access::system_administrator,
    .remove = Access::system_administrator,
    .queries = kQueries,
    .unique_field = "name",
    .uniqueness = Uniqueness::everywhere,
    .unique_ignores_case = true,
    .count_max = 10'000,
    .rules = &kRules,
};

}  // namespace

const Kind& organisation() { return kKind; }

}  // namespace registry::kinds
