#pragma once

#include <vector>

#include "http/native/router.h"
#include "registry/service/registry.h"

namespace http::cloudapi {

/// /cloudapi/1.0.0/sessions: logging in, the caller's session, and the sessions that he sees (spec
/// section 1.3). Everybody sees his own; administrators those of their organisation, system
/// administrators all of them. Who sees a session may end it.
[[nodiscard]] std::vector<native::Route> session_routes(registry::service::Registry& registry);

}  // namespace http::cloudapi
