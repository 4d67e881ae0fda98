#pragma once

#include <deque>
#include <memory>
#include <span>
#include <unordered_map>

#include "core/base/uuid.h"
#include "registry/resource/resources.h"
#include "registry/store/store.h"

namespace registry::service {

/// The registry as it is now: all resources, and what was deleted. Lives on the lane; shards see
/// snapshots of it.
///
/// Invariant: equal to the store's contents, but for what was assumed since the last `confirm`.
class State {
 public:
  explicit State(store::Contents contents);

  [[nodiscard]] const std::shared_ptr<const resource::Resources>& resources() const {
    return resources_;
  }
  /// What is remembered of a resource that is gone and had an operationKey (spec section 3.10);
  /// null when there was none.
  [[nodiscard]] const store::Deleted* deleted(const core::Uuid& id) const;

  /// There are `resources` from now on, though the store has not taken them yet.
  void assume(resource::Resources resources);
  /// The store has not taken them: there is what was `before`.
  void take_back(std::shared_ptr<const resource::Resources> before);
  /// The store has taken `changes`, which lead to what is assumed.
  void confirm(std::span<const store::Change> changes);

 private:
  void remember(const store::Deleted& deleted);

  std::shared_ptr<const resource::Resources> resources_;
  std::unordered_map<core::Uuid, store::Deleted> deleted_;
  std::deque<core::Uuid> deleted_order_;  // at most store::kDeletedMax
};

}  // namespace registry::service
