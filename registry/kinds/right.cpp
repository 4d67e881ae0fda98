#include <unordered_set>

#include "registry/kinds/built_in.h"
#include "registry/kinds/kinds.h"
#include "registry/kinds/parts.h"
#include "registry/kinds/rights.h"
#include "registry/model/rules.h"

/// What a role may allow. Rights belong to a service by their ServiceNamespace only, and stay when
/// it goes (spec section 3.7).
namespace registry::kinds {
namespace {

constexpr std::size_t kRightsMax = 10'000;

constexpr Field kFields[]{
    {.name = "name",
     .attribute = true,
     .space = Space::vcloud,
     .rules = {.required = true},
     .words = "Its name, before which the server writes the service's namespace in braces."},
    kEntityDescription,
    {.name = "Category", .space = Space::vcloud, .words = "Under what it is listed."},
    {.name = "BundleKey",
     .space = Space::vcloud,
     .words = "The key of its name in the service's localization bundles."},
    {.name = "ServiceNamespace",
     .space = Space::vcloud,
     .rules = {.read_only = true},
     .words = "The namespace of the service that brought it."},
};

constexpr LinkSpec kLinks[]{
    {"remove",
     {},
     "{self}",
     Access::system_administrator,
     [](const Resource& right, const Resources&) { return !is_built_in(right.id); }},
};

constexpr View kViews[]{
    {.name = "Right",
     .space = Space::vcloud,
     .media_type = "application/vnd.vmware.admin.right",
     .element = "/api/admin/right/{}",
     .read = Access::organisation_administrator,
     .links = kLinks},
};

constexpr Attribute kAttributes[]{
    {"name", "name"},
    {"category", "Category"},
};

constexpr Query kQueries[]{
    {.name = "right",
     .access = Access::organisation_administrator,
     .attributes = kAttributes,
     .words = "All rights."},
};

constexpr PackagedQuery kPackaged[]{{"/api/admin/rights/query", "right"}};

std::string full_name(const Resource& right) {
  return right_name(right.text("ServiceNamespace"), right.text("name"));
}

void complete(Resource& fresh, const Resources&, const Occasion&) {
  fresh.set("name", full_name(fresh));
}

const Resource* already(const Resource& fresh, const Resources& there) {
  return there.named(right(), {}, full_name(fresh));
}

Verdict check(const Resource& next, const Resource*, const Resources&, const Occasion&,
              std::vector<std::string>&) {
  if (model::characters(next.text("name")) <= model::kNameMax) return std::nullopt;
  return invalid("name", "name must not be longer than " + std::to_string(model::kNameMax) +
                             " characters with the namespace before it.");
}

Verdict check_removal(const Resource& right, const Resources& there) {
  const std::string subject = "The right \"" + right.text("name") + "\" ";
  if (is_built_in(right.id)) return forbidden("", subject + "is built in.");
  if (is_in_use(right, there)) {
    return conflict("", subject + "is in use by a role or an ACL rule.");
  }
  return std::nullopt;
}

constexpr Rules kRules{
    .complete = complete, .check = check, .check_removal = check_removal, .already = already};

constexpr Kind kKind{
    .urn_kind = "right",
    .words = "Something that a role may allow, as ACL rules of extension services ask for it.",
    .shape = {.name = "Right", .space = Space::vcloud, .fields = kFields},
    .views = kViews,
    .queries = kQueries,
    .packaged = kPackaged,
    .unique_field = "name",
    .uniqueness = Uniqueness::everywhere,
    .count_max = kRightsMax,
    .rules = &kRules,
};

using Ids = std::unordered_set<core::Uuid>;

void add_rights_of(const Resource& role, Ids& ids) {
  const auto* rights = role.value("RightReference").get_if<List>();
  if (rights == nullptr) return;
  for (const Value& item : rights->items) {
    if (const auto* reference = item.get_if<Reference>()) ids.insert(reference->id);
  }
}

Ids held_by_roles(const Resources& there) {
  Ids ids;
  for (const auto& each : there.all(role())) add_rights_of(*each, ids);
  return ids;
}

bool is_in_use(const Resource& right, const Ids& held, const Resources& there) {
  return held.contains(right.id) || !there.indexed(acl_rule(), right.id.to_string()).empty();
}

}  // namespace

const Kind& right() { return kKind; }

std::string right_name(std::string_view service_namespace, std::string_view name) {
  if (service_namespace.empty()) return std::string{name};
  const std::string prefix = "{" + std::string{service_namespace} + "}:";
  return name.starts_with(prefix) ? std::string{name} : prefix + std::string{name};
}

bool is_in_use(const Resource& right, const Resources& there) {
  return is_in_use(right, held_by_roles(there), there);
}

std::vector<core::Uuid> unused_rights(const Resources& there) {
  const Ids held = held_by_roles(there);
  std::vector<core::Uuid> unused;
  for (const auto& one : there.all(right())) {
    if (is_built_in(one->id) || is_in_use(*one, held, there)) continue;
    if (there.named(service(), {}, one->text("ServiceNamespace")) != nullptr) continue;
    unused.push_back(one->id);
  }
  return unused;
}

std::vector<core::Uuid> rights_of(const Resource& user, const Resources& there) {
  std::vector<core::Uuid> rights;
  const Reference* held = user.reference("Role");
  const Resource* role_of_user = held == nullptr ? nullptr : there.find(role(), held->id);
  if (role_of_user == nullptr) return rights;
  const auto* list = role_of_user->value("RightReference").get_if<List>();
  if (list == nullptr) return rights;
  for (const Value& item : list->items) {
    if (const auto* reference = item.get_if<Reference>()) rights.push_back(reference->id);
  }
  return rights;
}

}  // namespace registry::kinds
