#pragma once

#include <string>

#include "http/native/call.h"
#include "http/representation/node.h"
#include "registry/model/model.h"

namespace http::vcloud {

inline constexpr std::string_view kServicesPath = "/api/admin/extension/service";
inline constexpr std::string_view kServiceKind = "externalService";  // in URNs
inline constexpr std::string_view kApiFilterKind = "apiFilter";

[[nodiscard]] std::string services_url(const native::Call& call);
[[nodiscard]] std::string service_url(const native::Call& call, const core::Uuid& id);
[[nodiscard]] std::string filter_url(const native::Call& call, const core::Uuid& id);

/// A vmext:Service with the links of spec section 2.4; its containers show as links only.
[[nodiscard]] representation::Node describe(const registry::model::Service& service,
                                            const native::Call& call);
/// A vmext:ApiFilter of `service` (spec section 3.1).
[[nodiscard]] representation::Node describe(const registry::model::ApiFilter& filter,
                                            const registry::model::Service& service,
                                            const native::Call& call);

}  // namespace http::vcloud
