#include "registry/kinds/entity_fields.h"
#include "registry/kinds/inventory_values.h"
#include "registry/kinds/kinds.h"
#include "registry/kinds/parts.h"
#include "registry/kinds/vapp_status.h"

/// vApps: virtual machines that belong together. Records only.
namespace registry::kinds {
namespace {

constexpr Field kOwnerFields[]{
    {.name = "User",
     .type = FieldType::reference,
     .space = Space::vcloud,
     .target = "user",
     .words = "Who he is."},
};
constexpr Shape kOwner{.name = "Owner", .space = Space::vcloud, .fields = kOwnerFields};

/// Twice as many as a vApp of vCloud Director can have.
constexpr std::size_t kVmsShownMax = 256;
constexpr Holding kVms{.kind = "vm", .whole = true, .shown_max = kVmsShownMax};

constexpr Field kFields[]{
    kEntityName,
    kPowerStatus,
    kDeployed,
    kEntityDescription,
    kEntityTasks,
    kDateCreated,
    {.name = "Owner",
     .type = FieldType::object,
     .space = Space::vcloud,
     .shape = &kOwner,
     .words = "Whose it is; who made it unless it is given."},
    held("Children", "Vm", kVms, "A virtual machine in it."),
};

constexpr LinkSpec kLinks[]{
    {"edit", "application/vnd.vmware.vcloud.vApp", "{self}", Access::organisation_administrator},
    {"add", "application/vnd.vmware.vcloud.vm", "{self}/vms", Access::organisation_administrator},
    {"down:vms", kRecordsType, "{self}/vms"},
};

constexpr View kViews[]{
    {.name = "VApp",
     .space = Space::vcloud,
     .media_type = "application/vnd.vmware.vcloud.vApp",
     .element = "/api/vApp/vapp-{}",
     .read = Access::user,
     .links = kLinks,
     .up = 1},
};

constexpr Collection kCollections[]{
    {.path = "/api/vdc/{}/vApps", .create = Access::organisation_administrator, .query = "vApp"},
};

/// The User of its Owner; null when it has none.
const Reference* owner_of(const Resource& of) {
  const auto* owner = of.value("Owner").get_if<Object>();
  return owner == nullptr ? nullptr : owner->fields[0].get_if<Reference>();
}

Value owner_value(const Resource& of, const Resources&) {
  const Reference* owner = owner_of(of);
  return owner == nullptr ? Value{} : Value{*owner};
}
Value owner_name(const Resource& of, const Resources& there) {
  const Reference* owner = owner_of(of);
  if (owner == nullptr) return {};
  const Resource* found = there.find(user(), owner->id);
  return found == nullptr ? Value{owner->name} : found->value("name");
}
Value vdc_value(const Resource& of, const Resources& there) { return parent_reference(of, there); }
Value vdc_name(const Resource& of, const Resources& there) {
  return owner_field(of, there, vdc().urn_kind, "name");
}
Value vm_count(const Resource& of, const Resources& there) {
  return static_cast<std::int64_t>(there.children(of.id, vm()).size());
}
/// What its virtual machines have together at that path.
std::int64_t sum(const Resource& of, const Resources& there, std::string_view path) {
  std::int64_t total = 0;
  for (const auto& each : there.children(of.id, vm())) {
    const Value value = value_at(*each, path);
    if (const auto* number = value.get_if<std::int64_t>()) total += *number;
  }
  return total;
}
Value cpu_count(const Resource& of, const Resources& there) {
  return sum(of, there, "VmSpecSection/NumCpus");
}
Value memory(const Resource& of, const Resources& there) {
  return sum(of, there, "VmSpecSection/MemoryResourceMb/Configured");
}

constexpr Attribute kAttributes[]{
    {"name", "name"},
    {"status", {}, power_words},
    {"isDeployed", "deployed"},
    {"description", "Description"},
    {"creationDate", "DateCreated"},
    {"owner", {}, owner_value},
    {"ownerName", {}, owner_name},
    {"vdc", {}, vdc_value},
    {"vdcName", {}, vdc_name},
    {"numberOfVMs", {}, vm_count, FieldType::integer},
    {"numberOfCpus", {}, cpu_count, FieldType::integer},
    {"memoryAllocationMB", {}, memory, FieldType::integer},
    {"org", {}, org_value},
};
/// An organisation's members know whose their vApps are.
constexpr std::span<const Attribute> kUserAttributes = all_but_last(kAttributes);

constexpr Query kQueries[]{
    {.name = "vApp",
     .access = Access::user,
     .attributes = kUserAttributes,
     .own_organisation = true,
     .words = "vApps of the caller's organization."},
    {.name = "adminVApp", .attributes = kAttributes, .words = "vApps of all organizations."},
};

void complete(Resource& fresh, const Resources& there, const Occasion& occasion) {
  complete_powered(fresh, occasion);
  const Resource* maker = there.find(user(), occasion.actor.user);
  if (owner_of(fresh) != nullptr || maker == nullptr) return;
  fresh.set("Owner", Object{{refer_to(maker)}});
}

void amend(Resource& next, const Resource&, const Resources&, const Occasion&) {
  amend_powered(next);
}

/// Whether `owner` may be given to a vApp of that organisation. An operator makes vApps for others
/// in his own name; a tenant, who does not see the users of System, names none of them.
bool may_own(const Resource& owner, const core::Uuid& organisation, const Resources& there,
             const Occasion& occasion) {
  const Resource* home = organisation_of(owner, there);
  if (home == nullptr) return false;
  if (home->id == organisation) return true;
  return is_system(*home) && occasion.actor.is_system_administrator;
}

/// One answer for who may not be it and for who is not there, so that nothing is learnt of others.
Verdict check_owner(const Resource& next, const Resources& there, const Occasion& occasion) {
  const Reference* owner = owner_of(next);
  if (owner == nullptr) return std::nullopt;
  const Resource* found = there.find(user(), owner->id);
  const Resource* virtual_datacenter = there.find(vdc(), next.parent);
  if (found == nullptr || virtual_datacenter == nullptr ||
      !may_own(*found, virtual_datacenter->parent, there, occasion)) {
    return invalid("Owner/User", "User must be a member of the vApp's organization.");
  }
  return std::nullopt;
}

/// Whoever owned it may have left since, or be of System; a document may give him back as it
/// showed him.
bool keeps_owner(const Resource& next, const Resource& before) {
  const Reference* owner = owner_of(next);
  const Reference* had = owner_of(before);
  if (owner == nullptr || had == nullptr) return owner == had;
  return *owner == *had || (!owner->id.is_nil() && owner->id == had->id);
}

Verdict check(const Resource& next, const Resource* before, const Resources& there,
              const Occasion& occasion, std::vector<std::string>&) {
  if (Verdict broken = check_powered(next)) return broken;
  if (before == nullptr) {
    if (Verdict broken = check_datacenter_enabled(next, there)) return broken;
  }
  if (before != nullptr && keeps_owner(next, *before)) return std::nullopt;
  return check_owner(next, there, occasion);
}

constexpr Rules kRules{.complete = complete, .amend = amend, .check = check};

constexpr Kind kKind{
    .urn_kind = "vapp",
    .words = "A vApp: virtual machines that belong together.",
    .shape = {.name = "VApp", .space = Space::vcloud, .fields = kFields},
    .parent = "vdc",
    .views = kViews,
    .collections = kCollections,
    .change = Access::organisation_administrator,
    .remove = Access::organisation_administrator,
    .queries = kQueries,
    .unique_field = "name",
    .uniqueness = Uniqueness::among_siblings,
    .count_max = 20'000,
    .count_max_of_organisation = 5'000,
    .rules = &kRules,
};

}  // namespace

const Kind& vapp() { return kKind; }

}  // namespace registry::kinds
