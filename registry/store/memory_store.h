#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/shared_map.h"
#include "registry/store/store.h"

namespace registry::store {

/// A store that forgets when it ends: for tests and the simulator.
class MemoryStore final : public RegistryStore {
 public:
  [[nodiscard]] core::Result<Contents, StoreError> load() override;
  [[nodiscard]] core::Result<void, StoreError> apply(std::span<const Change> changes) override;

  /// Makes every later `apply` fail with `reason`; an empty one ends it. For tests.
  void fail_with(std::string reason) { failure_ = std::move(reason); }

 private:
  class Applier;

  /// What a change touches is copied, the rest shared: one service more among many costs what that
  /// one costs.
  struct Held {
    std::vector<model::Organisation> organisations;
    std::vector<model::User> users;
    core::SharedMap<core::Uuid, std::shared_ptr<const model::Service>> services;
    core::SharedMap<std::string, core::Uuid> namespaces;  // a name's service
    core::SharedMap<core::Uuid, core::Uuid> filters;      // a filter's service
    core::SharedMap<std::uint64_t, Deleted> deleted;      // in their order, kDeletedMax at most
    core::SharedMap<core::Uuid, bool> remembered;         // their ids
    std::uint64_t last_deleted = 0;
  };

  Held held_;
  std::string failure_;
};

}  // namespace registry::store
