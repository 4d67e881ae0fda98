#pragma once

#include <vector>

#include "core/base/uuid.h"
#include "registry/model/model.h"
#include "registry/resource/resource.h"
#include "registry/resource/resources.h"

/// Rights and roles that every installation has (registry/access/rights.h). They are resources like
/// those that people make, and are told from them by their identifiers alone, which never change.
/// Nobody may change or delete them.
namespace registry::kinds {

[[nodiscard]] bool is_built_in(const core::Uuid& id);

/// All of them, rights before the roles that hold them; what a registry lacks of these at its start
/// is to be put into it. `created` is left 0.
[[nodiscard]] std::vector<resource::Resource> built_ins();

/// What somebody whose Role field names this may do in the API: a built-in role says it; every
/// other role is that of a user, whatever rights it holds.
[[nodiscard]] model::Role power_of(const core::Uuid& role);
/// A Reference to the built-in role of that power, as a user's field Role holds it.
[[nodiscard]] resource::Reference reference_to_role(model::Role power);

}  // namespace registry::kinds
