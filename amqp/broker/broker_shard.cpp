#include "amqp/broker/broker_shard.h"

#include <algorithm>
#include <tuple>

#include "amqp/broker/client_desk.h"
#include "amqp/broker/control_desk.h"
#include "amqp/broker/flow_desk.h"
#include "amqp/broker/permissions.h"
#include "amqp/broker/queue_desk.h"
#include "amqp/broker/refusals.h"
#include "amqp/broker/routing_desk.h"
#include "amqp/broker/topology.h"
#include "core/base/check.h"

namespace amqp::broker {

BrokerShard::BrokerShard(core::Post& post, const core::Clock& clock, const BrokerHouse& house,
                         const BrokerSettings& settings, store::MessageLog& log)
    : post_(post),
      clock_(clock),
      house_(house),
      settings_(settings),
      log_(log),
      topology_(std::make_unique<Topology>(settings, post.shards())),
      queue_desk_(std::make_unique<QueueDesk>(*this)),
      client_desk_(std::make_unique<ClientDesk>(*this)),
      routing_desk_(std::make_unique<RoutingDesk>(*this)),
      outbox_(std::make_unique<Outbox>(*this)),
      flow_desk_(std::make_unique<FlowDesk>(*this)) {
  log_.listen(*this);
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
  access::Guard guard;
  if (!house_.keepers.empty()) guard = {*house_.keepers[self().value()], user, vhost};
  if (auto refusal = forbidden_entry(guard, vhost)) {
    return core::Unexpected{std::move(*refusal)};
  }
  return client_desk_->connect(client, user, *id, std::move(guard));
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
  if (publish.exchange.empty() && is_reply_address(publish.routing_key)) {
    return client_desk_->publish_reply(connection, channel, publish);
  }
  return routing_desk_->publish(connection, channel, publish, now);
}

core::Result<void, port::Refusal> BrokerShard::may_publish(port::ConnectionId connection,
                                                           std::string_view exchange,
                                                           std::string_view routing_key) {
  ClientDesk::Connection* publisher = client_desk_->find(connection);
  CORE_CHECK(publisher != nullptr);
  Vhost& vhost = topology_->vhost(publisher->vhost);
  auto refusal =
      forbidden(publisher->guard, vhost,
                port::Publish{.exchange = exchange, .routing_key = routing_key}, settings_);
  if (refusal) return core::Unexpected{std::move(*refusal)};
  if (exchange.empty()) return {};
  const Exchange* found = vhost.exchange(exchange);
  if (found == nullptr) return core::Unexpected{no_exchange(exchange, vhost)};
  if (found->traits().internal) return core::Unexpected{internal_exchange(exchange, vhost)};
  return {};
}

void BrokerShard::settle(port::ConnectionId, port::Settlement how,
                         std::span<const port::Settled> deliveries, core::Instant now) {
  const auto is_here = [this](const port::Settled& settled) {
    return port::home_of(settled.queue) == self();
  };
  // Nearly always all are of queues with this home; then nothing is copied.
  if (std::all_of(deliveries.begin(), deliveries.end(), is_here)) {
    return queue_desk_->settle(how, deliveries, now);
  }
  std::vector<port::Settled> rest(deliveries.begin(), deliveries.end());
  while (!rest.empty()) {
    const core::ShardId home = port::home_of(rest.front().queue);
    const auto others = std::stable_partition(
        rest.begin(), rest.end(),
        [&](const port::Settled& settled) { return port::home_of(settled.queue) == home; });
    std::vector<port::Settled> together(rest.begin(), others);
    rest.erase(rest.begin(), others);
    if (home == self()) {
      queue_desk_->settle(how, together, now);
    } else {
      send(home, [how, together = std::move(together)](BrokerShard& there) {
        there.queue_desk().settle(how, together, there.now());
      });
    }
  }
}

void BrokerShard::resume(port::ConsumerId consumer, core::Instant now) {
  client_desk_->resume(consumer, now);
}

void BrokerShard::synced(store::LogPoint point) { routing_desk_->synced(point); }

void BrokerShard::moved(store::QueueKey queue, port::QueuePosition position,
                        store::LogPlace place) {
  queue_desk_->moved(queue, position, place);
}

void BrokerShard::trouble(std::string_view act, store::LogPlace where, std::error_code error) {
  if (house_.log_watch != nullptr) house_.log_watch->log_trouble(self(), act, where, error);
}

/// A publisher on any shard may have a queue whose log this is.
void BrokerShard::state_changed(store::LogState state, std::string_view reason) {
  if (house_.log_watch != nullptr) house_.log_watch->log_state(self(), state, reason);
  for (std::uint16_t shard = 0; shard < shards(); ++shard) {
    tell(core::ShardId{shard},
         [from = self(), state, reason = std::string{reason}](BrokerShard& there) {
           there.flow_desk().log_is(from, state, reason);
         });
  }
}

void BrokerShard::apply(const Change& change) {
  const QueueDesk::Busy busy{*queue_desk_};
  clear_up(change);
  topology_->apply(change);
  const auto* added = std::get_if<AddQueue>(&change.what);
  if (added == nullptr || port::home_of(added->queue.id) != self()) return;
  QueueEntry* entry = topology_->queue(added->queue.id);
  if (entry != nullptr) queue_desk_->created(change.vhost, *entry);  // null: its vhost has gone
}

void BrokerShard::clear_up(const Change& change) {
  const auto forget_records = [this](const QueueEntry& queue) {
    const bool here = port::home_of(queue.traits.id) == self();
    if (here) log_.forget(queue.traits.key);  // also what was only paged out
  };
  if (const auto* removed = std::get_if<RemoveQueue>(&change.what); removed != nullptr) {
    const QueueEntry* queue = topology_->queue(removed->id);
    if (queue != nullptr) forget_records(*queue);
  } else if (std::holds_alternative<RemoveVhost>(change.what)) {
    const Vhost& vhost = topology_->vhost(change.vhost);
    queue_desk_->close_all(change.vhost);
    vhost.each_queue(forget_records);
    client_desk_->expel(change.vhost, {320, "vhost '" + vhost.name() + "' is deleted"});
  }
}

std::vector<QueueView> BrokerShard::queues() const { return queue_desk_->queues(); }

std::vector<ConsumerView> BrokerShard::consumers() const { return queue_desk_->consumers(); }

std::size_t BrokerShard::connection_count() const { return client_desk_->connection_count(); }

void BrokerShard::check_invariants() { queue_desk_->check_invariants(); }

std::size_t BrokerShard::queue_count() const { return queue_desk_->queue_count(); }
const Holdings& BrokerShard::held() const { return queue_desk_->held(); }

std::optional<core::Instant> BrokerShard::deadline() const { return queue_desk_->deadline(); }

void BrokerShard::expired(core::Instant now) { queue_desk_->expired(now); }

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
