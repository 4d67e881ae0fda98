#pragma once

#include <string>
#include <vector>

#include "core/base/uuid.h"
#include "registry/model/model.h"

namespace registry::access {

/// Who is asking: what a session's token stands for.
struct Caller {
  core::Uuid user;
  std::string user_name;
  core::Uuid organisation;
  std::string organisation_name;
  model::Role role = model::Role::user;
  std::vector<core::Uuid> rights;

  [[nodiscard]] bool is_system_administrator() const {
    return role == model::Role::system_administrator;
  }
  bool operator==(const Caller&) const = default;
};

}  // namespace registry::access
