#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/shared_map.h"
#include "core/base/uuid.h"
#include "registry/authorization/id_pattern.h"
#include "registry/authorization/table.h"
#include "registry/resource/resource.h"
#include "registry/resource/resources.h"

namespace registry::entity {

/// How many classes of one Nid are asked for a URN.
inline constexpr std::size_t kClassesAskedMax = 1000;

/// A class that knows a URN, and what the group `id` of its UrnPattern matched; empty without such
/// a group.
struct Found {
  const resource::Resource* resource_class;
  std::string id;
};

/// The UrnPatterns of all resource classes, compiled. Immutable: shards read it without a lock. A
/// change makes another table, which shares with this one every pattern that stayed the same.
class Table {
 public:
  Table() = default;
  explicit Table(const resource::Resources& there);

  /// Whether any of `changes` concerns this table; else it need not be `changed`.
  [[nodiscard]] static bool concerned(std::span<const authorization::Change> changes);
  [[nodiscard]] Table changed(std::span<const authorization::Change> changes) const;

  /// The classes of enabled services with that Nid whose UrnPattern matches `nss` as a whole, in
  /// the order of their creation (spec section 3.5). `there` is what this table was made of.
  [[nodiscard]] std::vector<Found> find(std::string_view nid, std::string_view nss,
                                        const resource::Resources& there) const;

 private:
  /// A class with a pattern.
  struct Class {
    core::Uuid id;
    std::uint64_t created = 0;
    std::shared_ptr<const authorization::IdPattern> pattern;
  };
  using Classes = std::vector<Class>;                                          // by `created`
  using ByNid = core::SharedMap<std::string, std::shared_ptr<const Classes>>;  // none is empty
  /// What becomes of classes of one Nid, by `created`: null is one that goes. They are edited all
  /// at once, for that costs as much as one of them: a copy of all classes of the Nid.
  using Edits = std::map<std::uint64_t, const resource::Resource*>;

  [[nodiscard]] static Classes compiled(const Edits& edits);
  [[nodiscard]] static Classes edited(const Classes& before, const Edits& edits);
  void edit(const std::string& nid, const Edits& edits);

  ByNid by_nid_;
};

}  // namespace registry::entity
