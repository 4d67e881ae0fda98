#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/base/uuid.h"
#include "registry/model/model.h"

namespace registry::store {

enum class ResourceKind : std::uint8_t { service = 1, api_filter = 2 };

/// A deleted resource that had an operationKey: deleting it again must succeed again (spec section
/// 3.10).
struct Deleted {
  core::Uuid id;
  ResourceKind kind = ResourceKind::service;
  bool operator==(const Deleted&) const = default;
};

/// How many of them are remembered; the oldest are forgotten first.
inline constexpr std::size_t kDeletedMax = 10'000;

/// All that a registry keeps. Sessions are not kept: a restart ends them.
struct Contents {
  std::vector<model::Organisation> organisations;  // in the order they were added
  std::vector<model::User> users;                  // likewise
  std::vector<model::Service> services;            // by `created`, each with its filters in order
  std::vector<Deleted> deleted;                    // the oldest first
};

// ---- Changes. Put adds, or replaces what has the same id. ---------------------------------------

struct PutOrganisation {
  model::Organisation organisation;
};
struct PutUser {
  model::User user;
};
/// With all its filters: the ones it had before and has no more are gone.
struct PutService {
  std::shared_ptr<const model::Service> service;
};
/// With its filters.
struct RemoveService {
  core::Uuid id;
};
struct RememberDeleted {
  Deleted deleted;
};
using Change = std::variant<PutOrganisation, PutUser, PutService, RemoveService, RememberDeleted>;

/// Why the store did not do it: what it was about, and what stood in the way.
struct StoreError {
  std::string act;
  std::string reason;
};

/// Where the registry rests between two starts. Used by one thread at a time, and may block.
///
/// Kept by every store, whoever asks: organisation names (without regard to case), user names
/// within an organisation, namespaces and all ids are unique; a user's organisation exists.
class RegistryStore {
 public:
  virtual ~RegistryStore() = default;
  [[nodiscard]] virtual core::Result<Contents, StoreError> load() = 0;
  /// All of `changes`, in their order, or none. When it returns well, they survive a crash.
  [[nodiscard]] virtual core::Result<void, StoreError> apply(std::span<const Change> changes) = 0;
};

}  // namespace registry::store
