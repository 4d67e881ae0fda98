#include "tools/oriel/serve/floor.h"

#include <memory>
#include <string>
#include <utility>

#include "amqp/wire/error.h"

namespace oriel::serve {

Floor::Floor(core::Shard& on, registry::service::RegistryService& registry_service, Commons& shared,
             PasswordLane passwords, ReadingLane reading, LogParts log)
    : shard(on),
      commons(shared),
      registry(registry_service, on),
      messages(on, std::move(log)),
      keeper(shared.access,
             [this](std::string_view user) {
               return is_system_administrator(*registry.snapshot(), user);
             }),
      broker(on, on.clock(), shared.brokers, shared.broker, messages.log()),
      broker_deadlines(on, broker),
      logins(registry, keeper, passwords, on.self(), shared.options.dev),
      trial(logins, keeper, broker),
      observer(on.self(), shared.access_log, shared.logger),
      vcloud(registry, shared.native,
             {shared.embedded,
              [this](auto login, auto done) { trial.judge(std::move(login), std::move(done)); }},
             std::make_shared<ShardUploads>(shared.uploads, reading, on.self())),
      cloud(registry, shared.native),
      native({&vcloud, &cloud}),
      gateway(shared.gateway, registry, native, observer, on.clock()),
      port(broker, gateway.port_client()),
      http(on, gateway, shared.http, shared.http_limits),
      amqp(on, broker, logins, shared.amqp, shared.amqp_house, shared.amqp_limits) {
  shared.brokers.shards.push_back(&broker);
  shared.brokers.keepers.push_back(&keeper);
  books_ = {keeper.snapshot(), registry.snapshot()->directory};
  keeper.on_installed([this] { expel(); });
  registry.on_installed([this] { registry_changed(); });
  gateway.attach(port);
  if (shard.self() == core::kControlShard) {
    chores.emplace(shard, registry, shared.options.inventory, shared.logger);
  }
}

/// Most snapshots of the registry are of logins and services, and concern nobody here.
void Floor::registry_changed() {
  if (registry.snapshot()->directory == books_.registry) return;
  keeper.masters_changed();
  expel();
}

/// Connections that what changed does not let in any more are told so, a deleted user's in
/// RabbitMQ's words. In the same turn: nobody is served by the new books who came in by the old.
void Floor::expel() {
  const LoginBooks now{keeper.snapshot(), registry.snapshot()->directory};
  const LoginBooks before = std::exchange(books_, now);
  if (same_logins(before, now)) return;
  amqp.each([&](amqp::net::AmqpConnection& connection) {
    const std::string user = connection.session().info().user;
    const auto why = user.empty() ? std::nullopt : why_expelled(before, now, user);
    if (!why) return;
    connection.session().close(amqp::wire::kConnectionForced, *why, shard.now());
    connection.session_changed();
  });
}

}  // namespace oriel::serve
