#include "registry/access/rights.h"

#include "core/base/check.h"

namespace registry::access {
namespace {

core::Uuid id_of(std::string_view text) {
  const auto id = core::Uuid::parse(text);
  CORE_CHECK(id.has_value());
  return *id;
}

}  // namespace

const std::array<BuiltInRight, 5>& built_in_rights() {
  static const std::array<BuiltInRight, 5> rights{{
      {id_of("33bbbf32-d169-4867-9a7e-125c6c51509e"), "Organization: View", model::Role::user},
      {id_of("989e9e2e-e9fd-4530-b1f6-a467c492c77c"), "Extension Services: Use", model::Role::user},
      {id_of("6e331d99-4fb4-42d3-8d74-96935dec8b13"), "Organization: Administer",
       model::Role::organisation_administrator},
      {id_of("cba076ad-6a87-4e0f-a4ed-a38ebd7a6de2"), "Extension Services: Manage",
       model::Role::system_administrator},
      {id_of("ca5c1995-936d-444e-a09f-7a1112316be1"), "System: Administer",
       model::Role::system_administrator},
  }};
  return rights;
}

const std::array<BuiltInRole, 3>& built_in_roles() {
  static const std::array<BuiltInRole, 3> roles{{
      {id_of("76f3ba1b-34f5-4e07-ae95-b23f4e439840"), "System Administrator",
       model::Role::system_administrator},
      {id_of("88610abe-ba6a-4fc2-bdaa-d802a4ca84a1"), "Organization Administrator",
       model::Role::organisation_administrator},
      {id_of("bd484f31-3436-4291-aaa7-dc08311a53a2"), "vApp User", model::Role::user},
  }};
  return roles;
}

std::vector<core::Uuid> rights_of(model::Role role) {
  std::vector<core::Uuid> held;
  for (const BuiltInRight& right : built_in_rights()) {
    if (role <= right.least) held.push_back(right.id);  // Role starts with the most powerful
  }
  return held;
}

}  // namespace registry::access
