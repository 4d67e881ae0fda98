#include "http/document/access.h"

#include "registry/kinds/kinds.h"

namespace http::document {

using registry::resource::Access;
using registry::resource::Resource;
using registry::resource::Resources;

namespace {

bool is_owner(const native::Call& call, const Resource& resource) {
  const auto field = resource.kind->owner_field;
  const auto* owner = field.empty() ? nullptr : resource.reference(field);
  return owner != nullptr && owner->id == call.caller->user;
}

/// Whether the caller's role is enough, for a resource of his organisation.
bool is_enough(const native::Call& call, Access access, const Resource& resource) {
  if (access == Access::user) return true;
  if (access == Access::owner && is_owner(call, resource)) return true;
  return call.caller->role == registry::model::Role::organisation_administrator;
}

}  // namespace

bool may(const native::Call& call, Access access, const Resource& resource,
         const Resources& there) {
  if (access == Access::nobody || call.caller == nullptr) return false;
  if (call.caller->is_system_administrator()) return true;
  if (access == Access::system_administrator) return false;
  if (!is_enough(call, access, resource)) return false;
  const Resource* owner = there.owner_of(resource, registry::kinds::organisation().urn_kind);
  return owner == nullptr || owner->id == call.caller->organisation;
}

}  // namespace http::document
