#pragma once

#include <vector>

#include "http/native/call.h"
#include "http/vcloud/record.h"
#include "registry/service/snapshot.h"

/// The records of each query type, with the URLs that `call` was made by (spec section 2.5).
namespace http::vcloud {

/// The URL of a service on the user's side (spec section 3.9).
[[nodiscard]] std::string user_service_url(const native::Call& call, const core::Uuid& id);

/// kAdminServiceRecords: every service.
[[nodiscard]] std::vector<Record> admin_service_records(const registry::service::Routes& routes,
                                                        const native::Call& call);
/// kServiceRecords: users see enabled services only, a disabled one is as if it did not exist (spec
/// section 4.1).
[[nodiscard]] std::vector<Record> service_records(const registry::service::Routes& routes,
                                                  const native::Call& call);
/// kApiFilterRecords: the filters of one service, or of all.
[[nodiscard]] std::vector<Record> filter_records(const registry::model::Service& service,
                                                 const native::Call& call);
[[nodiscard]] std::vector<Record> filter_records(const registry::service::Routes& routes,
                                                 const native::Call& call);

}  // namespace http::vcloud
