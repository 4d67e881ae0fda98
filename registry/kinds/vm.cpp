#include "registry/kinds/entity_fields.h"
#include "registry/kinds/inventory_values.h"
#include "registry/kinds/kinds.h"
#include "registry/kinds/parts.h"
#include "registry/kinds/vapp_status.h"
#include "registry/kinds/vdc_fields.h"

/// Virtual machines. Records only: nothing runs.
namespace registry::kinds {
namespace {

constexpr std::int64_t kCpusMax = 1024;

constexpr Field kMemoryFields[]{amount("Configured", "In MB.")};
constexpr Shape kMemory{
    .name = "MemoryResourceMb", .space = Space::vcloud, .fields = kMemoryFields};

constexpr Field kSpecFields[]{
    {.name = "OsType", .space = Space::vcloud, .words = "Its guest's operating system."},
    {.name = "NumCpus",
     .type = FieldType::integer,
     .space = Space::vcloud,
     .minimum = 1,
     .maximum = kCpusMax,
     .words = "How many processors it has."},
    {.name = "NumCoresPerSocket",
     .type = FieldType::integer,
     .space = Space::vcloud,
     .minimum = 1,
     .maximum = kCpusMax,
     .words = "How many of them share a socket."},
    {.name = "MemoryResourceMb",
     .type = FieldType::object,
     .space = Space::vcloud,
     .shape = &kMemory,
     .words = "Its memory."},
    {.name = "HardwareVersion",
     .space = Space::vcloud,
     .words = "The virtual hardware, for instance vmx-19."},
};
constexpr Shape kSpec{.name = "VmSpecSection", .space = Space::vcloud, .fields = kSpecFields};

constexpr Field kFields[]{
    kEntityName,
    kPowerStatus,
    kDeployed,
    kEntityDescription,
    kEntityTasks,
    {.name = "VAppParent",
     .type = FieldType::reference,
     .space = Space::vcloud,
     .rules = {.read_only = true},
     .target = "vapp",
     .words = "The vApp that it belongs to."},
    {.name = "VmSpecSection",
     .type = FieldType::object,
     .space = Space::vcloud,
     .shape = &kSpec,
     .words = "Its size."},
    kDateCreated,
};

constexpr LinkSpec kLinks[]{
    {"edit", "application/vnd.vmware.vcloud.vm", "{self}", Access::organisation_administrator},
};

constexpr View kViews[]{
    {.name = "Vm",
     .space = Space::vcloud,
     .media_type = "application/vnd.vmware.vcloud.vm",
     .element = "/api/vApp/vm-{}",
     .read = Access::user,
     .links = kLinks},
};

constexpr Collection kCollections[]{
    {.path = "/api/vApp/vapp-{}/vms", .create = Access::organisation_administrator, .query = "vm"},
};

Value vapp_value(const Resource& of, const Resources& there) { return parent_reference(of, there); }
Value vapp_name(const Resource& of, const Resources& there) {
  return owner_field(of, there, vapp().urn_kind, "name");
}
Value vdc_value(const Resource& of, const Resources& there) {
  return owner_reference(of, there, vdc().urn_kind);
}
Value vdc_name(const Resource& of, const Resources& there) {
  return owner_field(of, there, vdc().urn_kind, "name");
}
Value guest(const Resource& of, const Resources&) { return value_at(of, "VmSpecSection/OsType"); }
Value hardware(const Resource& of, const Resources&) {
  return value_at(of, "VmSpecSection/HardwareVersion");
}
Value cpus(const Resource& of, const Resources&) { return value_at(of, "VmSpecSection/NumCpus"); }
Value memory(const Resource& of, const Resources&) {
  return value_at(of, "VmSpecSection/MemoryResourceMb/Configured");
}
Value no(const Resource&, const Resources&) { return false; }

constexpr Attribute kAttributes[]{
    {"name", "name"},
    {"status", {}, power_words},
    {"isDeployed", "deployed"},
    {"isVAppTemplate", {}, no, FieldType::boolean},
    {"description", "Description"},
    {"dateCreated", "DateCreated"},
    {"container", {}, vapp_value},
    {"containerName", {}, vapp_name},
    {"vdc", {}, vdc_value},
    {"vdcName", {}, vdc_name},
    {"guestOs", {}, guest},
    {"hardwareVersion", {}, hardware},
    {"numberOfCpus", {}, cpus, FieldType::integer},
    {"memoryMB", {}, memory, FieldType::integer},
    {"org", {}, org_value},
};
/// An organisation's members know whose their virtual machines are.
constexpr std::span<const Attribute> kUserAttributes = all_but_last(kAttributes);

constexpr Query kQueries[]{
    {.name = "vm",
     .record = "VMRecord",
     .access = Access::user,
     .attributes = kUserAttributes,
     .own_organisation = true,
     .words = "Virtual machines of the caller's organization."},
    {.name = "adminVM",
     .attributes = kAttributes,
     .words = "Virtual machines of all organizations."},
};

void complete(Resource& fresh, const Resources& there, const Occasion& occasion) {
  complete_powered(fresh, occasion);
  fresh.set("VAppParent", refer_to(there.find(vapp(), fresh.parent)));
}

void amend(Resource& next, const Resource&, const Resources&, const Occasion&) {
  amend_powered(next);
}

/// As many as its virtual datacenter may hold. A quota that was lowered takes nothing away.
Verdict check_quota(const Resource& fresh, const Resources& there) {
  const Resource* datacenter = there.owner_of(fresh, vdc().urn_kind);
  if (datacenter == nullptr) return std::nullopt;
  const std::int64_t quota = datacenter->number("VmQuota");
  if (quota == 0) return std::nullopt;
  std::int64_t count = 0;
  for (const auto& each : there.children(datacenter->id, vapp())) {
    count += static_cast<std::int64_t>(there.children(each->id, vm()).size());
    if (count >= quota) {
      return invalid("", "The virtual datacenter \"" + datacenter->text("name") +
                             "\" holds no more than " + std::to_string(quota) +
                             " virtual machines (VmQuota).");
    }
  }
  return std::nullopt;
}

/// Sockets are whole.
Verdict check_sockets(const Resource& next) {
  const Value processors = value_at(next, "VmSpecSection/NumCpus");
  const Value cores = value_at(next, "VmSpecSection/NumCoresPerSocket");
  const auto* of_all = processors.get_if<std::int64_t>();
  const auto* of_socket = cores.get_if<std::int64_t>();
  if (of_all == nullptr || of_socket == nullptr || *of_all % *of_socket == 0) return std::nullopt;
  return invalid("VmSpecSection/NumCoresPerSocket",
                 "NumCoresPerSocket is " + std::to_string(*of_socket) + ", of which NumCpus, " +
                     std::to_string(*of_all) + ", is no multiple.");
}

Verdict check(const Resource& next, const Resource* before, const Resources& there, const Occasion&,
              std::vector<std::string>&) {
  if (Verdict broken = check_powered(next)) return broken;
  if (before == nullptr) {
    if (Verdict broken = check_datacenter_enabled(next, there)) return broken;
    if (Verdict broken = check_quota(next, there)) return broken;
  } else if (next.value("VmSpecSection") == before->value("VmSpecSection")) {
    return std::nullopt;
  }
  return check_sockets(next);
}

constexpr Rules kRules{.complete = complete, .amend = amend, .check = check};

constexpr Kind kKind{
    .urn_kind = "vm",
    .words = "A virtual machine of a vApp.",
    .shape = {.name = "Vm", .space = Space::vcloud, .fields = kFields},
    .parent = "vapp",
    .views = kViews,
    .collections = kCollections,
    .change = Access::organisation_administrator,
    .remove = Access::organisation_administrator,
    .queries = kQueries,
    .count_max = 50'000,
    .count_max_of_organisation = 10'000,
    .rules = &kRules,
};

}  // namespace

const Kind& vm() { return kKind; }

}  // namespace registry::kinds
