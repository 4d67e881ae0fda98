#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "registry/kinds/parts.h"

/// What several kinds of the native inventory say of themselves in records, and whom they belong
/// to.
namespace registry::kinds {

/// The organisation that the resource is or belongs to; null when it belongs to none.
[[nodiscard]] const Resource* organisation_of(const Resource& resource, const Resources& there);
/// The same as the attributes `org` and `orgName` of a record.
[[nodiscard]] Value org_value(const Resource& resource, const Resources& there);
[[nodiscard]] Value org_name_value(const Resource& resource, const Resources& there);

/// The name of what the field, a reference, leads to: as it is now, else as it was given.
[[nodiscard]] Value referenced_name(const Resource& resource, std::string_view field,
                                    const Resources& there);
/// What that is: the kind of a resource of ours, else the type that was given.
[[nodiscard]] Value referenced_type(const Resource& resource, std::string_view field);

/// What members see of a record whose last attribute is for administrators.
template <std::size_t kSize>
[[nodiscard]] constexpr std::span<const Attribute> all_but_last(
    const Attribute (&attributes)[kSize]) {
  return std::span{attributes}.first(kSize - 1);
}

/// The value at a path of objects, "ComputeCapacity/Cpu/Limit"; nothing when it is not set.
[[nodiscard]] Value value_at(const Resource& resource, std::string_view path);

/// Nothing more is made in a virtual datacenter that is disabled: judges `fresh`, which is to be
/// made somewhere in one.
[[nodiscard]] Verdict check_datacenter_enabled(const Resource& fresh, const Resources& there);

/// POWERED_ON and the like for the number that vApps and virtual machines have as their status.
[[nodiscard]] Value power_words(const Resource& resource, const Resources& there);

/// Whether that organisation is System, whose members are the system administrators.
[[nodiscard]] bool is_system(const Resource& organisation);

/// Whether `user` may be named in what happens in the organisation of that id: he is a member of
/// it, or of System (spec section 6.1).
[[nodiscard]] bool may_act_in(const Resource& user, const core::Uuid& organisation,
                              const Resources& there);

}  // namespace registry::kinds
