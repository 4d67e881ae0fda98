#pragma once

#include <memory>
#include <optional>

#include "amqp/access/keeper.h"
#include "amqp/broker/broker_shard.h"
#include "amqp/broker/embedded_port.h"
#include "amqp/net/amqp_service.h"
#include "core/shard/shard.h"
#include "http/cloudapi/cloud_api.h"
#include "http/front/gateway.h"
#include "http/native/native_apis.h"
#include "http/net/http_service.h"
#include "http/vcloud/vcloud_api.h"
#include "registry/service/registry_shard.h"
#include "tools/oriel/serve/broker_deadlines.h"
#include "tools/oriel/serve/broker_log.h"
#include "tools/oriel/serve/broker_logins.h"
#include "tools/oriel/serve/broker_trial.h"
#include "tools/oriel/serve/commons.h"
#include "tools/oriel/serve/observer.h"
#include "tools/oriel/serve/registry_chores.h"
#include "tools/oriel/serve/shard_uploads.h"

namespace oriel::serve {

/// All that lives on one shard, wired together: its side of the registry, its share of the broker,
/// the gateway, and the sockets of both. Made and destroyed while no shard runs; used on its shard.
class Floor {
 public:
  /// `passwords`: where those of the broker's users are judged. `reading`: where uploads are read.
  Floor(core::Shard& shard, registry::service::RegistryService& registry_service, Commons& commons,
        PasswordLane passwords, ReadingLane reading, LogParts log);
  Floor(const Floor&) = delete;
  Floor& operator=(const Floor&) = delete;

  core::Shard& shard;
  Commons& commons;
  registry::service::RegistryShard registry;
  BrokerLog messages;
  amqp::access::Keeper keeper;
  amqp::broker::BrokerShard broker;
  BrokerDeadlines broker_deadlines;
  BrokerLogins logins;
  BrokerTrial trial;
  Observer observer;
  http::vcloud::VcloudApi vcloud;
  http::cloudapi::CloudApi cloud;
  http::native::NativeApis native;
  http::front::Gateway gateway;
  amqp::broker::EmbeddedPort port;
  http::net::HttpService http;
  amqp::net::AmqpService amqp;
  std::optional<RegistryChores> chores;  // on the first shard

 private:
  void registry_changed();
  void expel();

  LoginBooks books_;  // by which everybody who is connected to the broker may be
};

}  // namespace oriel::serve
