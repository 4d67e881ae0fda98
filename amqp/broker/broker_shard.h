#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "amqp/broker/counters.h"
#include "amqp/broker/outbox.h"
#include "amqp/broker/settings.h"
#include "amqp/broker/views.h"
#include "amqp/port/broker.h"
#include "amqp/port/port.h"
#include "amqp/store/message_log.h"
#include "core/post/post.h"
#include "core/time/clock.h"

namespace amqp::access {
class Keeper;
}

namespace amqp::catalog {
class Scribe;
}

namespace amqp::broker {

class BrokerShard;
class ClientDesk;
class ControlDesk;
class FlowDesk;
class QueueDesk;
class RoutingDesk;
class Topology;
struct Change;
struct Holdings;

/// Hears what the shards' logs say, for whoever reads the events; on that shard.
class LogWatch {
 public:
  virtual ~LogWatch() = default;
  virtual void log_state(core::ShardId shard, store::LogState state, std::string_view reason) = 0;
  /// See store::LogListener::trouble.
  virtual void log_trouble(core::ShardId shard, std::string_view act, store::LogPlace where,
                           std::error_code error) = 0;
};

/// The shards of one broker, by number. Filled once, before the first letter, and then only read.
struct BrokerHouse {
  std::vector<BrokerShard*> shards;
  /// Who writes down what outlives the process; null: nothing does. Set before the shards are made.
  catalog::Scribe* scribe = nullptr;
  LogWatch* log_watch = nullptr;  ///< May be null; set before the shards are made.
  /// Who knows what users may do, by shard; empty: everybody may do everything. Set as `scribe`.
  std::vector<const access::Keeper*> keepers;
};

/// The broker on one shard, and its share of the whole: a replica of the topology, the queues whose
/// home is here and the connections that are here (AMQP 0-9-1 §2.1 and §3.1).
///
/// The work is divided between desks. A desk speaks to a desk on another shard by a letter, and to
/// one on its own shard by a call:
///   ControlDesk   on shard 0 only: judges changes of the topology and puts them in order
///   QueueDesk     the queues whose home is here, and their consumers wherever those are
///   ClientDesk    connections, consumers and unconfirmed publishes of this shard
///   RoutingDesk   takes publishes, finds their queues and hands them over
///
/// Time    is passed in; the clock is read only where a letter, which has no time, is handled.
/// Calls   to port::Client may come back into the broker before they return.
class BrokerShard final : public port::Broker, private store::LogListener {
 public:
  /// All of them outlive the broker; so does `log`, where this shard's messages rest.
  BrokerShard(core::Post& post, const core::Clock& clock, const BrokerHouse& house,
              const BrokerSettings& settings, store::MessageLog& log);
  BrokerShard(const BrokerShard&) = delete;
  BrokerShard& operator=(const BrokerShard&) = delete;
  ~BrokerShard() override;

  // ---- port::Broker, for the sessions of this shard ----
  [[nodiscard]] core::Result<port::ConnectionId, port::Refusal> connect(
      port::Client& client, std::string_view user, std::string_view vhost) override;
  using port::Broker::disconnect;
  void disconnect(port::ConnectionId connection, std::function<void()> gone) override;
  void close_channel(port::ConnectionId connection, port::ChannelId channel) override;
  [[nodiscard]] port::ConsumerId new_consumer(port::ConnectionId connection,
                                              port::ChannelId channel) override;
  [[nodiscard]] std::string open_reply_address(port::ConsumerId consumer) override;
  void close_reply_address(port::ConsumerId consumer) override;
  void request(port::ConnectionId connection, port::ChannelId channel, port::Request request,
               core::Instant now) override;
  [[nodiscard]] core::Result<void, port::Refusal> may_publish(
      port::ConnectionId connection, std::string_view exchange,
      std::string_view routing_key) override;
  [[nodiscard]] core::Result<port::Routed, port::Refusal> publish(port::ConnectionId connection,
                                                                  port::ChannelId channel,
                                                                  port::Publish publish,
                                                                  core::Instant now) override;
  void settle(port::ConnectionId connection, port::Settlement how,
              std::span<const port::Settled> deliveries, core::Instant now) override;
  void resume(port::ConsumerId consumer, core::Instant now) override;

