#include "tools/oriel/serve/floor.h"

namespace oriel::serve {

Floor::Floor(core::Shard& on, registry::service::RegistryService& registry_service, Commons& shared)
    : shard(on),
      commons(shared),
      registry(registry_service, on),
      broker(on, on.clock(), shared.brokers, shared.broker, messages),
      logins(registry, shared.options.dev),
      observer(on.self(), shared.access_log, shared.logger),
      vcloud(registry, shared.native),
      cloud(registry, shared.native),
      native({&vcloud, &cloud}),
      gateway(shared.gateway, registry, native, observer, on.clock()),
      port(broker, gateway.port_client()),
      http(on, gateway, shared.http, shared.http_limits),
      amqp(on, broker, logins, shared.amqp, shared.amqp_limits) {
  shared.brokers.shards.push_back(&broker);
  gateway.attach(port);
}

}  // namespace oriel::serve
