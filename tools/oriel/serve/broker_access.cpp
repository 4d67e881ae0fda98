#include "tools/oriel/serve/broker_access.h"

#include <algorithm>
#include <string>
#include <utility>

#include "amqp/broker/control_desk.h"
#include "amqp/broker/topology.h"
#include "tools/oriel/serve/broker_passwords.h"

namespace oriel::serve {
namespace {

constexpr const char* kGuest = "guest";

/// A virtual host comes into the topology, or goes from it, after the catalog.
void follow(amqp::broker::BrokerShard& broker, const amqp::access::Command& command,
            std::function<void()> then) {
  if (const auto* put = std::get_if<amqp::port::PutVhost>(&command)) {
    if (broker.topology().find_vhost(put->name)) return then();
    return broker.control().add_vhost(put->name, std::move(then));
  }
  const auto& removed = std::get<amqp::port::DeleteVhost>(command);
  if (!broker.topology().find_vhost(removed.name)) return then();
  broker.control().remove_vhost(removed.name, std::move(then));
}

}  // namespace

std::vector<amqp::catalog::Change> add_sandbox_users(amqp::catalog::Contents& contents) {
  const auto is_guest = [](const amqp::catalog::User& user) { return user.name == kGuest; };
  if (std::any_of(contents.users.begin(), contents.users.end(), is_guest)) return {};
  contents.users.push_back({kGuest, quick_hash(kGuest), "administrator"});
  contents.permissions.push_back({"/", kGuest, ".*", ".*", ".*"});
  return {amqp::catalog::PutUser{contents.users.back()},
          amqp::catalog::PutPermission{contents.permissions.back()}};
}

std::unique_ptr<amqp::access::AccessDesk> make_access_desk(const Floors& floors,
                                                           amqp::catalog::Scribe& scribe) {
  std::vector<amqp::access::KeeperPlace> places;
  for (const auto& floor : floors) places.push_back({&floor->keeper, &floor->shard});
  auto desk = std::make_unique<amqp::access::AccessDesk>(std::move(places), scribe);
  desk->on_vhost([&broker = floors.front()->broker](const amqp::access::Command& command,
                                                    std::function<void()> then) {
    follow(broker, command, std::move(then));
  });
  return desk;
}

}  // namespace oriel::serve
