#pragma once

#include "http/native/router.h"
#include "registry/service/registry.h"

namespace http::cloudapi {

/// GET /cloudapi/1.0.0/auditTrail (spec section 6.2): who changed what and when, the newest first,
/// with the resource as it was and as it became. System administrators see all of it,
/// administrators of an organisation what its members did.
///
/// Parameters: page (1), pageSize (25, at most 128), and to narrow it down user and resource (URN
/// or UUID), since and until (xs:dateTime); sortDesc=timestamp says what is so anyway. Any other,
/// and one that is given twice, is refused: without its filter, the trail would give everything.
/// resultTotal is 10,000 at most; older entries are those `until` the last one seen.
[[nodiscard]] native::Route audit_trail_route(registry::service::Registry& registry);

}  // namespace http::cloudapi
