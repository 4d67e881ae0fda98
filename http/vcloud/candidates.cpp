#include <functional>

#include "http/vcloud/records.h"
#include "http/vcloud/seen.h"
#include "registry/kinds/kinds.h"

namespace http::vcloud {
namespace {

using registry::resource::Kind;
using registry::resource::Resource;
using registry::resource::Resources;
using Visit = std::function<void(const Resource&)>;

void visit_all(const Resources::List& list, const Visit& visit) {
  for (const auto& resource : list) visit(*resource);
}

/// Calls `visit` for every resource of `kind` below `ancestor`. Recurses as deep as kinds are in
/// each other.
void visit_below(const Resource& ancestor, const Kind& kind, const Resources& there,
                 const Visit& visit) {
  if (kind.parent == ancestor.kind->urn_kind) {
    return visit_all(there.children(ancestor.id, kind), visit);
  }
  const Kind* between = registry::kinds::find(kind.parent);
  if (between == nullptr) return;
  visit_below(ancestor, *between, there,
              [&](const Resource& parent) { visit_all(there.children(parent.id, kind), visit); });
}

}  // namespace

std::vector<const Resource*> candidates(const native::Call& call, const QueryType& type,
                                        const Resource* ancestor, const Resources& there) {
  std::vector<const Resource*> found;
  const auto& query = type.query();
  const bool own_only = query.own_organisation && !call.caller->is_system_administrator();
  const Visit visit = [&](const Resource& resource) {
    if (query.admits != nullptr && !query.admits(resource, there)) return;
    if (own_only) {
      const Resource* owner = there.owner_of(resource, "org");
      if (owner == nullptr || owner->id != call.caller->organisation) return;
    }
    found.push_back(&resource);
  };
  if (ancestor != nullptr) {
    visit_below(*ancestor, type.kind(), there, visit);
  } else {
    visit_all(there.all(type.kind()), visit);
  }
  return found;
}

}  // namespace http::vcloud
