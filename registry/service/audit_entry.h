#pragma once

#include "registry/resource/resource.h"
#include "registry/resource/resources.h"
#include "registry/resource/rules.h"
#include "registry/store/audit.h"

namespace registry::service {

/// What the audit says of one change: a resource before and after it, one of which may be null.
/// Secrets and what is hidden are not in it.
[[nodiscard]] store::AuditEntry audit_entry(const resource::Resource* before,
                                            const resource::Resource* after,
                                            const resource::Occasion& occasion);

/// Whether `actor` is a member of another organisation than System; the server itself is not.
[[nodiscard]] bool is_tenant(const resource::Actor& actor, const resource::Resources& there);

}  // namespace registry::service
