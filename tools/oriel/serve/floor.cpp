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
  keeper.on_installed([this] { close_for_gone_users(); });
  users_ = keeper.snapshot()->users.size();
  gateway.attach(port);
  if (shard.self() == core::kControlShard) {
    chores.emplace(shard, registry, shared.options.inventory, shared.logger);
  }
}

/// Connections of users who are no more are told so, in RabbitMQ's words. One command makes a
/// snapshot, so whether somebody has gone shows in the count.
void Floor::close_for_gone_users() {
  const std::size_t before = std::exchange(users_, keeper.snapshot()->users.size());
  if (users_ >= before) return;
  amqp.each([&](amqp::net::AmqpConnection& connection) {
    const std::string user = connection.session().info().user;
    if (user.empty() || keeper.knows(user)) return;
    connection.session().close(amqp::wire::kConnectionForced, "user '" + user + "' is deleted",
                               shard.now());
    connection.session_changed();
  });
}

}  // namespace oriel::serve
