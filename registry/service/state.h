#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/base/uuid.h"
#include "registry/model/model.h"
#include "registry/service/snapshot.h"
#include "registry/store/store.h"

namespace registry::service {

using ServicePtr = std::shared_ptr<const model::Service>;

/// The registry as it is now: what the store holds, indexed for the rules that need more than one
/// value. Lives on the lane; shards see snapshots of it.
///
/// Invariant: equal to the store's contents, because every change is applied to both, here second.
class State {
 public:
  explicit State(store::Contents contents);

  // Look-ups give null when there is none.
  [[nodiscard]] ServicePtr service(const core::Uuid& id) const;
  [[nodiscard]] ServicePtr service_in_namespace(const std::string& name) const;
  [[nodiscard]] ServicePtr service_with_key(const std::string& operation_key) const;
  [[nodiscard]] ServicePtr service_of_filter(const core::Uuid& filter) const;
  /// Whether this resource is gone and had an operationKey (spec section 3.10).
  [[nodiscard]] bool was_deleted(const store::Deleted& deleted) const;

  [[nodiscard]] std::size_t service_count() const { return services_.size(); }
  [[nodiscard]] std::size_t filter_count() const { return filters_.size(); }
  /// Greater than `created` of every service there ever was since the start.
  [[nodiscard]] std::uint64_t next_created() const { return last_created_ + 1; }
  [[nodiscard]] std::vector<ServicePtr> services() const;  ///< In no order.
  [[nodiscard]] const std::shared_ptr<const Directory>& directory() const { return directory_; }

  /// Only what the store has taken.
  void apply(std::span<const store::Change> changes);

 private:
  void apply_one(const store::PutOrganisation& change);
  void apply_one(const store::PutUser& change);
  void apply_one(const store::PutService& change);
  void apply_one(const store::RemoveService& change);
  void apply_one(const store::RememberDeleted& change);
  void forget(const core::Uuid& id);

  std::unordered_map<core::Uuid, ServicePtr> services_;
  std::unordered_map<std::string, core::Uuid> namespaces_;
  std::unordered_map<std::string, core::Uuid> keys_;    // operationKey of services that have one
  std::unordered_map<core::Uuid, core::Uuid> filters_;  // a filter's service
  std::unordered_map<core::Uuid, store::ResourceKind> deleted_;
  std::deque<core::Uuid> deleted_order_;  // at most store::kDeletedMax
  std::uint64_t last_created_ = 0;
  std::shared_ptr<const Directory> directory_;
};

}  // namespace registry::service
