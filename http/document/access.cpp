#include "http/document/access.h"

#include "registry/kinds/kinds.h"

namespace http::document {

using registry::resource::Access;
using registry::resource::Resource;
using registry::resource::Resources;

bool may(const native::Call& call, Access access, const Resource& resource,
         const Resources& there) {
  if (access == Access::nobody || call.caller == nullptr) return false;
  if (call.caller->is_system_administrator()) return true;
  if (access == Access::system_administrator) return false;
  if (access == Access::organisation_administrator &&
      call.caller->role != registry::model::Role::organisation_administrator) {
    return false;
  }
  const Resource* owner = there.owner_of(resource, registry::kinds::organisation().urn_kind);
  return owner == nullptr || owner->id == call.caller->organisation;
}

}  // namespace http::document
