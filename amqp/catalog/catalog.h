#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <variant>

#include "amqp/catalog/records.h"
#include "core/base/result.h"

namespace amqp::catalog {

// ---- Changes. Put adds, or replaces what has the same name; removing what is not there is fine.
// --

struct PutVhost {
  Vhost vhost;
};
/// With everything in it: exchanges, queues, bindings, permissions.
struct RemoveVhost {
  std::string name;
};
struct PutExchange {
  Exchange exchange;
};
/// With the bindings from it and to it.
struct RemoveExchange {
  std::string vhost;
  std::string name;
};
/// A queue is the same one if it has the same key. Its vhost must be there.
struct PutQueue {
  Queue queue;
};
/// With the bindings to it.
struct RemoveQueue {
  store::QueueKey key;
};
/// The queue's messages are in another log from now on, under another key. One that is not there is
/// no mistake.
struct MoveQueue {
  store::QueueKey key;
  store::QueueKey new_key;
  std::uint16_t new_home = 0;
};
/// Its vhost must be there. Its ends may be missing: a binding to what is of the house (amq.direct)
/// is kept although the house's exchanges are not.
struct PutBinding {
  Binding binding;
};
struct RemoveBinding {
  Binding binding;
};
struct PutUser {
  User user;
};
/// With all its permissions.
struct RemoveUser {
  std::string name;
};
/// Vhost and user must be there.
struct PutPermission {
  Permission permission;
};
struct RemovePermission {
  std::string vhost;
  std::string user;
};
/// Vhost and user must be there.
struct PutTopicPermission {
  TopicPermission permission;
};
/// Of one exchange, or of all when `exchange` is empty.
struct RemoveTopicPermission {
  std::string vhost;
  std::string user;
  std::string exchange;
};
using Change =
    std::variant<PutVhost, RemoveVhost, PutExchange, RemoveExchange, PutQueue, RemoveQueue,
                 MoveQueue, PutBinding, RemoveBinding, PutUser, RemoveUser, PutPermission,
                 RemovePermission, PutTopicPermission, RemoveTopicPermission>;

/// Why the catalog did not do it: what it was about, and what stood in the way.
struct Error {
  std::string act;
  std::string reason;
};

/// What of the broker's topology outlives the process. Used by one thread at a time, and may block.
class Catalog {
 public:
  virtual ~Catalog() = default;
  [[nodiscard]] virtual core::Result<Contents, Error> load() = 0;
  /// All of `changes`, in their order, or none. When it returns well, they survive a crash.
  [[nodiscard]] virtual core::Result<void, Error> apply(std::span<const Change> changes) = 0;
};

}  // namespace amqp::catalog
