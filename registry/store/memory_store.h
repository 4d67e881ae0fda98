#pragma once

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
  Contents contents_;
  std::string failure_;
};

}  // namespace registry::store
