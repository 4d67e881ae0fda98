#pragma once

#include <memory>

#include "amqp/broker/broker_shard.h"
#include "amqp/broker/embedded_port.h"
#include "amqp/net/amqp_service.h"
#include "amqp/store/memory_log.h"
#include "core/shard/shard.h"
#include "http/cloudapi/cloud_api.h"
#include "http/front/gateway.h"
#include "http/native/native_apis.h"
#include "http/net/http_service.h"
#include "http/vcloud/vcloud_api.h"
#include "registry/service/registry_shard.h"
#include "tools/oriel/serve/broker_logins.h"
#include "tools/oriel/serve/commons.h"
#include "tools/oriel/serve/observer.h"

namespace oriel::serve {

/// All that lives on one shard, wired together: its side of the registry, its share of the broker,
/// the gateway, and the sockets of both. Made and destroyed while no shard runs; used on its shard.
class Floor {
 public:
  Floor(core::Shard& shard, registry::service::RegistryService& registry_service, Commons& commons);
  Floor(const Floor&) = delete;
  Floor& operator=(const Floor&) = delete;

  core::Shard& shard;
  Commons& commons;
  registry::service::RegistryShard registry;
  amqp::store::MemoryLog messages;
  amqp::broker::BrokerShard broker;
  BrokerLogins logins;
  Observer observer;
  http::vcloud::VcloudApi vcloud;
  http::cloudapi::CloudApi cloud;
  http::native::NativeApis native;
  http::front::Gateway gateway;
  amqp::broker::EmbeddedPort port;
  http::net::HttpService http;
  amqp::net::AmqpService amqp;
};

}  // namespace oriel::serve
