#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/shared_map.h"
#include "core/base/uuid.h"
#include "registry/authorization/policy.h"
#include "registry/resource/resource.h"
#include "registry/resource/resources.h"

namespace registry::authorization {

/// A ServiceResource as rules see it: itself, and the organisation that owns it.
struct OwnedResource {
  core::Uuid id;
  core::Uuid organisation;
};

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
                                                            std::string_view external_id) const;

 private:
  /// The ServiceResources of one class and ExternalObjectId.
  struct Named {
    core::Uuid resource_class;
    std::string external_id;
    std::vector<OwnedResource> owned;
  };
  /// All whose class and id have one hash: nearly always a single one. Found by numbers that lie
  /// side by side, where texts would be a miss of the cache for each comparison.
  using Bucket = std::shared_ptr<const std::vector<Named>>;
  static std::uint64_t hash_of(const core::Uuid& resource_class, std::string_view external_id);
  static bool is_called(const Named& named, const core::Uuid& resource_class,
                        std::string_view external_id);

  void set_policy(const core::Uuid& service, const resource::Resources& there);
  void add(const resource::Resource& service_resource);
  void remove(const resource::Resource& service_resource);
  [[nodiscard]] std::vector<Named> bucket(std::uint64_t hash) const;

  core::SharedMap<core::Uuid, std::shared_ptr<const Policy>> policies_;
  core::SharedMap<std::uint64_t, Bucket> resources_;  // by hash_of
};

}  // namespace registry::authorization
