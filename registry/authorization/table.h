#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "core/base/shared_map.h"
#include "core/base/uuid.h"
#include "registry/authorization/policy.h"
#include "registry/authorization/resource_index.h"
#include "registry/resource/resource.h"
#include "registry/resource/resources.h"

namespace registry::authorization {

/// A resource before and after a change; null: it was not, or is no more.
struct Change {
  resource::ResourcePtr before;
  resource::ResourcePtr after;
};

/// What every service says about who may ask it, compiled from the resources. Immutable: shards
/// read it without a lock. A change makes another table, which shares with this one all but the
/// policy of the service concerned.
class Table {
 public:
  Table() = default;
  explicit Table(const resource::Resources& there);

  /// The table after `changes`, which lead from `before` to `there`.
  [[nodiscard]] Table changed(const resource::Resources& before, const resource::Resources& there,
                              std::span<const Change> changes) const;

  /// The policy of a service; null: it asks for no authorization.
  [[nodiscard]] const Policy* policy_of(const core::Uuid& service) const;
  /// The ServiceResources of a class that have this ExternalObjectId; none is an empty span.
  [[nodiscard]] std::span<const OwnedResource> resources_of(const core::Uuid& resource_class,
                                                            std::string_view external_id) const {
    return resources_.find(resource_class, external_id);
  }

 private:
  void set_policy(const core::Uuid& service, const resource::Resources& there);

  core::SharedMap<core::Uuid, std::shared_ptr<const Policy>> policies_;
  ResourceIndex resources_;
};

}  // namespace registry::authorization
