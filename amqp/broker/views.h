#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "amqp/port/message.h"

namespace amqp::broker {

/// What the debug pages show. Plain values, collected on the shard that is asked.

/// A queue, told by its home shard.
struct QueueView {
  std::string vhost;
  std::string name;
  port::QueueId id;
  bool durable = false;
  bool exclusive = false;
  bool auto_delete = false;
  std::uint64_t ready = 0;
  std::uint64_t unacknowledged = 0;
  std::uint64_t consumers = 0;
};
/// A consumer, told by the home shard of its queue.
struct ConsumerView {
  std::string queue;
  std::string tag;
  port::ConsumerId id;  // shard_of(id) has the channel
  std::uint16_t prefetch = 0;
  std::uint64_t unacknowledged = 0;
  bool no_ack = false;
  bool exclusive = false;
  bool blocked = false;  // turned a delivery down and has not resumed
};
/// An exchange; every shard tells the same.
struct ExchangeView {
  std::string vhost;
  std::string name;
  std::string type;
  bool durable = false;
  bool auto_delete = false;
  bool internal = false;
  std::uint64_t bindings = 0;  // with this exchange as the source
};
/// A binding; every shard tells the same.
struct BindingView {
  std::string vhost;
  std::string source;
  std::string destination;
  bool to_exchange = false;
  std::string routing_key;
};

}  // namespace amqp::broker
