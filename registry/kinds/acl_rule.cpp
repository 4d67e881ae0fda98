#include "registry/kinds/kinds.h"
#include "registry/kinds/parts.h"

/// Who may do what with which objects of a service (spec sections 3.4 and 5).
namespace registry::kinds {
namespace {

constexpr std::string_view kEntity = "Entity";
constexpr std::string_view kAccesses[]{"Shared", kEntity};
constexpr std::string_view kOrganisationAccesses[]{"Shared", kEntity, "Published"};

constexpr Field entity(std::string_view words) {
  return {
      .name = kEntity, .type = FieldType::reference, .rules = {.any_space = true}, .words = words};
}

constexpr Field kResourceAccess[]{
    {.name = "Access",
     .rules = {.required = true, .trimmed = true},
     .one_of = kAccesses,
     .words = "Shared: any object of the class; Entity: the one named."},
    entity("The service resource, or the object of the server."),
};
constexpr Field kOrganisationAccess[]{
    {.name = "Access",
     .rules = {.required = true, .trimmed = true},
     .one_of = kOrganisationAccesses,
     .words = "Shared: the organization that has the object; Published: any; Entity: the one "
              "named."},
    entity("The organization."),
};
constexpr Field kPrincipalAccess[]{
    {.name = "Access",
     .rules = {.required = true, .trimmed = true},
     .one_of = kAccesses,
     .words = "Shared: any user of these organizations; Entity: the user named, or whoever holds "
              "the right named."},
    entity("The user or the right."),
};
constexpr Shape kResourceAccessShape{.name = "ServiceResourceAccess", .fields = kResourceAccess};
constexpr Shape kOrganisationAccessShape{.name = "OrganizationAccess",
                                         .fields = kOrganisationAccess};
constexpr Shape kPrincipalAccessShape{.name = "PrincipalAccess", .fields = kPrincipalAccess};

constexpr Field kFields[]{
    kName,
    kEntityDescription,
    {.name = "ServiceResourceAccess",
     .type = FieldType::object,
     .shape = &kResourceAccessShape,
     .words = "Which objects it is about; any of the class when it is not given."},
    {.name = "OrganizationAccess",
     .type = FieldType::object,
     .rules = {.required = true},
     .shape = &kOrganisationAccessShape,
     .words = "Whose users it is about."},
    {.name = "PrincipalAccess",
     .type = FieldType::object,
     .rules = {.required = true},
     .shape = &kPrincipalAccessShape,
     .words = "Which of these users it allows."},
};

constexpr View kViews[]{
    {.name = "AclRule",
     .media_type = "application/vnd.vmware.admin.aclRule",
     .element = "/api/admin/extension/service/aclrule/{}"},
};

constexpr Collection kCollections[]{
    {.path = "/api/admin/extension/service/resourceclassaction/{}/aclrules", .query = "aclRule"},
};

/// Access or Entity of one of the three; nothing when that is not given.
const Value& part_of(const Resource& rule, std::string_view setting, std::string_view part) {
  static const Value kUnset;
  const Object* object = rule.value(setting).get_if<Object>();
  if (object == nullptr) return kUnset;
  const auto place = kResourceAccessShape.find(part);  // the same in all three
  return *place < object->fields.size() ? object->fields[*place] : kUnset;
}
const Reference* entity_of(const Resource& rule, std::string_view setting) {
  return part_of(rule, setting, kEntity).get_if<Reference>();
}

constexpr std::string_view kResourceSetting = "ServiceResourceAccess";
constexpr std::string_view kOrganisationSetting = "OrganizationAccess";
constexpr std::string_view kPrincipalSetting = "PrincipalAccess";

template <const std::string_view& setting>
Value access_value(const Resource& rule, const Resources&) {
  return part_of(rule, setting, "Access");
}
/// The entity under its name of now; nothing when it is no more.
template <const std::string_view& setting>
Value entity_value(const Resource& rule, const Resources& there) {
  const Reference* reference = entity_of(rule, setting);
  return reference == nullptr ? Value{} : refer_to(there.find(reference->id));
}

Value principal_type(const Resource& rule, const Resources&) {
  const Reference* principal = entity_of(rule, kPrincipalSetting);
  return principal == nullptr ? Value{} : Value{principal->kind};
}

constexpr Attribute kAttributes[]{
    {"name", "name"},
    {"org", {}, entity_value<kOrganisationSetting>},
    {"principal", {}, entity_value<kPrincipalSetting>},
    {"serviceResource", {}, entity_value<kResourceSetting>},
    {"principalType", {}, principal_type},
    {"resourceClassAction", {}, parent_reference},
    {"orgAccess", {}, access_value<kOrganisationSetting>},
    {"serviceResourceAccess", {}, access_value<kResourceSetting>},
    {"principalAccess", {}, access_value<kPrincipalSetting>},
};

constexpr Query kQueries[]{
    {.name = "aclRule", .attributes = kAttributes, .words = "ACL rules of all actions."},
};

/// By the right or the user that it names, so that a right in use is found at once.
std::string index_key(const Resource& rule) {
  const Reference* principal = entity_of(rule, kPrincipalSetting);
  return principal == nullptr ? std::string{} : principal->id.to_string();
}

bool names_entity(const Resource& rule, std::string_view setting) {
  const auto* access = part_of(rule, setting, "Access").get_if<std::string>();
  return access != nullptr && *access == kEntity;
}

std::string entity_path(std::string_view setting) {
  return std::string{setting} + "/" + std::string{kEntity};
}

Verdict check_given(const Resource& rule, std::string_view setting) {
  if (!names_entity(rule, setting) || entity_of(rule, setting) != nullptr) return std::nullopt;
  return invalid(entity_path(setting), "Entity is required when Access is Entity.");
}

/// A service resource of the class that the action belongs to, or one of the server's own objects.
Verdict check_resource(const Resource& rule, const Resources& there) {
  const Reference* reference = entity_of(rule, kResourceSetting);
  if (reference == nullptr) return std::nullopt;
  const std::string path = entity_path(kResourceSetting);
  const Resource* target = target_of(*reference, there);
  if (target == nullptr) return invalid(path, "Entity leads to nothing that is here.");
  const Resource* action = there.parent_of(rule);
  const bool external = target->kind == &service_resource();
  if (!external || action == nullptr || target->parent == action->parent) return std::nullopt;
  return invalid(path, "Entity must be of the resource class of the action.");
}

Verdict check(const Resource& next, const Resource*, const Resources& there, const Occasion&,
              std::vector<std::string>&) {
  for (const auto setting : {kResourceSetting, kOrganisationSetting, kPrincipalSetting}) {
    if (auto rule = check_given(next, setting)) return rule;
  }
  if (auto rule = check_resource(next, there)) return rule;
  if (auto rule = check_reference(entity_of(next, kOrganisationSetting), there,
                                  entity_path(kOrganisationSetting), {organisation().urn_kind})) {
    return rule;
  }
  return check_reference(entity_of(next, kPrincipalSetting), there, entity_path(kPrincipalSetting),
                         {user().urn_kind, right().urn_kind});
}

constexpr Rules kRules{.check = check};

constexpr Kind kKind{
    .urn_kind = "aclRule",
    .words = "Who may do an action with which objects.",
    .shape = {.name = "AclRule", .fields = kFields},
    .parent = "resourceClassAction",
    .container = "AclRules",
    .views = kViews,
    .collections = kCollections,
    .queries = kQueries,
    .index_key = index_key,
    .rules = &kRules,
};

}  // namespace

const Kind& acl_rule() { return kKind; }

}  // namespace registry::kinds
