#include "registry/kinds/built_in.h"
#include "registry/kinds/kinds.h"
#include "registry/kinds/parts.h"

/// Which rights users have. Roles are the installation's: every organisation's users may have them.
namespace registry::kinds {
namespace {

constexpr std::size_t kRolesMax = 1000;
constexpr std::size_t kRightsOfRoleMax = 1000;

constexpr Field kFields[]{
    kEntityName,
    kEntityDescription,
    kEntityTasks,
    {.name = "RightReference",
     .type = FieldType::reference,
     .space = Space::vcloud,
     .target = "right",
     .repeated = true,
     .container = "RightReferences",
     .items_max = kRightsOfRoleMax,
     .words = "A right that whoever has the role holds."},
};

bool is_of_ones_own(const Resource& role, const Resources&) { return !is_built_in(role.id); }

constexpr LinkSpec kLinks[]{
    {"remove", {}, "{self}", Access::system_administrator, is_of_ones_own},
    {"edit", "application/vnd.vmware.admin.role", "{self}", Access::system_administrator,
     is_of_ones_own},
};

constexpr View kViews[]{
    {.name = "Role",
     .space = Space::vcloud,
     .media_type = "application/vnd.vmware.admin.role",
     .element = "/api/admin/role/{}",
     .read = Access::organisation_administrator,
     .links = kLinks},
};

constexpr Collection kCollections[]{{.path = "/api/admin/roles", .query = "role"}};

Value is_read_only(const Resource& role, const Resources&) { return is_built_in(role.id); }

/// Every organisation's: clients ask for the roles of one.
Value every_organisation(const Resource&, const Resources&) {
  Reference every;
  every.kind = organisation().urn_kind;
  return every;
}

constexpr Attribute kAttributes[]{
    {"name", "name"},
    {"isReadOnly", {}, is_read_only, FieldType::boolean},
};
constexpr Attribute kAdminAttributes[]{
    {"name", "name"},
    {"isReadOnly", {}, is_read_only, FieldType::boolean},
    {"org", {}, every_organisation},
};

constexpr Query kQueries[]{
    {.name = "role",
     .access = Access::organisation_administrator,
     .attributes = kAttributes,
     .words = "All roles."},
    {.name = "adminRole", .attributes = kAdminAttributes, .words = "All roles."},
};

constexpr PackagedQuery kPackaged[]{{"/api/admin/roles/query", "role"}};

Verdict check(const Resource& next, const Resource* before, const Resources& there, const Occasion&,
              std::vector<std::string>&) {
  if (before != nullptr && is_built_in(before->id)) {
    return forbidden("", "The role \"" + before->text("name") + "\" is built in.");
  }
  const auto* rights = next.value("RightReference").get_if<List>();
  if (rights == nullptr) return std::nullopt;
  for (std::size_t i = 0; i < rights->items.size(); ++i) {
    const std::string path = "RightReferences/RightReference[" + std::to_string(i + 1) + "]";
    if (auto rule = check_reference(rights->items[i].get_if<Reference>(), there, path,
                                    {right().urn_kind})) {
      return rule;
    }
  }
  return std::nullopt;
}

Verdict check_removal(const Resource& role, const Resources& there) {
  const std::string subject = "The role \"" + role.text("name") + "\" ";
  if (is_built_in(role.id)) return forbidden("", subject + "is built in.");
  if (there.indexed(user(), role.id.to_string()).empty()) return std::nullopt;
  return conflict("", subject + "is in use by a user.");
}

constexpr Rules kRules{.check = check, .check_removal = check_removal};

constexpr Kind kKind{
    .urn_kind = "role",
    .words =
        "Which rights a user has. ACL rules of extension services ask for rights; in the API "
        "itself only the three built-in roles administer anything, whatever others hold.",
    .shape = {.name = "Role", .space = Space::vcloud, .fields = kFields},
    .views = kViews,
    .collections = kCollections,
    .change = Access::system_administrator,
    .queries = kQueries,
    .packaged = kPackaged,
    .unique_field = "name",
    .uniqueness = Uniqueness::everywhere,
    .count_max = kRolesMax,
    .rules = &kRules,
};

}  // namespace

const Kind& role() { return kKind; }

}  // namespace registry::kinds
