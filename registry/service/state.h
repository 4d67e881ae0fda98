#pragma once

#include <deque>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>

#include "core/base/uuid.h"
#include "registry/resource/resources.h"
#include "registry/store/store.h"

namespace registry::service {

/// The registry as it is now: all resources, and what was deleted. Lives on the lane; shards see
/// snapshots of it.
///
/// Invariant: equal to the store's contents, because every change is applied to both, here second.
class State {
 public:
  explicit State(store::Contents contents);

  [[nodiscard]] const std::shared_ptr<const resource::Resources>& resources() const {
    return resources_;
  }
  /// Whether this resource is gone and had an operationKey (spec section 3.10).
  [[nodiscard]] bool was_deleted(const store::Deleted& deleted) const;

  /// Only what the store has taken: `changes`, after which there are `resources`.
  void apply(std::span<const store::Change> changes, resource::Resources resources);

 private:
  void remember(const store::Deleted& deleted);

  std::shared_ptr<const resource::Resources> resources_;
  std::unordered_map<core::Uuid, std::string> deleted_;  // their kinds
  std::deque<core::Uuid> deleted_order_;                 // at most store::kDeletedMax
};

}  // namespace registry::service
