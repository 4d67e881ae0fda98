#include "registry/inventory/inventory_words.h"

#include "registry/kinds/kinds.h"

namespace registry::inventory {
namespace {

constexpr FieldWord kVmFields[]{
    {"name", "name"},
    {"description", "Description"},
    {"status", "status"},
    {"os", "VmSpecSection/OsType"},
    {"cpus", "VmSpecSection/NumCpus"},
    {"memoryMb", "VmSpecSection/MemoryResourceMb/Configured"},
    {"hardware", "VmSpecSection/HardwareVersion"},
};
constexpr ItemWords kVm{kinds::vm, kVmFields, {}, {}};

constexpr FieldWord kVappFields[]{
    {"name", "name"}, {"description", "Description"}, {"status", "status"}};
constexpr ChildrenWord kVappChildren[]{{"vms", &kVm}};
constexpr ItemWords kVapp{kinds::vapp, kVappFields, {}, kVappChildren};

constexpr FieldWord kVdcFields[]{
    {"name", "name"},
    {"description", "Description"},
    {"enabled", "IsEnabled"},
    {"allocationModel", "AllocationModel"},
    {"vmQuota", "VmQuota"},
    {"cpuMhz", "ComputeCapacity/Cpu/Limit"},
    {"memoryMb", "ComputeCapacity/Memory/Limit"},
};
constexpr ReferenceWord kVdcReferences[]{
    {"providerVdc", "ProviderVdcReference", kinds::provider_vdc}};
constexpr ChildrenWord kVdcChildren[]{{"vapps", &kVapp}};
constexpr ItemWords kVdc{kinds::vdc, kVdcFields, kVdcReferences, kVdcChildren};

constexpr FieldWord kUserFields[]{
    {"name", "name"},          {"password", "Password"},       {"fullName", "FullName"},
    {"email", "EmailAddress"}, {"description", "Description"}, {"enabled", "IsEnabled"},
};
constexpr ReferenceWord kUserReferences[]{{"role", "Role", kinds::role}};
constexpr ItemWords kUser{kinds::user, kUserFields, kUserReferences, {}};

constexpr FieldWord kOrganisationFields[]{
    {"name", "name"},
    {"fullName", "FullName"},
    {"description", "Description"},
    {"enabled", "IsEnabled"},
};
constexpr ChildrenWord kOrganisationChildren[]{{"users", &kUser}, {"vdcs", &kVdc}};
constexpr ItemWords kOrganisation{
    kinds::organisation, kOrganisationFields, {}, kOrganisationChildren};

constexpr FieldWord kProviderFields[]{
    {"name", "name"},
    {"description", "Description"},
    {"enabled", "IsEnabled"},
    {"cpuMhz", "ComputeCapacity/Cpu/Total"},
    {"memoryMb", "ComputeCapacity/Memory/Total"},
};
constexpr ItemWords kProvider{kinds::provider_vdc, kProviderFields, {}, {}};

constexpr ChildrenWord kRoot[]{{"providerVdcs", &kProvider}, {"organisations", &kOrganisation}};

}  // namespace

std::span<const ChildrenWord> root_words() { return kRoot; }

}  // namespace registry::inventory
