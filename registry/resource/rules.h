#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/uuid.h"
#include "core/time/instant.h"
#include "registry/resource/resource.h"
#include "registry/resource/resources.h"

namespace registry::resource {

/// A rule that was broken, said to the person who sent the document. `path` leads to the field from
/// the resource's root, e.g. "UrlPattern"; empty: the resource as a whole.
struct BrokenRule {
  enum class Kind : std::uint8_t { invalid, duplicate, forbidden, conflict };
  std::string path;
  std::string text;
  Kind kind = Kind::invalid;
};

/// Who does it, and when. For the server's own acts `user` is nil.
struct Actor {
  core::Uuid user;
  core::Uuid organisation;
  std::string user_name;
  bool is_system_administrator = false;
};
struct Occasion {
  Actor actor;
  core::WallTime time;
};

/// What comes to be because of another resource's change, in the same transaction (the event of a
/// task, spec section 6.1). Judged and completed like any draft.
struct Consequence {
  Draft draft;
  core::Uuid parent;
};

/// What a kind demands beyond its description. Every member may be null. Called on the registry's
/// lane, with `there` as it is before the change; parents of nested drafts are in it already.
struct Rules {
  /// Sets what the server gives to a new resource (a status, a start time, a longer name). Before
  /// `check`.
  void (*complete)(Resource& fresh, const Resources& there, const Occasion& occasion) = nullptr;
  /// What else changes by itself in a PUT (an end time). Before `check`.
  void (*amend)(Resource& next, const Resource& before, const Resources& there,
                const Occasion& occasion) = nullptr;
  /// Judges a resource that is to be made (`before` null) or changed. What its sender should know
  /// although it is allowed goes to `warnings`.
  std::optional<BrokenRule> (*check)(const Resource& next, const Resource* before,
                                     const Resources& there, const Occasion& occasion,
                                     std::vector<std::string>& warnings) = nullptr;
  /// Whether it may be deleted now.
  std::optional<BrokenRule> (*check_removal)(const Resource& resource,
                                             const Resources& there) = nullptr;
  /// A live resource that a POST of this draft stands for, so that nothing is made (a right that
  /// exists already); null: none.
  const Resource* (*already)(const Resource& fresh, const Resources& there) = nullptr;
  /// Drafts to be made after it (`before` null) or its change was found good. The lane makes them
  /// with the same occasion; what they bring about themselves is not asked for.
  std::vector<Consequence> (*consequences)(const Resource& next, const Resource* before,
                                           const Resources& there,
                                           const Occasion& occasion) = nullptr;
  /// Whether it may go to make room (Kind::oldest_makes_room): the oldest one that may, goes. Null:
  /// any may. When none may, the new one is refused.
  bool (*may_make_room)(const Resource& resource) = nullptr;
};

}  // namespace registry::resource
