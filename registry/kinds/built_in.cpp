#include "registry/kinds/built_in.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/base/check.h"
#include "registry/access/rights.h"
#include "registry/kinds/kinds.h"

namespace registry::kinds {
namespace {

using resource::List;
using resource::Reference;
using resource::Resource;
using resource::Value;

Resource empty_of(const Kind& kind, const core::Uuid& id) {
  Resource resource;
  resource.kind = &kind;
  resource.id = id;
  resource.values.fields.resize(kind.shape.fields.size());
  return resource;
}

Resource right_of(const access::BuiltInRight& built_in) {
  Resource resource = empty_of(right(), built_in.id);
  const std::string name{built_in.name};
  resource.set("name", Value{name});
  resource.set("Category", Value{name.substr(0, name.find(':'))});
  return resource;
}

Reference reference_to_right(const core::Uuid& id) {
  for (const access::BuiltInRight& built_in : access::built_in_rights()) {
    if (built_in.id != id) continue;
    Reference reference;
    reference.id = id;
    reference.kind = right().urn_kind;
    reference.name = built_in.name;
    return reference;
  }
  CORE_CHECK(false);
  return {};
}

Resource role_of(const access::BuiltInRole& built_in) {
  Resource resource = empty_of(role(), built_in.id);
  resource.set("name", Value{std::string{built_in.name}});
  List rights;
  for (const core::Uuid& id : access::rights_of(built_in.role)) {
    rights.items.emplace_back(reference_to_right(id));
  }
  resource.set("RightReference", Value{std::move(rights)});
  return resource;
}

}  // namespace

bool is_built_in(const core::Uuid& id) {
  const auto has_id = [&](const auto& built_in) { return built_in.id == id; };
  const auto& rights = access::built_in_rights();
  const auto& roles = access::built_in_roles();
  return std::any_of(rights.begin(), rights.end(), has_id) ||
         std::any_of(roles.begin(), roles.end(), has_id);
}

std::vector<Resource> built_ins() {
  std::vector<Resource> resources;
  for (const auto& built_in : access::built_in_rights()) resources.push_back(right_of(built_in));
  for (const auto& built_in : access::built_in_roles()) resources.push_back(role_of(built_in));
  return resources;
}

model::Role power_of(const core::Uuid& role) {
  for (const access::BuiltInRole& built_in : access::built_in_roles()) {
    if (built_in.id == role) return built_in.role;
  }
  return model::Role::user;
}

Reference reference_to_role(model::Role power) {
  for (const access::BuiltInRole& built_in : access::built_in_roles()) {
    if (built_in.role != power) continue;
    Reference reference;
    reference.id = built_in.id;
    reference.kind = role().urn_kind;
    reference.name = built_in.name;
    return reference;
  }
  CORE_CHECK(false);
  return {};
}

}  // namespace registry::kinds
