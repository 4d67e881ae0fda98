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
  /// Removed: nobody finds it by its name, and there is nothing in it.
  [[nodiscard]] bool gone() const { return gone_; }
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
  void remove_all();                                 ///< From now on it is `gone`.

  // How much clients have declared: what the house declares for itself is not counted.
  [[nodiscard]] std::size_t exchange_count() const { return exchange_count_; }
  [[nodiscard]] std::size_t queue_count() const { return queue_count_; }
  [[nodiscard]] std::size_t binding_count() const { return binding_count_; }

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
  bool gone_ = false;
  TextMap<std::unique_ptr<Exchange>> exchanges_;
  TextMap<std::unique_ptr<QueueEntry>> queues_;
  std::size_t exchange_count_ = 0;
  std::size_t queue_count_ = 0;
  std::size_t binding_count_ = 0;
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
  [[nodiscard]] const QueueEntry* queue(port::QueueId id) const;

  /// Takes the next step. The control desk has judged it; one that no longer fits (its queue went
  /// in between) changes nothing, on every replica alike.
  void apply(const Change& change);

 private:
  Vhost& add_vhost(std::string name);
  void predeclare(const BrokerSettings& settings, std::uint16_t shards);
  void apply_to(Vhost& vhost, const RemoveVhost& what);
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
