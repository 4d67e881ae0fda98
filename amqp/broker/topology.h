#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "amqp/broker/change.h"
#include "amqp/broker/exchange.h"
#include "amqp/broker/settings.h"
#include "amqp/broker/text_map.h"

namespace amqp::broker {

/// The exchanges, queues and bindings of one virtual host, as one shard knows them.
class Vhost {
 public:
  explicit Vhost(std::string name) : name_(std::move(name)) {}

  [[nodiscard]] const std::string& name() const { return name_; }
  /// The default exchange is no entry: it is asked for by the empty name and routes by `queue`.
  [[nodiscard]] Exchange* exchange(std::string_view name);
  [[nodiscard]] const Exchange* exchange(std::string_view name) const;
  [[nodiscard]] QueueEntry* queue(std::string_view name);
  [[nodiscard]] const QueueEntry* queue(std::string_view name) const;

  Exchange& add_exchange(ExchangeTraits traits, bool predeclared);
  QueueEntry& add_queue(QueueTraits traits);
  void add_binding(const BindingTraits& traits);     ///< Ends exist; the same twice is one.
  void remove_exchange(Exchange& exchange);          ///< With all bindings from and to it.
  void remove_queue(QueueEntry& queue);              ///< With all bindings to it.
  void remove_binding(const BindingTraits& traits);  ///< None there: nothing happens.

  template <typename See>
  void each_exchange(See&& see) const {
    for (const auto& [name, exchange] : exchanges_) see(*exchange);
  }
  template <typename See>
  void each_queue(See&& see) const {
    for (const auto& [name, queue] : queues_) see(*queue);
  }

 private:
  /// Removes a binding, and its source if that was waiting for this.
  void drop(Binding& binding);
  void drop_incoming(std::vector<Binding*>& incoming);

  std::string name_;
  TextMap<std::unique_ptr<Exchange>> exchanges_;
  TextMap<std::unique_ptr<QueueEntry>> queues_;
};

/// One replica of the topology: what every shard must know to route and to answer. All replicas
/// begin alike and take the same changes in the same order.
class Topology {
 public:
  /// Begins with "/", its standard exchanges (§3.1.3), the gateway's exchanges, and one reply queue
  /// for each shard, bound with its own name.
  Topology(const BrokerSettings& settings, std::uint16_t shards);

  [[nodiscard]] std::optional<VhostId> find_vhost(std::string_view name) const;
  [[nodiscard]] Vhost& vhost(VhostId id) { return *vhosts_[id.value()]; }
  [[nodiscard]] const Vhost& vhost(VhostId id) const { return *vhosts_[id.value()]; }
  [[nodiscard]] const std::vector<std::unique_ptr<Vhost>>& vhosts() const { return vhosts_; }
  /// Null when the queue is gone.
  [[nodiscard]] QueueEntry* queue(port::QueueId id);

  /// Takes the next step. The control desk has judged it; one that no longer fits (its queue went
  /// in between) changes nothing, on every replica alike.
  void apply(const Change& change);

 private:
  void predeclare(const BrokerSettings& settings, std::uint16_t shards);
  void apply_to(Vhost& vhost, const AddExchange& what);
  void apply_to(Vhost& vhost, const RemoveExchange& what);
  void apply_to(Vhost& vhost, const AddQueue& what);
  void apply_to(Vhost& vhost, const RemoveQueue& what);
  void apply_to(Vhost& vhost, const AddBinding& what);
  void apply_to(Vhost& vhost, const RemoveBinding& what);

  std::vector<std::unique_ptr<Vhost>> vhosts_;
  std::unordered_map<port::QueueId, QueueEntry*> by_id_;
};

/// A queue's id: its home and a serial number, of which 1 is the home's reply queue.
[[nodiscard]] inline port::QueueId make_queue_id(core::ShardId home, std::uint64_t serial) {
  return port::QueueId{(std::uint64_t{home.value()} << port::kShardShift) | serial};
}
[[nodiscard]] inline std::uint64_t serial_of(port::QueueId id) {
  return id.value() & ((std::uint64_t{1} << port::kShardShift) - 1);
}
inline constexpr std::uint64_t kReplySerial = 1;

}  // namespace amqp::broker
