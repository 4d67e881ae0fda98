#include "amqp/recovery/restore.h"

#include <optional>
#include <unordered_map>
#include <utility>

#include "amqp/broker/control_desk.h"
#include "amqp/broker/kept.h"
#include "amqp/broker/queue_desk.h"
#include "amqp/broker/topology.h"
#include "amqp/recovery/expiry.h"

namespace amqp::recovery {
namespace {

using broker::Change;
using broker::VhostId;

class Restoring {
 public:
  Restoring(const broker::BrokerHouse& house, const core::Clock& clock)
      : house_(house), clock_(clock), serials_(house.shards.size(), broker::kReplySerial) {}

  void topology(const catalog::Contents& contents) {
    for (const catalog::Vhost& vhost : contents.vhosts) take(vhost);
    for (const catalog::Exchange& exchange : contents.exchanges) take(exchange);
    for (const catalog::Queue& queue : contents.queues) take(queue);
    for (const catalog::Binding& binding : contents.bindings) take(binding);
  }
  void messages(std::uint16_t shard, std::vector<store::RecoveredQueue>& queues) {
    for (store::RecoveredQueue& queue : queues) take(shard, queue);
  }
  [[nodiscard]] Restored finish(store::QueueKey last_key) {
    house_.shards[0]->control().continue_after(last_key, serials_);
    return std::move(restored_);
  }

 private:
  void apply(const Change& change) {
    for (broker::BrokerShard* shard : house_.shards) shard->apply(change);
  }
  /// All replicas are the same; the control shard's is asked.
  [[nodiscard]] const broker::Topology& known() const { return house_.shards[0]->topology(); }
  void does_not_fit(std::string why) { restored_.not_fitting.push_back(std::move(why)); }

  void take(const catalog::Vhost& vhost) {
    if (known().find_vhost(vhost.name)) return;  // "/" is always there
    const VhostId id{static_cast<std::uint16_t>(known().vhosts().size())};
    apply({id, broker::AddVhost{vhost.name}});
    ++restored_.vhosts;
  }

  void take(const catalog::Exchange& row) {
    const auto vhost = known().find_vhost(row.vhost);
    auto traits = broker::traits_of(row);
    if (!traits) return does_not_fit(traits.error());
    if (!vhost) return does_not_fit("exchange '" + row.name + "' has no vhost");
    if (known().vhost(*vhost).exchange(row.name) != nullptr) {
      return does_not_fit("exchange '" + row.name + "' is the house's own");
    }
    apply({*vhost, broker::AddExchange{*std::move(traits)}});
    ++restored_.exchanges;
  }

  void take(const catalog::Queue& row) {
    const auto vhost = known().find_vhost(row.vhost);
    auto traits = broker::traits_of(row);
    if (!traits) return does_not_fit(traits.error());
    if (!vhost || row.home >= house_.shards.size()) {
      return does_not_fit("queue '" + row.name + "' has no vhost or no home");
    }
    if (known().vhost(*vhost).queue(row.name) != nullptr) {
      return does_not_fit("queue '" + row.name + "' is the house's own");
    }
    traits->id = broker::make_queue_id(core::ShardId{row.home}, ++serials_[row.home]);
    queues_.emplace(row.key, traits->id);
    apply({*vhost, broker::AddQueue{*std::move(traits)}});
    ++restored_.queues;
  }

  void take(const catalog::Binding& row) {
    const auto id = known().find_vhost(row.vhost);
    auto traits = broker::traits_of(row);
    if (!traits) return does_not_fit(traits.error());
    const broker::Vhost* vhost = id ? &known().vhost(*id) : nullptr;
    const bool ends_are_there = vhost != nullptr && vhost->exchange(row.source) != nullptr &&
                                (row.to_exchange ? vhost->exchange(row.destination) != nullptr
                                                 : vhost->queue(row.destination) != nullptr);
    if (!ends_are_there) {
      return does_not_fit("a binding from '" + row.source + "' to '" + row.destination +
                          "' has lost an end");
    }
    apply({*id, broker::AddBinding{*std::move(traits)}});
    ++restored_.bindings;
  }

  void take(std::uint16_t shard, store::RecoveredQueue& recovered) {
    broker::BrokerShard& home = *house_.shards[shard];
    const auto found = queues_.find(recovered.key);
    if (found == queues_.end() || port::home_of(found->second).value() != shard) {
      if (recovered.live.empty()) return;
      restored_.unclaimed += recovered.live.size();
      return home.log().forget(recovered.key);
    }
    const port::QueueId id = found->second;
    for (store::RecoveredMessage& message : recovered.live) {
      if (!message.message) ++restored_.paged;
      home.queue_desk().restore(id, {.position = message.position,
                                     .message = std::move(message.message),
                                     .place = message.place,
                                     .expires = expiry(message.expires, clock_),
                                     .redelivered = message.maybe_given_out,
                                     .properties_octets = message.properties_octets,
                                     .body_octets = message.body_octets,
                                     .priority = message.priority});
      ++restored_.messages;
    }
    home.queue_desk().continue_after(id, recovered.last_position);
  }

  const broker::BrokerHouse& house_;
  const core::Clock& clock_;
  std::vector<std::uint64_t> serials_;  // the last one given, by home
  std::unordered_map<store::QueueKey, port::QueueId> queues_;
  Restored restored_;
};

}  // namespace

Restored restore(const broker::BrokerHouse& house, const core::Clock& clock, Recovered& recovered) {
  Restoring restoring{house, clock};
  restoring.topology(recovered.contents);
  for (std::uint16_t shard = 0; shard < recovered.logs.size(); ++shard) {
    restoring.messages(shard, recovered.logs[shard].queues);
    recovered.logs[shard].queues.clear();
  }
  return restoring.finish(recovered.last_key);
}

}  // namespace amqp::recovery
