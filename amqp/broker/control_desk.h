#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "amqp/broker/change.h"
#include "amqp/broker/origin.h"
#include "amqp/port/broker.h"

namespace amqp::broker {

class BrokerShard;

/// Whom to answer, and what, when a change has reached every shard.
struct Completion {
  Origin origin;
  port::Answer answer;
};

/// Orders the changes of the topology; on the control shard only.
///
/// A change is judged against the control shard's own replica, applied there at once, and sent to
/// all the others; each applies it and says so. Letters keep their order, so all replicas take the
/// same steps; and who asked is answered when the last shard has it, so a publish on any connection
/// sees what an answer has told of. With one shard all of that happens within the call.
class ControlDesk {
 public:
  explicit ControlDesk(BrokerShard& shard);

  /// A request that may change the topology: declare, bind and unbind, and delete of an exchange.
  void handle(const Origin& origin, VhostId vhost, std::shared_ptr<const port::Request> request);
  /// A change that needs no judgement.
  void order(Change change, Completion completion);
  /// One more shard has applied the oldest change that it had not.
  void applied(std::uint64_t number);

 private:
  struct Pending {
    std::uint16_t missing = 0;  // shards that have not applied it
    Completion completion;
  };
  template <typename Asked>
  void handle_plain(const Origin& origin, VhostId vhost, const Asked& asked);
  void handle_declare(const Origin& origin, VhostId vhost, const port::DeclareQueue& declare,
                      const std::shared_ptr<const port::Request>& request);
  [[nodiscard]] std::string make_up_name(VhostId vhost);
  void answer(Completion completion);

  BrokerShard& shard_;
  std::vector<std::uint64_t> last_serial_;  // of queues, by home
  std::uint64_t last_key_ = 0;              // of queues in the logs
  /// Changes on their way, oldest first; they complete in this order. At most as many as letters.
  std::deque<Pending> pending_;
  std::uint64_t first_number_ = 0;  // of the change at the front
};

}  // namespace amqp::broker
