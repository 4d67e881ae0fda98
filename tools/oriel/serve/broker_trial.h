#pragma once

#include <functional>

#include "amqp/access/keeper.h"
#include "amqp/broker/broker_shard.h"
#include "amqp/port/authenticator.h"
#include "http/vcloud/embedded_broker.h"

namespace oriel::serve {

/// What the broker would say to a client that logs in, without a connection: for the test of the
/// AMQP settings. The checks are those that a connection's handshake asks.
///
/// Home    one shard.
class BrokerTrial {
 public:
  using Verdict = http::vcloud::EmbeddedBroker::Verdict;

  /// All of them outlive the trial.
  BrokerTrial(amqp::port::Authenticator& logins, const amqp::access::Keeper& keeper,
              amqp::broker::BrokerShard& broker)
      : logins_(logins), keeper_(keeper), broker_(broker) {}

  void judge(http::vcloud::BrokerLogin login, std::function<void(Verdict)> done);

 private:
  [[nodiscard]] Verdict entry(const std::string& user, const std::string& vhost);

  amqp::port::Authenticator& logins_;
  const amqp::access::Keeper& keeper_;
  amqp::broker::BrokerShard& broker_;
};

}  // namespace oriel::serve
