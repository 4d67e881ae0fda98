#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "core/base/shared_map.h"
#include "registry/resource/resources.h"
#include "registry/store/store.h"

namespace registry::store {

/// A store that forgets when it ends: for tests and the simulator.
class MemoryStore final : public RegistryStore {
 public:
  explicit MemoryStore(std::uint64_t audit_entries_max = kAuditEntriesMax)
      : audit_entries_max_(audit_entries_max) {}

  [[nodiscard]] core::Result<Contents, StoreError> load() override;
  [[nodiscard]] core::Result<void, StoreError> apply(std::span<const Change> changes) override;
  [[nodiscard]] core::Result<AuditPage, StoreError> audit(const AuditQuery& query) override;

  [[nodiscard]] std::size_t transactions() const {
    return transactions_;
  }  ///< Those that were kept.

  /// Makes every later `apply` fail with `reason`; an empty one ends it. For tests.
  void fail_with(std::string reason) { failure_ = std::move(reason); }
  /// The same for the next `apply` alone.
  void fail_once(std::string reason) { failure_once_ = std::move(reason); }

 private:
  class Applier;
  using AuditPlace = std::pair<core::WallTime, std::uint64_t>;  // a time and a sequence
  using AuditPlaces = core::SharedMap<AuditPlace, std::uint64_t>;

  /// What a change touches is copied, the rest shared: one resource more among many costs what that
  /// one costs.
  struct Held {
    resource::Resources resources;
    resource::Resources::List by_created;
    core::SharedMap<std::uint64_t, Deleted> deleted;  // in their order, kDeletedMax at most
    core::SharedMap<core::Uuid, bool> remembered;     // their ids
    std::uint64_t last_deleted = 0;
    core::SharedMap<std::uint64_t, std::shared_ptr<const AuditEntry>> audit;  // by sequence
    core::SharedMap<core::Uuid, AuditPlaces> audit_of;  // each organisation's: the sequences
    std::uint64_t last_audit = 0;
  };

  std::uint64_t audit_entries_max_;
  Held held_;
  std::string failure_;
  std::string failure_once_;
  std::size_t transactions_ = 0;
};

}  // namespace registry::store
