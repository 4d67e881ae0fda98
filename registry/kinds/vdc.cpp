#include "registry/kinds/entity_fields.h"
#include "registry/kinds/inventory_values.h"
#include "registry/kinds/kinds.h"
#include "registry/kinds/parts.h"
#include "registry/kinds/vdc_fields.h"

/// Virtual datacenters of organisations: where their vApps are. Records only.
namespace registry::kinds {
namespace {

constexpr std::int64_t kVmQuotaMax = 1'000'000;

constexpr std::string_view kAllocationModels[]{"AllocationVApp", "AllocationPool",
                                               "ReservationPool", "Flex"};

constexpr Field kCapacityFields[]{
    kUnits,
    amount("Allocated", "What it may count on."),
    amount("Limit", "What it never goes beyond; 0: no limit."),
    amount("Reserved", "What is kept for it."),
    amount("Used", "What is in use."),
};
constexpr Shape kCpu{.name = "Cpu", .space = Space::vcloud, .fields = kCapacityFields};
constexpr Shape kMemory{.name = "Memory", .space = Space::vcloud, .fields = kCapacityFields};
constexpr auto kComputeFields = cpu_and_memory(kCpu, kMemory);
constexpr Shape kCompute{
    .name = "ComputeCapacity", .space = Space::vcloud, .fields = kComputeFields};

constexpr Holding kVApps{.kind = "vapp"};

constexpr Field kFields[]{
    kEntityName,
    kVdcStatus,
    kEntityDescription,
    kEntityTasks,
    {.name = "AllocationModel",
     .space = Space::vcloud,
     .rules = {.create_only = true},
     .one_of = kAllocationModels,
     .words = "How capacity is given to it; Flex unless it is given."},
    {.name = "ComputeCapacity",
     .type = FieldType::object,
     .space = Space::vcloud,
     .shape = &kCompute,
     .words = "Its processors and memory."},
    held("ResourceEntities", "ResourceEntity", kVApps, "A vApp in it."),
    {.name = "VmQuota",
     .type = FieldType::integer,
     .space = Space::vcloud,
     .maximum = kVmQuotaMax,
     .words = "How many virtual machines it may hold; 0: any number."},
    {.name = "IsEnabled",
     .type = FieldType::boolean,
     .space = Space::vcloud,
     .words = "Whether vApps and virtual machines can be made in it; true unless it is given."},
    {.name = "ProviderVdcReference",
     .type = FieldType::reference,
     .space = Space::vcloud,
     .target = "providervdc",
     .words = "Where its capacity comes from."},
};

constexpr std::string_view kUserFields[]{"name",           "status",          "Description",
                                         "Tasks",          "AllocationModel", "ComputeCapacity",
                                         "ResourceEntity", "VmQuota",         "IsEnabled"};

constexpr LinkSpec kAdminLinks[]{
    {"edit", "application/vnd.vmware.admin.vdc", "{self}", Access::system_administrator},
    {"alternate", "application/vnd.vmware.vcloud.vdc", "{h}/api/vdc/{id}"},
};
constexpr LinkSpec kUserLinks[]{
    {"alternate", "application/vnd.vmware.admin.vdc", "{h}/api/admin/vdc/{id}",
     Access::organisation_administrator},
    {"add", "application/vnd.vmware.vcloud.vApp", "{h}/api/vdc/{id}/vApps",
     Access::organisation_administrator},
    {"down:vApps", kRecordsType, "{h}/api/vdc/{id}/vApps"},
};

constexpr View kViews[]{
    {.name = "AdminVdc",
     .space = Space::vcloud,
     .media_type = "application/vnd.vmware.admin.vdc",
     .element = "/api/admin/vdc/{}",
     .read = Access::organisation_administrator,
     .links = kAdminLinks},
    {.name = "Vdc",
     .space = Space::vcloud,
     .media_type = "application/vnd.vmware.vcloud.vdc",
     .element = "/api/vdc/{}",
     .read = Access::user,
     .fields = kUserFields,
     .links = kUserLinks,
     .up = 1},
};

constexpr Collection kCollections[]{
    {.path = "/api/admin/org/{}/vdcs", .query = "adminOrgVdc"},
};

Value provider_value(const Resource& of, const Resources&) {
  return of.value("ProviderVdcReference");
}
Value provider_name(const Resource& of, const Resources& there) {
  return referenced_name(of, "ProviderVdcReference", there);
}
Value vapp_count(const Resource& of, const Resources& there) {
  return static_cast<std::int64_t>(there.children(of.id, vapp()).size());
}
Value cpu_allocated(const Resource& of, const Resources&) {
  return value_at(of, "ComputeCapacity/Cpu/Allocated");
}
Value cpu_limit(const Resource& of, const Resources&) {
  return value_at(of, "ComputeCapacity/Cpu/Limit");
}
Value cpu_used(const Resource& of, const Resources&) {
  return value_at(of, "ComputeCapacity/Cpu/Used");
}
Value memory_allocated(const Resource& of, const Resources&) {
  return value_at(of, "ComputeCapacity/Memory/Allocated");
}
Value memory_limit(const Resource& of, const Resources&) {
  return value_at(of, "ComputeCapacity/Memory/Limit");
}
Value memory_used(const Resource& of, const Resources&) {
  return value_at(of, "ComputeCapacity/Memory/Used");
}
Value status_words(const Resource&, const Resources&) { return std::string{"READY"}; }

constexpr Attribute kAttributes[]{
    {"name", "name"},
    {"org", {}, org_value},
    {"orgName", {}, org_name_value},
    {"status", {}, status_words},
    {"isEnabled", "IsEnabled"},
    {"description", "Description"},
    {"numberOfVApps", {}, vapp_count, FieldType::integer},
    {"cpuAllocationMhz", {}, cpu_allocated, FieldType::integer},
    {"cpuLimitMhz", {}, cpu_limit, FieldType::integer},
    {"cpuUsedMhz", {}, cpu_used, FieldType::integer},
    {"memoryAllocationMB", {}, memory_allocated, FieldType::integer},
    {"memoryLimitMB", {}, memory_limit, FieldType::integer},
    {"memoryUsedMB", {}, memory_used, FieldType::integer},
    {"providerVdcName", {}, provider_name},
    {"providerVdc", {}, provider_value},
};

/// What an organisation's members see: all but the reference to the provider.
constexpr std::span<const Attribute> kUserAttributes = all_but_last(kAttributes);

constexpr Query kQueries[]{
    {.name = "orgVdc",
     .access = Access::user,
     .attributes = kUserAttributes,
     .view = 1,
     .own_organisation = true,
     .words = "Virtual datacenters of the caller's organization."},
    {.name = "adminOrgVdc",
     .record = "AdminVdcRecord",
     .attributes = kAttributes,
     .words = "Virtual datacenters of all organizations."},
};

/// An inventory names a provider's that is made in the same transaction, and has no id before.
void find_provider(Resource& fresh, const Resources& there) {
  const Reference* given = fresh.reference("ProviderVdcReference");
  if (given == nullptr || !given->id.is_nil() || given->kind != provider_vdc().urn_kind) return;
  fresh.set("ProviderVdcReference", refer_to(there.named(provider_vdc(), {}, given->name)));
}

void complete(Resource& fresh, const Resources& there, const Occasion&) {
  find_provider(fresh, there);
  fresh.set("status", kStatusReady);
  if (!fresh.value("IsEnabled").is_set()) fresh.set("IsEnabled", true);
  if (fresh.text("AllocationModel").empty()) fresh.set("AllocationModel", std::string{"Flex"});
}

/// A provider's that is disabled keeps the virtual datacenters that it has, and takes no more.
Verdict check_provider(const Resource& next, const Resource* before, const Resources& there) {
  constexpr std::string_view kField = "ProviderVdcReference";
  const Reference* reference = next.reference(kField);
  if (auto broken = check_reference(reference, there, kField, {provider_vdc().urn_kind})) {
    return broken;
  }
  const Reference* had = before == nullptr ? nullptr : before->reference(kField);
  if (reference == nullptr || (had != nullptr && had->id == reference->id)) return std::nullopt;
  const Resource& provider = *there.find(reference->id);
  if (provider.flag("IsEnabled")) return std::nullopt;
  return invalid(kField, "ProviderVdcReference leads to \"" + provider.text("name") +
                             "\", which is disabled.");
}

Verdict check(const Resource& next, const Resource* before, const Resources& there, const Occasion&,
              std::vector<std::string>&) {
  return check_provider(next, before, there);
}

Verdict check_removal(const Resource& vdc_of_org, const Resources& there) {
  if (!vdc_of_org.flag("IsEnabled") || there.children(vdc_of_org.id, vapp()).empty()) {
    return std::nullopt;
  }
  return invalid("", "The virtual datacenter has vApps: disable it first.");
}

constexpr Rules kRules{.complete = complete, .check = check, .check_removal = check_removal};

constexpr Kind kKind{
    .urn_kind = "vdc",
    .words = "A virtual datacenter of an organization.",
    .shape = {.name = "AdminVdc", .space = Space::vcloud, .fields = kFields},
    .parent = "org",
    .views = kViews,
    .collections = kCollections,
    .change = Access::system_administrator,
    .remove = Access::system_administrator,
    .queries = kQueries,
    .unique_field = "name",
    .uniqueness = Uniqueness::among_siblings,
    .unique_ignores_case = true,
    .count_max = 10'000,
    .count_max_of_organisation = 1'000,
    .rules = &kRules,
};

}  // namespace

const Kind& vdc() { return kKind; }

}  // namespace registry::kinds
