#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/shared_map.h"
#include "core/base/uuid.h"
#include "registry/resource/resource.h"

namespace registry::resource {

/// All resources as of one revision, with the indexes that rules and queries need. Immutable:
/// `with` and `without` share with this one all but what they touch, so shards read one without a
/// lock while the registry makes the next.
class Resources {
 public:
  using List = core::SharedMap<std::uint64_t, ResourcePtr>;  // by `created`

  Resources() = default;
  /// Over `all`, each with another id and another `created`, in any order.
  explicit Resources(std::vector<ResourcePtr> all);

  /// Look-ups give null when there is none.
  [[nodiscard]] const Resource* find(const core::Uuid& id) const;
  [[nodiscard]] ResourcePtr share(const core::Uuid& id) const;
  /// The same, of that kind only.
  [[nodiscard]] const Resource* find(const Kind& kind, const core::Uuid& id) const;
  [[nodiscard]] const Resource* parent_of(const Resource& resource) const;
  /// The resource itself or its nearest ancestor of that kind; null when it has none.
  [[nodiscard]] const Resource* owner_of(const Resource& resource, std::string_view urn_kind) const;
  /// By Kind::unique_field, under that parent or, for Uniqueness::everywhere, with a nil one.
  [[nodiscard]] const Resource* named(const Kind& kind, const core::Uuid& parent,
                                      std::string_view name) const;
  /// The live resource of that kind and parent with that operationKey (spec section 3.10).
  [[nodiscard]] const Resource* with_operation_key(const Kind& kind, const core::Uuid& parent,
                                                   std::string_view key) const;

  /// In the order of their creation.
  [[nodiscard]] const List& all(const Kind& kind) const;
  [[nodiscard]] const List& children(const core::Uuid& parent, const Kind& kind) const;
  [[nodiscard]] std::vector<ResourcePtr> children(
      const core::Uuid& parent) const;  ///< Of any kind.
  /// All below `id`, each before its parent: the order in which they can be taken away.
  [[nodiscard]] std::vector<ResourcePtr> below(const core::Uuid& id) const;

  /// Those of that kind whose Kind::index_key is `key`, which any number may share; none for an
  /// empty key.
  [[nodiscard]] const List& indexed(const Kind& kind, std::string_view key) const;

  /// How many of that kind, which has a Kind::count_max_of_organisation, the organisation has.
  [[nodiscard]] std::size_t count_of(const core::Uuid& organisation, const Kind& kind) const;
  /// The organisation that is the resource itself or an ancestor of it; null when none is.
  [[nodiscard]] const Resource* organisation_of(const Resource& resource) const;

  [[nodiscard]] std::size_t size() const { return by_id_.size(); }
  [[nodiscard]] std::uint64_t last_created() const { return last_created_; }

  /// With `resource`, in the place of the one of that id when there was one, which has the same
  /// kind, parent and `created`.
  [[nodiscard]] Resources with(ResourcePtr resource) const;
  /// Without the one of that id, which must have no children left.
  [[nodiscard]] Resources without(const core::Uuid& id) const;

  /// Under which text no second resource may be, e.g. "org//acme": kind, parent and unique_field.
  /// Empty when nothing makes this one unique.
  [[nodiscard]] static std::string unique_key(const Resource& resource);

 private:
  using Siblings = std::pair<core::Uuid, std::string_view>;  // a parent, and an urn_kind
  using Keys = core::SharedMap<std::string, core::Uuid>;     // kind, parent and a text

  struct Loading;

  void index(const ResourcePtr& resource);
  void index_texts(const Resource& resource);
  void forget_texts(const Resource& resource);
  void forget_index_key(const Resource& resource);
  [[nodiscard]] std::optional<Siblings> counted_as(const Resource& resource) const;

  core::SharedMap<core::Uuid, ResourcePtr> by_id_;
  core::SharedMap<std::string_view, List> by_kind_;  // by urn_kind, which is static
  core::SharedMap<Siblings, List> by_parent_;
  Keys unique_;
  Keys operation_keys_;
  core::SharedMap<std::string, List> by_index_key_;  // the urn_kind and Kind::index_key
  core::SharedMap<Siblings, std::size_t> counts_;    // by counted_as; none is 0
  std::uint64_t last_created_ = 0;
};

}  // namespace registry::resource
