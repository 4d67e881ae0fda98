#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "amqp/broker/change.h"
#include "amqp/broker/confirm_line.h"
#include "amqp/broker/router.h"
#include "amqp/port/broker.h"
#include "amqp/port/port.h"
#include "core/base/result.h"

namespace amqp::broker {

class BrokerShard;
struct HomeQueue;

/// Takes publishes of this shard's connections and of its gateway, finds the queues, and hands the
/// message over: by a call here, by a letter elsewhere. This shard's reply queue ends here, too.
///
/// Confirms  a publish is confirmed when every queue that keeps a copy on disk has it there (its
///           log has said so), and every other queue has it; at once when there is nothing to wait
///           for. A queue that refuses it makes the confirm a refusal.
/// Letters   what one sync covers goes to each publisher's shard in one letter.
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

  /// Publishes a dead letter to the exchange that it names; dropped when that is not there. With
  /// `automatic` it does not go to queues that it would come back to for ever (goes_round).
  void forward(VhostId vhost, const port::MessagePtr& message, bool automatic, core::Instant now);

  /// A queue on another shard has a message whose publisher waits for the confirm, on disk if it
  /// keeps it there; or has refused it.
  void placed(std::uint32_t confirm_slot, bool accepted);
  /// A queue here has taken a message of `to`, or refused it; `on_disk` when its record was just
  /// appended to the log.
  void taken(const ConfirmTo& to, bool on_disk);
  /// The log has everything up to `point` on disk.
  void synced(store::LogPoint point);
  /// Publishes that wait for this shard's log.
  [[nodiscard]] std::size_t waiting_for_log() const { return line_.size(); }

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
    bool on_disk = false;  // a queue here keeps it
    bool refused = false;  // a queue here does not want it
  };
  struct Waiting {
    port::ConnectionId connection;
    port::ChannelId channel;
    std::uint64_t sequence = 0;
    std::uint32_t missing = 0;
    bool accepted = true;
  };
  struct Placed {
    std::uint32_t slot = 0;
    bool accepted = true;
  };

  using Keys = std::span<const std::string_view>;

  [[nodiscard]] Lists borrow();
  void give_back(Lists lists);
  /// What a publish comes to when its routing keys are known.
  [[nodiscard]] core::Result<port::Routed, port::Refusal> publish(port::ConnectionId connection,
                                                                  port::ChannelId channel,
                                                                  VhostId vhost,
                                                                  const port::Publish& publish,
                                                                  Keys keys, core::Instant now);
  /// Appends the queues that the keys lead to; null is the default exchange.
  void follow(Vhost& vhost, Exchange* exchange, Keys keys, core::Octets properties, Lists& lists);
  /// Fills `lists.queues`. Refusals: 404 for no such exchange, 403 for an internal one.
  [[nodiscard]] core::Result<void, port::Refusal> find_queues(VhostId vhost,
                                                              const port::Publish& publish,
                                                              Keys keys, Lists& lists);
  /// Puts the message into the queues here and on its way to those elsewhere; calls nobody.
  void place(Lists& lists, const port::MessagePtr& message, std::uint32_t confirm_slot);
  /// Hands out what was placed here.
  void hand_out(const Lists& lists, const port::Message& message, core::Instant now);
  [[nodiscard]] std::uint32_t open_slot(Waiting waiting);
  /// As many shards have a say as letters will come, and this one.
  [[nodiscard]] std::uint32_t count_elsewhere(const Lists& lists) const;
  void tell(const ConfirmTo& to);
  void send_placed();

  BrokerShard& shard_;
  port::PortClient* client_ = nullptr;
  Router router_;
  std::vector<Lists> spare_lists_;   // as many as publishes have been inside each other
  std::vector<Waiting> waiting_{1};  // by confirm slot; slot 0 is none
  std::vector<std::uint32_t> free_slots_;
  ConfirmLine line_;
  std::vector<std::vector<Placed>> placed_;  // by shard: to be told once all are gathered
};

}  // namespace amqp::broker
