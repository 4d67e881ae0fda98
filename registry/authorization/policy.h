#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/uuid.h"
#include "registry/authorization/id_pattern.h"
#include "registry/resource/resource.h"
#include "registry/resource/resources.h"

namespace registry::authorization {

/// To whom or to what one part of a rule applies (spec section 3.4, AccessType).
struct Scope {
  enum class Reach : std::uint8_t {
    shared,     // all that the other parts leave
    published,  // organisations only: any of them
    entity,     // the one of `id`
  };
  Reach reach = Reach::shared;
  core::Uuid id;          // of the entity
  bool is_right = false;  // principals only: the entity is a right, not a user
};

/// An AclRule: it allows when all three parts apply.
struct Rule {
  Scope resource;
  Scope organisation;
  Scope principal;
};

/// A ResourceClassAction with its rules.
struct Action {
  std::string method;
  IdPattern pattern;
  core::Uuid resource_class;
  /// The kind that the class's MimeType belongs to; null: the class has ServiceResources.
  const resource::Kind* native = nullptr;
  std::vector<Rule> rules;
};

/// All that one service says about who may ask it for what; compiled, immutable.
struct Policy {
  std::vector<Action> actions;
};

/// The policy of `service`; null when it has no AuthorizationEnabled, so that everybody may ask it.
/// Patterns were checked when their actions were registered.
[[nodiscard]] std::shared_ptr<const Policy> compile_policy(const resource::Resource& service,
                                                           const resource::Resources& there);

}  // namespace registry::authorization
