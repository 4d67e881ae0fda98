#pragma once

#include <atomic>
#include <memory>

#include "amqp/access/snapshot.h"
#include "amqp/broker/broker_shard.h"
#include "amqp/broker/settings.h"
#include "amqp/net/amqp_house.h"
#include "amqp/net/amqp_service.h"
#include "core/log/log.h"
#include "core/shard/connection_limits.h"
#include "core/shard/shard_clock.h"
#include "core/time/instant.h"
#include "http/front/gateway.h"
#include "http/native/settings.h"
#include "http/net/http_connection.h"
#include "http/vcloud/embedded_broker.h"
#include "http/vcloud/uploads.h"
#include "tools/oriel/serve/broker_passwords.h"
#include "tools/oriel/serve/observer.h"
#include "tools/oriel/serve/options.h"
#include "tools/oriel/serve/shared_uploads.h"

namespace oriel::serve {

/// What all shards have in common: the rooms' settings, drawn from the options, and the limits that
/// they share. Made before the shards and only read by them, but for what is atomic or has a mutex.
struct Commons {
  Commons(const ServeOptions& from, const std::string& cell, core::log::Logger& log);

  const ServeOptions options;
  core::log::Logger& logger;
  const core::LiveClock clock;
  const core::Instant started = core::ShardClock::read();

  amqp::broker::BrokerSettings broker;
  amqp::broker::BrokerHouse brokers;
  amqp::net::AmqpSettings amqp;
  amqp::net::AmqpHouse amqp_house;
  amqp::access::SnapshotPtr access;  // users and permissions at the start
  BrokerPasswords broker_passwords;
  http::net::HttpSettings http;       // of the gateway
  http::net::HttpSettings operator_;  // of the operator's listener
  http::front::GatewaySettings gateway;
  http::native::Settings native;
  /// As the API's settings describe it.
  const std::shared_ptr<http::vcloud::EmbeddedBroker::Place> embedded =
      std::make_shared<http::vcloud::EmbeddedBroker::Place>();
  /// Of localization bundles: their fragments may come in on any shard.
  const std::shared_ptr<http::vcloud::Uploads> uploads = std::make_shared<SharedUploads>();
  AccessLog access_log = AccessLog::failures;

  core::ConnectionLimits http_limits;
  core::ConnectionLimits amqp_limits;
  core::ConnectionLimits operator_limits;
  std::atomic<bool> draining{false};
};

}  // namespace oriel::serve
