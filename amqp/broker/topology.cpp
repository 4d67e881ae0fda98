#include "amqp/broker/topology.h"

#include "core/base/check.h"

namespace amqp::broker {
namespace {

template <typename Map>
auto* find_in(Map& map, std::string_view name) {
  const auto found = map.find(name);
  return found == map.end() ? nullptr : found->second.get();
}

/// The destination's list of the bindings that lead to it.
std::vector<Binding*>& incoming_of(const Binding& binding) {
  return binding.queue != nullptr ? binding.queue->incoming : binding.exchange->incoming;
}

void leave_destination(Binding& binding) {
  std::vector<Binding*>& incoming = incoming_of(binding);
  CORE_CHECK(incoming[binding.incoming_index] == &binding);
  incoming[binding.incoming_index] = incoming.back();
  incoming[binding.incoming_index]->incoming_index = binding.incoming_index;
  incoming.pop_back();
}

}  // namespace

Exchange* Vhost::exchange(std::string_view name) { return find_in(exchanges_, name); }
const Exchange* Vhost::exchange(std::string_view name) const { return find_in(exchanges_, name); }
QueueEntry* Vhost::queue(std::string_view name) { return find_in(queues_, name); }
const QueueEntry* Vhost::queue(std::string_view name) const { return find_in(queues_, name); }

Exchange& Vhost::add_exchange(ExchangeTraits traits, bool predeclared) {
  auto exchange = std::make_unique<Exchange>(std::move(traits), predeclared);
  Exchange& added = *exchange;
  exchanges_.emplace(added.traits().name, std::move(exchange));
  return added;
}

QueueEntry& Vhost::add_queue(QueueTraits traits) {
  auto entry = std::make_unique<QueueEntry>();
  entry->traits = std::move(traits);
  QueueEntry& added = *entry;
  queues_.emplace(added.traits.name, std::move(entry));
  return added;
}

void Vhost::add_binding(const BindingTraits& traits) {
  Exchange* source = exchange(traits.source);
  CORE_CHECK(source != nullptr);
  if (source->find(traits) != nullptr) return;

  auto binding = std::make_unique<Binding>();
  binding->source = source;
  if (traits.kind == DestinationKind::queue) {
    binding->queue = queue(traits.destination);
  } else {
    binding->exchange = exchange(traits.destination);
  }
  CORE_CHECK(binding->queue != nullptr || binding->exchange != nullptr);
  binding->routing_key = traits.routing_key;
  binding->arguments = traits.arguments;

  Binding& added = source->add(std::move(binding));
  std::vector<Binding*>& incoming = incoming_of(added);
  added.incoming_index = incoming.size();
  incoming.push_back(&added);
}

void Vhost::remove_binding(const BindingTraits& traits) {
  Exchange* source = exchange(traits.source);
  Binding* binding = source == nullptr ? nullptr : source->find(traits);
  if (binding != nullptr) drop(*binding);
}

void Vhost::drop(Binding& binding) {
  Exchange& source = *binding.source;
  leave_destination(binding);
  source.remove(binding);
  if (source.outlived()) remove_exchange(source);
}

void Vhost::drop_incoming(std::vector<Binding*>& incoming) {
  while (!incoming.empty()) drop(*incoming.back());
}

void Vhost::remove_queue(QueueEntry& queue) {
  drop_incoming(queue.incoming);
  queues_.erase(queues_.find(queue.traits.name));
}

void Vhost::remove_exchange(Exchange& exchange) {
  // Out of the table first: an exchange that is bound to itself must not be removed twice.
  auto node = exchanges_.extract(exchanges_.find(exchange.traits().name));
  std::vector<Binding*> outgoing;
  exchange.each_binding([&](Binding& binding) { outgoing.push_back(&binding); });
  for (Binding* binding : outgoing) {
    leave_destination(*binding);
    exchange.remove(*binding);
  }
  drop_incoming(exchange.incoming);
}

Topology::Topology(const BrokerSettings& settings, std::uint16_t shards) {
  vhosts_.push_back(std::make_unique<Vhost>("/"));
  predeclare(settings, shards);
}

void Topology::predeclare(const BrokerSettings& settings, std::uint16_t shards) {
  Vhost& root = vhost(kDefaultVhost);
  const auto exchange = [&](std::string name, ExchangeType type) {
    root.add_exchange({.name = std::move(name), .type = type, .durable = true, .arguments = {}},
                      true);
  };
  exchange("amq.direct", ExchangeType::direct);
  exchange("amq.fanout", ExchangeType::fanout);
  exchange("amq.topic", ExchangeType::topic);
  exchange("amq.headers", ExchangeType::headers);
  exchange("amq.match", ExchangeType::headers);
  exchange(settings.reply_exchange(), ExchangeType::direct);
  exchange(settings.system_exchange, ExchangeType::topic);

  for (std::uint16_t shard = 0; shard < shards; ++shard) {
    const core::ShardId home{shard};
    const std::string name = settings.reply_queue(shard);
    QueueEntry& entry = root.add_queue({.id = make_queue_id(home, kReplySerial),
                                        .name = name,
                                        .exclusive_owner = Owner{home, kHouseConnection},
                                        .arguments = {}});
    entry.takes_replies = true;
    by_id_.emplace(entry.traits.id, &entry);
    root.add_binding({settings.reply_exchange(), DestinationKind::queue, name, name, {}});
  }
}

std::optional<VhostId> Topology::find_vhost(std::string_view name) const {
  for (std::size_t i = 0; i < vhosts_.size(); ++i) {
    if (vhosts_[i]->name() == name) return VhostId{static_cast<std::uint16_t>(i)};
  }
  return std::nullopt;
}

QueueEntry* Topology::queue(port::QueueId id) {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

void Topology::apply(const Change& change) {
  Vhost& changed = vhost(change.vhost);
  std::visit([&](const auto& what) { apply_to(changed, what); }, change.what);
}

void Topology::apply_to(Vhost& vhost, const AddExchange& what) {
  CORE_CHECK(vhost.exchange(what.exchange.name) == nullptr);
  vhost.add_exchange(what.exchange, false);
}

void Topology::apply_to(Vhost& vhost, const RemoveExchange& what) {
  Exchange* exchange = vhost.exchange(what.name);
  if (exchange != nullptr) vhost.remove_exchange(*exchange);
}

void Topology::apply_to(Vhost& vhost, const AddQueue& what) {
  CORE_CHECK(vhost.queue(what.queue.name) == nullptr);
  QueueEntry& entry = vhost.add_queue(what.queue);
  by_id_.emplace(entry.traits.id, &entry);
}

void Topology::apply_to(Vhost& vhost, const RemoveQueue& what) {
  QueueEntry* entry = queue(what.id);
  if (entry == nullptr) return;
  by_id_.erase(what.id);
  vhost.remove_queue(*entry);
}

void Topology::apply_to(Vhost& vhost, const AddBinding& what) { vhost.add_binding(what.binding); }

void Topology::apply_to(Vhost& vhost, const RemoveBinding& what) {
  vhost.remove_binding(what.binding);
}

}  // namespace amqp::broker
