#include "registry/kinds/posted.h"

#include "registry/kinds/inventory_values.h"
#include "registry/kinds/kinds.h"

namespace registry::kinds {
namespace {

constexpr std::string_view kReservedNamespace = "com.vmware.vcloud";

}  // namespace

Verdict check_service_namespace(const Resource& posted) {
  if (!posted.text("serviceNamespace").starts_with(kReservedNamespace)) return std::nullopt;
  return invalid("serviceNamespace", "serviceNamespace must not begin with com.vmware.vcloud.");
}

Verdict check_posted_user(const Resource& posted, const Resources& there) {
  const Reference* reference = posted.reference("User");
  if (reference == nullptr) return std::nullopt;
  if (auto broken = check_reference(reference, there, "User", {user().urn_kind})) return broken;
  if (may_act_in(*there.find(reference->id), posted.parent, there)) return std::nullopt;
  return invalid("User", "User must be a member of the organization or a system administrator.");
}

Value posted_owner(const Resource& posted, const Resources&) { return posted.value("Owner"); }

Value posted_owner_type(const Resource& posted, const Resources&) {
  return referenced_type(posted, "Owner");
}

Value posted_owner_name(const Resource& posted, const Resources& there) {
  return referenced_name(posted, "Owner", there);
}

Value posted_user_name(const Resource& posted, const Resources& there) {
  return referenced_name(posted, "User", there);
}

}  // namespace registry::kinds
