#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/uuid.h"
#include "registry/resource/resource.h"
#include "registry/resource/resources.h"

/// Rights besides their description (spec section 3.7).
namespace registry::kinds {

/// The name of a right that a service brings: "{namespace}:name", with these braces. A name that
/// begins so already stays as it is.
[[nodiscard]] std::string right_name(std::string_view service_namespace, std::string_view name);

/// Whether a role or an ACL rule names the right.
[[nodiscard]] bool is_in_use(const resource::Resource& right, const resource::Resources& there);

/// The rights that the role of `user` holds.
[[nodiscard]] std::vector<core::Uuid> rights_of(const resource::Resource& user,
                                                const resource::Resources& there);

/// The rights that clearUnusedRights removes: those of services that are no more, unless they are
/// in use.
[[nodiscard]] std::vector<core::Uuid> unused_rights(const resource::Resources& there);

}  // namespace registry::kinds
