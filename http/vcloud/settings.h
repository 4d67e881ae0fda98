#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "http/native/router.h"
#include "http/representation/node.h"
#include "http/vcloud/embedded_broker.h"
#include "registry/resource/description.h"
#include "registry/resource/resources.h"
#include "registry/service/registry.h"

/// Settings of the system, each a kind of which there is one resource at most: what an
/// administrator has written. What he has never written is shown as the server was started.
namespace http::vcloud {

/// What has been written of that kind; null: nothing yet.
[[nodiscard]] const registry::resource::Resource* written(
    const registry::resource::Resources& there, const registry::resource::Kind& kind);

/// Writes what the request says over what is kept, and then has `show` answer. Of two that write
/// for the first time at once, the second one changes what the first one has made.
void put_settings(registry::service::Registry& registry, const native::Call& call,
                  const registry::resource::Kind& kind,
                  std::function<void(const native::Call&)> show);

/// The settings of AMQP, as they are and as they stand in those of the system.
[[nodiscard]] representation::Node amqp_node(const registry::resource::Resources& there,
                                             const EmbeddedBroker& broker,
                                             const native::Call& call);
[[nodiscard]] std::vector<native::Route> amqp_settings_routes(registry::service::Registry& registry,
                                                              const EmbeddedBroker& broker);

inline constexpr std::string_view kAmqpPath = "/api/admin/extension/settings/amqp";

}  // namespace http::vcloud
