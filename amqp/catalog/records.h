#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "amqp/store/message_log.h"

namespace amqp::catalog {

/// What of a broker's topology outlives the process, as plain values. Names are as the clients
/// gave them: up to 255 octets of anything. `arguments` is a field table as it is on the wire, with
/// its length (AMQP 0-9-1 §4.2.5.5), so that the catalog need not understand it.

/// A virtual host. "/" is in every catalog from the start.
struct Vhost {
  std::string name;
  std::string description;
  bool operator==(const Vhost&) const = default;
};

/// A durable exchange (AMQP 0-9-1 §3.1.3).
struct Exchange {
  std::string vhost;
  std::string name;
  std::string type;  // direct, fanout, topic, headers
  bool auto_delete = false;
  bool internal = false;
  std::string arguments;
  bool operator==(const Exchange&) const = default;
};

/// A durable queue that is not exclusive (§3.1.4).
struct Queue {
  std::string vhost;
  std::string name;
  store::QueueKey key;     // its name in the message log
  std::uint16_t home = 0;  // the shard whose log has its messages
  bool auto_delete = false;
  std::string arguments;
  bool operator==(const Queue&) const = default;
};

/// A binding whose two ends are durable.
struct Binding {
  std::string vhost;
  std::string source;
  bool to_exchange = false;
  std::string destination;
  std::string routing_key;
  std::string arguments;
  bool operator==(const Binding&) const = default;
};

/// Somebody who may log in. What hash and tags mean is amqp/access's business.
struct User {
  std::string name;
  std::string password_hash;  // empty: no password fits
  std::string tags;           // separated by commas: administrator, monitoring, ...
  bool operator==(const User&) const = default;
};

/// What a user may do in a vhost: regular expressions over the names of resources; an empty one
/// matches nothing. No row: the user may not even enter the vhost.
struct Permission {
  std::string vhost;
  std::string user;
  std::string configure;
  std::string write;
  std::string read;
  bool operator==(const Permission&) const = default;
};

/// What routing keys a user may use with a topic exchange. No row: all that Permission allows.
struct TopicPermission {
  std::string vhost;
  std::string user;
  std::string exchange;
  std::string write;
  std::string read;
  bool operator==(const TopicPermission&) const = default;
};

/// All that a catalog holds, each list in the order in which things were first put there.
struct Contents {
  std::vector<Vhost> vhosts;
  std::vector<Exchange> exchanges;
  std::vector<Queue> queues;
  std::vector<Binding> bindings;
  std::vector<User> users;
  std::vector<Permission> permissions;
  std::vector<TopicPermission> topic_permissions;
};

}  // namespace amqp::catalog
