#pragma once

#include <cstdint>

#include "registry/kinds/parts.h"

/// What extension services post for an organisation, tasks and events, and what both have: the
/// service's namespace, an Owner that they are about and a User (spec sections 6.1, 6.2).
namespace registry::kinds {

inline constexpr std::int64_t kServiceNamespaceMax = 128;  // characters

/// Refuses the namespaces that are the server's.
[[nodiscard]] Verdict check_service_namespace(const Resource& posted);

/// Refuses a User who is neither a member of the organisation nor a system administrator.
[[nodiscard]] Verdict check_posted_user(const Resource& posted, const Resources& there);

// Values of query attributes.
[[nodiscard]] Value posted_owner(const Resource& posted, const Resources& there);
[[nodiscard]] Value posted_owner_type(const Resource& posted, const Resources& there);
[[nodiscard]] Value posted_owner_name(const Resource& posted, const Resources& there);
[[nodiscard]] Value posted_user_name(const Resource& posted, const Resources& there);

}  // namespace registry::kinds
