#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "core/base/uuid.h"
#include "registry/model/model.h"

namespace registry::access {

/// A right that every installation has. Its identifier never changes: extensions compare the URNs
/// in the security context (spec section 4.4) with ones they know.
struct BuiltInRight {
  core::Uuid id;
  std::string_view name;
  model::Role least;  // the least powerful role that holds it
};

/// What the roles may do, before services add rights of their own:
///
/// right                       | user | organisation administrator | system administrator
/// Organization: View          |  x   |             x              |          x
/// Extension Services: Use     |  x   |             x              |          x
/// Organization: Administer    |      |             x              |          x
/// Extension Services: Manage  |      |                            |          x
/// System: Administer          |      |                            |          x
[[nodiscard]] const std::array<BuiltInRight, 5>& built_in_rights();

/// The identifiers of the rights that `role` holds, in the order of the table.
[[nodiscard]] std::vector<core::Uuid> rights_of(model::Role role);

/// A role that every installation has; its identifier never changes either.
struct BuiltInRole {
  core::Uuid id;
  std::string_view name;
  model::Role role;
};

/// System Administrator, Organization Administrator, vApp User.
[[nodiscard]] const std::array<BuiltInRole, 3>& built_in_roles();

}  // namespace registry::access
