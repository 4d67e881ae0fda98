#include "registry/kinds/entity_fields.h"
#include "registry/kinds/inventory_values.h"
#include "registry/kinds/kinds.h"
#include "registry/kinds/parts.h"
#include "registry/kinds/vdc_fields.h"

/// Provider virtual datacenters: where the capacity of organisations' ones comes from. Records
/// only; no hypervisor is behind them.
namespace registry::kinds {
namespace {

constexpr Field kCapacityFields[]{
    kUnits,
    amount("Allocation", "What has been promised to virtual datacenters of organizations."),
    amount("Reserved", "What is kept for them."),
    amount("Total", "What there is."),
    amount("Used", "What is in use."),
};
constexpr Shape kCpu{.name = "Cpu", .space = Space::vcloud, .fields = kCapacityFields};
constexpr Shape kMemory{.name = "Memory", .space = Space::vcloud, .fields = kCapacityFields};
constexpr auto kComputeFields = cpu_and_memory(kCpu, kMemory);
constexpr Shape kCompute{
    .name = "ComputeCapacity", .space = Space::vcloud, .fields = kComputeFields};

constexpr Field kFields[]{
    kEntityName,
    kVdcStatus,
    kEntityDescription,
    kEntityTasks,
    {.name = "ComputeCapacity",
     .type = FieldType::object,
     .space = Space::vcloud,
     .shape = &kCompute,
     .words = "Its processors and memory."},
    {.name = "IsEnabled",
     .type = FieldType::boolean,
     .space = Space::vcloud,
     .words = "Whether it takes new virtual datacenters; true unless it is given."},
};

constexpr LinkSpec kExtensionLinks[]{
    {"edit", "application/vnd.vmware.admin.vmwprovidervdc", "{self}", Access::system_administrator},
    {"alternate", "application/vnd.vmware.admin.providervdc", "{h}/api/admin/providervdc/{id}",
     Access::system_administrator},
};
constexpr LinkSpec kAdminLinks[]{
    {"alternate", "application/vnd.vmware.admin.vmwprovidervdc",
     "{h}/api/admin/extension/providervdc/{id}", Access::system_administrator},
};

constexpr View kViews[]{
    {.name = "VMWProviderVdc",
     .space = Space::vmext,
     .media_type = "application/vnd.vmware.admin.vmwprovidervdc",
     .element = "/api/admin/extension/providervdc/{}",
     .links = kExtensionLinks},
    {.name = "ProviderVdc",
     .space = Space::vcloud,
     .media_type = "application/vnd.vmware.admin.providervdc",
     .element = "/api/admin/providervdc/{}",
     .links = kAdminLinks},
};

constexpr Collection kCollections[]{
    {.path = "/api/admin/extension/providervdcs", .query = "providerVdc"},
};

/// Whether `vdc_of_org` takes its capacity from `provider`.
bool uses(const Resource& vdc_of_org, const Resource& provider) {
  const auto* reference = vdc_of_org.reference("ProviderVdcReference");
  return reference != nullptr && reference->id == provider.id;
}

Value vdc_count(const Resource& provider, const Resources& there) {
  std::int64_t count = 0;
  for (const auto& each : there.all(vdc())) count += uses(*each, provider) ? 1 : 0;
  return count;
}

constexpr Attribute kAttributes[]{
    {"name", "name"},
    {"status", {}, [](const Resource&, const Resources&) { return Value{std::string{"READY"}}; }},
    {"isEnabled", "IsEnabled"},
    {"numberOfVdcs", {}, vdc_count, FieldType::integer},
    {"cpuLimitMhz",
     {},
     [](const Resource& of, const Resources&) { return value_at(of, "ComputeCapacity/Cpu/Total"); },
     FieldType::integer},
    {"cpuAllocationMhz",
     {},
     [](const Resource& of, const Resources&) {
       return value_at(of, "ComputeCapacity/Cpu/Allocation");
     },
     FieldType::integer},
    {"cpuUsedMhz",
     {},
     [](const Resource& of, const Resources&) { return value_at(of, "ComputeCapacity/Cpu/Used"); },
     FieldType::integer},
    {"memoryLimitMB",
     {},
     [](const Resource& of, const Resources&) {
       return value_at(of, "ComputeCapacity/Memory/Total");
     },
     FieldType::integer},
    {"memoryAllocationMB",
     {},
     [](const Resource& of, const Resources&) {
       return value_at(of, "ComputeCapacity/Memory/Allocation");
     },
     FieldType::integer},
    {"memoryUsedMB",
     {},
     [](const Resource& of, const Resources&) {
       return value_at(of, "ComputeCapacity/Memory/Used");
     },
     FieldType::integer},
};

constexpr Query kQueries[]{
    {.name = "providerVdc",
     .record = "VMWProviderVdcRecord",
     .attributes = kAttributes,
     .words = "Provider virtual datacenters."},
};

void complete(Resource& fresh, const Resources&, const Occasion&) {
  fresh.set("status", kStatusReady);
  if (!fresh.value("IsEnabled").is_set()) fresh.set("IsEnabled", true);
}

Verdict check_removal(const Resource& provider, const Resources& there) {
  for (const auto& each : there.all(vdc())) {
    if (!uses(*each, provider)) continue;
    return conflict("", "The virtual datacenter '" + each->text("name") + "' is based on it.");
  }
  return std::nullopt;
}

constexpr Rules kRules{.complete = complete, .check_removal = check_removal};

constexpr Kind kKind{
    .urn_kind = "providervdc",
    .words =
        "A provider virtual datacenter, from which those of organizations take their capacity.",
    .shape = {.name = "VMWProviderVdc", .space = Space::vmext, .fields = kFields},
    .views = kViews,
    .collections = kCollections,
    .change = Access::system_administrator,
    .queries = kQueries,
    .unique_field = "name",
    .uniqueness = Uniqueness::everywhere,
    .unique_ignores_case = true,
    .count_max = 1'000,
    .rules = &kRules,
};

}  // namespace

const Kind& provider_vdc() { return kKind; }

}  // namespace registry::kinds
