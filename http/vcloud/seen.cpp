#include "http/vcloud/seen.h"

#include <algorithm>

#include "core/base/check.h"
#include "http/document/access.h"

namespace http::vcloud {

using registry::access::Caller;
using registry::model::Role;
using registry::resource::Access;
using registry::resource::Kind;
using registry::resource::Resource;
using registry::resource::Resources;
using registry::resource::View;

native::Access route_access(Access access) {
  switch (access) {
    case Access::user:
    case Access::owner:  // the resource says which user
      return native::Access::user;
    case Access::organisation_administrator:
      return native::Access::organisation_administrator;
    case Access::system_administrator:
      return native::Access::system_administrator;
    case Access::nobody:
      break;
  }
  CORE_CHECK(access != Access::nobody);
  return native::Access::system_administrator;
}

bool may(const Caller& caller, Access access) {
  switch (access) {
    case Access::nobody:
      return false;
    case Access::user:
      return true;
    case Access::owner:  // nobody in particular is meant
    case Access::organisation_administrator:
      return caller.is_system_administrator() || caller.role == Role::organisation_administrator;
    case Access::system_administrator:
      break;
  }
  return caller.is_system_administrator();
}

bool is_in_sight(const native::Call& call, const Resource& resource, const Resources& there) {
  return document::may(call, Access::user, resource, there);
}

bool is_shown(const native::Call& call, const Resource& resource, const View& view,
              const Resources& there) {
  return !view.element.empty() && document::may(call, view.read, resource, there) &&
         (view.visible == nullptr || view.visible(resource, there));
}

const Resource* find_in_sight(const native::Call& call, const Kind& kind, const Resources& there,
                              std::size_t index) {
  const auto id = call.id(kind.urn_kind, index);
  const Resource* resource = id ? there.find(kind, *id) : nullptr;
  return resource != nullptr && is_in_sight(call, *resource, there) ? resource : nullptr;
}

registry::resource::Actor actor_of(const Caller& caller) {
  return {caller.user, caller.organisation, caller.user_name, caller.is_system_administrator()};
}

const View* view_for(const Kind& kind, Access access) {
  const auto found = std::find_if(kind.views.begin(), kind.views.end(), [&](const View& view) {
    return !view.element.empty() && view.read <= access;
  });
  return found == kind.views.end() ? nullptr : &*found;
}

std::string filled(std::string_view path, const core::Uuid& id) {
  std::string text{path};
  const std::size_t place = text.find("{}");
  if (place != std::string::npos) text.replace(place, 2, id.to_string());
  return text;
}

}  // namespace http::vcloud
