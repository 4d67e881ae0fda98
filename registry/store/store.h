#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/base/uuid.h"
#include "registry/resource/resource.h"
#include "registry/store/audit.h"

namespace registry::store {

/// A deleted resource that had an operationKey: deleting it again must succeed again (spec section
/// 3.10).
struct Deleted {
  core::Uuid id;
  std::string kind;              // Kind::urn_kind
  core::Uuid organisation = {};  // that it belonged to; nil: to none, or nobody knows any more
  bool operator==(const Deleted&) const = default;
};

/// How many of them are remembered; the oldest are forgotten first.
inline constexpr std::size_t kDeletedMax = 10'000;

/// All that a registry keeps and reads at its start. Sessions are not kept: a restart ends them.
struct Contents {
  std::vector<resource::ResourcePtr> resources;  // by `created`: parents before their children
  std::vector<Deleted> deleted;                  // the oldest first
};

// ---- Changes

/// Adds a resource, or replaces the one of its id, which has the same kind, parent and `created`.
struct PutResource {
  resource::ResourcePtr resource;
};
/// With everything below it.
struct RemoveResource {
  core::Uuid id;
};
struct RememberDeleted {
  Deleted deleted;
};
/// Its sequence is the store's to give. When there are too many, the oldest are dropped; first
/// those of its organisation, when that one is a tenant and has more than its share.
struct AppendAudit {
  AuditEntry entry;
  bool is_by_tenant = false;  // a member of another organisation than System did it
};
using Change = std::variant<PutResource, RemoveResource, RememberDeleted, AppendAudit>;

/// How many entries some changes append.
struct AuditGrowth {
  std::uint64_t all = 0;
  std::map<core::Uuid, std::uint64_t> of_tenants;  // by organisation
};
[[nodiscard]] inline AuditGrowth audit_growth(std::span<const Change> changes) {
  AuditGrowth growth;
  for (const Change& change : changes) {
    const auto* append = std::get_if<AppendAudit>(&change);
    if (append == nullptr) continue;
    ++growth.all;
    if (append->is_by_tenant) ++growth.of_tenants[append->entry.organisation];
  }
  return growth;
}

/// Why the store did not do it: what it was about, and what stood in the way.
struct StoreError {
  std::string act;
  std::string reason;
};

/// Where the registry rests between two starts. Used by one thread at a time, and may block.
///
/// Kept by every store, whoever asks: ids, `created` and Resources::unique_key are unique; a
/// resource's parent exists.
class RegistryStore {
 public:
  virtual ~RegistryStore() = default;
  [[nodiscard]] virtual core::Result<Contents, StoreError> load() = 0;
  /// All of `changes`, in their order, or none. When it returns well, they survive a crash.
  [[nodiscard]] virtual core::Result<void, StoreError> apply(std::span<const Change> changes) = 0;
  /// The entries of the audit that `query` asks for, the newest first.
  [[nodiscard]] virtual core::Result<AuditPage, StoreError> audit(const AuditQuery& query) = 0;
};

}  // namespace registry::store
