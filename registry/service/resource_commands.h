#pragma once

#include <variant>
#include <vector>

#include "core/base/uuid.h"
#include "registry/resource/resource.h"
#include "registry/resource/rules.h"

/// Commands about resources of any kind (registry/resource). The wall time of the occasion is the
/// lane's; whoever submits says who acts. Whether he may is judged before, by Kind's Access.
namespace registry::service {

/// A new resource under `parent` (nil for a kind without one), and those nested in it. Its id is
/// the outcome's; when an operationKey or Rules::already finds one that is there, that one's.
struct CreateResource {
  resource::Draft draft;
  core::Uuid parent;
  resource::Actor actor;
};

struct ChangeResource {
  const resource::Kind* kind = nullptr;
  core::Uuid id;
  resource::Amendment amendment;
  resource::Actor actor;
};

/// With everything below it.
struct DeleteResource {
  const resource::Kind* kind = nullptr;
  core::Uuid id;
  resource::Actor actor;
};

/// All of them, in their order, or none. The outcome is that of the last one.
struct ChangeSeveral {
  using One = std::variant<CreateResource, ChangeResource, DeleteResource>;
  std::vector<One> commands;
};

}  // namespace registry::service