  // ---- For the debug pages and metrics ----
  [[nodiscard]] std::vector<QueueView> queues() const;        ///< Those whose home is here.
  [[nodiscard]] std::vector<ConsumerView> consumers() const;  ///< Of those queues.
  [[nodiscard]] std::vector<ExchangeView> exchanges() const;  ///< All; any shard can tell.
  [[nodiscard]] std::vector<BindingView> bindings() const;    ///< All; any shard can tell.
  [[nodiscard]] std::size_t connection_count() const;
  [[nodiscard]] const Counters& counters() const { return counters_; }  ///< Readable from anywhere.
  /// Aborts when a queue is not as it says it is. Linear in what the queues hold: for tests.
  void check_invariants();
  /// What the queues whose home is here hold.
  [[nodiscard]] std::size_t queue_count() const;  ///< Of queues(), without looking at each.
  [[nodiscard]] const Holdings& held() const;

  // ---- What happens at a time; whoever drives the shard asks and calls ----
  [[nodiscard]] std::optional<core::Instant> deadline() const;
  void expired(core::Instant now);

  // ---- For the desks ----
  [[nodiscard]] ControlDesk& control();  ///< On the control shard only.
  [[nodiscard]] QueueDesk& queue_desk() { return *queue_desk_; }
  [[nodiscard]] ClientDesk& client_desk() { return *client_desk_; }
  [[nodiscard]] FlowDesk& flow_desk() { return *flow_desk_; }
  [[nodiscard]] RoutingDesk& routing_desk() { return *routing_desk_; }
  [[nodiscard]] Outbox& outbox() { return *outbox_; }
  [[nodiscard]] Topology& topology() { return *topology_; }
  [[nodiscard]] Counters& count() { return counters_; }
  [[nodiscard]] const BrokerSettings& settings() const { return settings_; }
  [[nodiscard]] store::MessageLog& log() { return log_; }
  /// Null when nothing outlives the process.
  [[nodiscard]] catalog::Scribe* scribe() { return house_.scribe; }
  [[nodiscard]] core::ShardId self() const { return post_.self(); }
  [[nodiscard]] std::uint16_t shards() const { return post_.shards(); }
  [[nodiscard]] bool congested() const { return post_.congested(); }
  [[nodiscard]] core::Instant now() const { return clock_.now(); }
  [[nodiscard]] core::WallTime wall() const { return clock_.wall(); }
  /// Marks a stage of the request that the message came from, if it came from one.
  void mark(const port::Message& message, core::Stage stage) const {
    if (message.mark) message.mark(stage, clock_.exact());
  }

  /// Takes a step of the topology's history, as the control desk orders it.
  void apply(const Change& change);

  /// Runs `work` with the broker of shard `to`: at once on this shard, by letter on another.
  template <typename Work>
  void tell(core::ShardId to, Work&& work) {
    if (to == self()) {
      work(*this);
    } else {
      send(to, std::forward<Work>(work));
    }
  }
  /// The same, always by letter, so on this shard later in the turn.
  template <typename Work>
  void send(core::ShardId to, Work&& work) {
    if (to != self()) outbox_->post(to);
    post(to, std::forward<Work>(work));
  }
  /// The same for the outbox, whose letters are those that all others wait for.
  template <typename Work>
  void post(core::ShardId to, Work&& work) {
    BrokerShard* const peer = house_.shards[to.value()];
    post_.send(to, [peer, work = std::forward<Work>(work)]() mutable { work(*peer); });
  }

 private:
  // store::LogListener
  void synced(store::LogPoint point) override;
  void state_changed(store::LogState state, std::string_view reason) override;
  void moved(store::QueueKey queue, port::QueuePosition position, store::LogPlace place) override;
  void trouble(std::string_view act, store::LogPlace where, std::error_code error) override;
  /// What a queue or a virtual host that goes leaves behind on this shard.
  void clear_up(const Change& change);

  core::Post& post_;
  const core::Clock& clock_;
  const BrokerHouse& house_;
  const BrokerSettings& settings_;
  store::MessageLog& log_;
  Counters counters_;
  std::unique_ptr<Topology> topology_;
  std::unique_ptr<QueueDesk> queue_desk_;
  std::unique_ptr<ClientDesk> client_desk_;
  std::unique_ptr<RoutingDesk> routing_desk_;
  std::unique_ptr<Outbox> outbox_;
  std::unique_ptr<FlowDesk> flow_desk_;
  std::unique_ptr<ControlDesk> control_;
};

}  // namespace amqp::broker
