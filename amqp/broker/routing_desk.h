#pragma once

#include <cstdint>
#include <vector>

#include "amqp/broker/change.h"
#include "amqp/broker/router.h"
#include "amqp/port/broker.h"
#include "amqp/port/port.h"
#include "core/base/result.h"

namespace amqp::broker {

class BrokerShard;
struct HomeQueue;

/// Takes publishes of this shard's connections and of its gateway, finds the queues, and hands the
/// message over: by a call here, by a letter elsewhere. Keeps publishes whose confirm waits for
/// other shards. This shard's reply queue ends here, too.
class RoutingDesk {
 public:
  explicit RoutingDesk(BrokerShard& shard) : shard_(shard) {}

  [[nodiscard]] core::Result<port::Routed, port::Refusal> publish(port::ConnectionId connection,
                                                                  port::ChannelId channel,
                                                                  const port::Publish& publish,
                                                                  core::Instant now);
  /// Publishes for the gateway, to the vhost "/"; `client` hears the outcome before anything else.
  void publish(const port::Outgoing& outgoing, port::PortClient& client, std::uint64_t token,
               core::Instant now);

  /// A queue on another shard has a message whose publisher waits for the confirm.
  void placed(std::uint32_t confirm_slot);

  void attach(port::PortClient* client) { client_ = client; }
  /// A message for this shard's reply queue.
  void reply(const port::Message& message, core::Instant now);

 private:
  /// Work lists of one publish. Publishing can come back into publishing, so they are lent out and
  /// given back, and allocate only while they grow.
  struct Lists {
    std::vector<QueueEntry*> queues;
    std::vector<HomeQueue*> at_home;
    bool to_reply_queue = false;
    std::uint32_t elsewhere = 0;
  };
  struct Waiting {
    port::ConnectionId connection;
    port::ChannelId channel;
    std::uint64_t sequence = 0;
    std::uint32_t missing = 0;
  };

  [[nodiscard]] Lists borrow();
  void give_back(Lists lists);
  /// Fills `lists.queues`. Refusals: 404 for no such exchange, 403 for an internal one.
  [[nodiscard]] core::Result<void, port::Refusal> find_queues(VhostId vhost,
                                                              const port::Publish& publish,
                                                              Lists& lists);
  /// Puts the message into the queues here and on its way to those elsewhere; calls nobody.
  void place(Lists& lists, const port::MessagePtr& message, std::uint32_t confirm_slot);
  /// Hands out what was placed here.
  void hand_out(const Lists& lists, const port::Message& message, core::Instant now);
  [[nodiscard]] std::uint32_t open_slot(Waiting waiting);

  BrokerShard& shard_;
  port::PortClient* client_ = nullptr;
  Router router_;
  std::vector<Lists> spare_lists_;   // as many as publishes have been inside each other
  std::vector<Waiting> waiting_{1};  // by confirm slot; slot 0 is none
  std::vector<std::uint32_t> free_slots_;
};

}  // namespace amqp::broker
