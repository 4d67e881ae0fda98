#include "amqp/broker/broker_shard.h"

#include <algorithm>
#include <tuple>

#include "amqp/broker/client_desk.h"
#include "amqp/broker/control_desk.h"
#include "amqp/broker/queue_desk.h"
#include "amqp/broker/routing_desk.h"
#include "amqp/broker/topology.h"
#include "core/base/check.h"

namespace amqp::broker {

BrokerShard::BrokerShard(core::Post& post, const core::Clock& clock, const BrokerHouse& house,
                         const BrokerSettings& settings, store::MessageStore& store)
    : post_(post),
      clock_(clock),
      house_(house),
      settings_(settings),
      store_(store),
      topology_(std::make_unique<Topology>(settings, post.shards())),
      queue_desk_(std::make_unique<QueueDesk>(*this)),
      client_desk_(std::make_unique<ClientDesk>(*this)),
      routing_desk_(std::make_unique<RoutingDesk>(*this)) {
  if (self() == core::kControlShard) control_ = std::make_unique<ControlDesk>(*this);
}

BrokerShard::~BrokerShard() = default;

ControlDesk& BrokerShard::control() {
  CORE_CHECK(control_ != nullptr);
  return *control_;
}

core::Result<port::ConnectionId, port::Refusal> BrokerShard::connect(port::Client& client,
                                                                     std::string_view user,
                                                                     std::string_view vhost) {
  const auto id = topology_->find_vhost(vhost);
  if (!id) {
    return core::Unexpected{port::Refusal{530, "vhost " + std::string{vhost} + " not found"}};
  }
  return client_desk_->connect(client, user, *id);
}

void BrokerShard::disconnect(port::ConnectionId connection, std::function<void()> gone) {
  client_desk_->disconnect(connection, std::move(gone));
}

void BrokerShard::close_channel(port::ConnectionId connection, port::ChannelId channel) {
  client_desk_->close_channel(connection, channel);
}

port::ConsumerId BrokerShard::new_consumer(port::ConnectionId connection, port::ChannelId channel) {
  return client_desk_->new_consumer(connection, channel);
}

core::Result<port::Routed, port::Refusal> BrokerShard::publish(port::ConnectionId connection,
                                                               port::ChannelId channel,
                                                               port::Publish publish,
                                                               core::Instant now) {
  return routing_desk_->publish(connection, channel, publish, now);
}

void BrokerShard::settle(port::ConnectionId, port::Settlement how,
                         std::vector<port::Settled> deliveries, core::Instant now) {
  // Nearly always all are of queues with one home; then nothing is copied.
  while (!deliveries.empty()) {
    const core::ShardId home = port::home_of(deliveries.front().queue);
    const auto others = std::stable_partition(
        deliveries.begin(), deliveries.end(),
        [&](const port::Settled& settled) { return port::home_of(settled.queue) == home; });
    std::vector<port::Settled> rest(others, deliveries.end());
    deliveries.erase(others, deliveries.end());
    if (home == self()) {
      queue_desk_->settle(how, deliveries, now);
    } else {
      send(home, [how, deliveries = std::move(deliveries)](BrokerShard& there) {
        there.queue_desk().settle(how, deliveries, there.now());
      });
    }
    deliveries = std::move(rest);
  }
}

void BrokerShard::resume(port::ConsumerId consumer, core::Instant now) {
  client_desk_->resume(consumer, now);
}

void BrokerShard::apply(const Change& change) {
  const QueueDesk::Busy busy{*queue_desk_};
  topology_->apply(change);
  const auto* added = std::get_if<AddQueue>(&change.what);
  if (added == nullptr || port::home_of(added->queue.id) != self()) return;
  queue_desk_->created(change.vhost, *topology_->queue(added->queue.id));
}

std::vector<QueueView> BrokerShard::queues() const { return queue_desk_->queues(); }

std::vector<ConsumerView> BrokerShard::consumers() const { return queue_desk_->consumers(); }

std::size_t BrokerShard::connection_count() const { return client_desk_->connection_count(); }

void BrokerShard::check_invariants() const { queue_desk_->check_invariants(); }

std::vector<ExchangeView> BrokerShard::exchanges() const {
  std::vector<ExchangeView> views;
  for (const auto& vhost : topology_->vhosts()) {
    vhost->each_exchange([&](const Exchange& exchange) {
      const ExchangeTraits& traits = exchange.traits();
      views.push_back({vhost->name(), traits.name, std::string{name_of(traits.type)},
                       traits.durable, traits.auto_delete, traits.internal,
                       exchange.binding_count()});
    });
  }
  std::sort(views.begin(), views.end(), [](const ExchangeView& a, const ExchangeView& b) {
    return std::tie(a.vhost, a.name) < std::tie(b.vhost, b.name);
  });
  return views;
}

std::vector<BindingView> BrokerShard::bindings() const {
  std::vector<BindingView> views;
  for (const auto& vhost : topology_->vhosts()) {
    vhost->each_exchange([&](const Exchange& exchange) {
      exchange.each_binding([&](const Binding& binding) {
        const bool to_exchange = binding.exchange != nullptr;
        views.push_back({vhost->name(), exchange.traits().name,
                         to_exchange ? binding.exchange->traits().name : binding.queue->traits.name,
                         to_exchange, binding.routing_key});
      });
    });
  }
  std::sort(views.begin(), views.end(), [](const BindingView& a, const BindingView& b) {
    return std::tie(a.vhost, a.source, a.destination, a.routing_key) <
           std::tie(b.vhost, b.source, b.destination, b.routing_key);
  });
  return views;
}

}  // namespace amqp::broker
