#include "registry/access/passwords.h"
#include "registry/kinds/inventory_values.h"
#include "registry/kinds/kinds.h"
#include "registry/kinds/parts.h"
#include "registry/kinds/user_rules.h"

/// Who can log in. No two names of an organisation differ in case alone, as in vCloud Director,
/// which compares them so; a login gives the name exactly.
namespace registry::kinds {
namespace {

constexpr std::int64_t kPasswordMax = access::kPasswordOctetsMax;
constexpr std::int64_t kHashMax = 1024;  // yescrypt's strings have some 75 characters

constexpr Field kFields[]{
    {.name = "name",
     .attribute = true,
     .space = Space::vcloud,
     .rules = {.required = true, .create_only = true},
     .words = "What he logs in with; no two users of an organization share one."},
    kEntityDescription,
    kEntityTasks,
    {.name = "FullName", .space = Space::vcloud, .words = "His name for people."},
    {.name = "EmailAddress", .space = Space::vcloud, .words = "His address."},
    {.name = "Telephone", .space = Space::vcloud, .words = "His telephone number."},
    {.name = "IsEnabled",
     .type = FieldType::boolean,
     .space = Space::vcloud,
     .words = "Whether he can log in; true unless it is given."},
    unkept("IsLocked"),
    {.name = "IM", .space = Space::vcloud, .words = "His address for messages."},
    unkept("NameInSource"),
    unkept("IsAlertEnabled"),
    unkept("AlertEmailPrefix"),
    unkept("AlertEmail"),
    unkept("IsExternal"),
    unkept("ProviderType"),
    unkept("IsDefaultCached"),
    unkept("IsGroupRole"),
    unkept("StoredVmQuota"),
    unkept("DeployedVmQuota"),
    {.name = "Role",
     .type = FieldType::reference,
     .space = Space::vcloud,
     .rules = {.required = true},
     .target = "role",
     .words = "What he may do."},
    {.name = "Password",
     .space = Space::vcloud,
     .rules = {.secret = true},
     .maximum = kPasswordMax,
     .words = "What he logs in with, required at creation; only its hash is kept."},
    unkept("GroupReferences"),
    {.name = "PasswordHash",
     .space = Space::oriel,
     .rules = {.hidden = true},
     .maximum = kHashMax,
     .words = "A crypt(3) string."},
};

constexpr std::string_view kShown[]{"name",      "Description", "Tasks", "FullName", "EmailAddress",
                                    "Telephone", "IsEnabled",   "IM",    "Role"};

constexpr LinkSpec kLinks[]{
    {"edit", "application/vnd.vmware.admin.user", "{self}", Access::organisation_administrator},
};

constexpr View kViews[]{
    {.name = "User",
     .space = Space::vcloud,
     .media_type = "application/vnd.vmware.admin.user",
     .element = "/api/admin/user/{}",
     .read = Access::organisation_administrator,
     .fields = kShown,
     .links = kLinks},
};

constexpr Collection kCollections[]{
    {.path = "/api/admin/org/{}/users",
     .create = Access::organisation_administrator,
     .query = "user"},
};

Value role_names(const Resource& user, const Resources& there) {
  return referenced_name(user, "Role", there);
}

constexpr Attribute kAttributes[]{
    {"name", "name"},           {"fullName", "FullName"},      {"emailAddress", "EmailAddress"},
    {"isEnabled", "IsEnabled"}, {"roleNames", {}, role_names},
};
constexpr Attribute kAdminAttributes[]{
    {"name", "name"},
    {"fullName", "FullName"},
    {"emailAddress", "EmailAddress"},
    {"isEnabled", "IsEnabled"},
    {"roleNames", {}, role_names},
    {"org", {}, org_value},
    {"orgName", {}, org_name_value},
};

constexpr Query kQueries[]{
    {.name = "user",
     .access = Access::organisation_administrator,
     .attributes = kAttributes,
     .own_organisation = true,
     .words = "Users of the caller's organization."},
    {.name = "adminUser", .attributes = kAdminAttributes, .words = "Users of all organizations."},
};

constexpr PackagedQuery kPackaged[]{{"/api/admin/users/query", "user"}};

/// By the role, so that a role in use is found at once.
std::string index_key(const Resource& user) {
  const Reference* role_of_it = user.reference("Role");
  return role_of_it == nullptr ? std::string{} : role_of_it->id.to_string();
}

constexpr Kind kKind{
    .urn_kind = "user",
    .words = "Somebody who can log in.",
    .shape = {.name = "User", .space = Space::vcloud, .fields = kFields},
    .parent = "org",
    .views = kViews,
    .collections = kCollections,
    .change = Access::organisation_administrator,
    .remove = Access::organisation_administrator,
    .queries = kQueries,
    .packaged = kPackaged,
    .unique_field = "name",
    .uniqueness = Uniqueness::among_siblings,
    .unique_ignores_case = true,
    .count_max_of_organisation = 20'000,
    .index_key = index_key,
    .rules = &kUserRules,
};

}  // namespace

const Kind& user() { return kKind; }

}  // namespace registry::kinds
