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

bool is_of_house(const QueueEntry& queue) {
  return queue.traits.exclusive_owner &&
         queue.traits.exclusive_owner->connection == kHouseConnection;
}
bool is_of_house(const Binding& binding) {
  return binding.queue != nullptr && is_of_house(*binding.queue);
}

void leave_destination(Binding& binding) {
  std::vector<Binding*>& incoming = incoming_of(binding);
  CORE_CHECK(incoming[binding.incoming_index] == &binding);
  incoming[binding.incoming_index] = incoming.back();
  incoming[binding.incoming_index]->incoming_index = binding.incoming_index;
  incoming.pop_back();
}

void predeclare_exchange(Vhost& vhost, std::string name, ExchangeType type) {
  vhost.add_exchange({.name = std::move(name), .type = type, .durable = true, .arguments = {}},
                     true);
}

}  // namespace

Exchange* Vhost::exchange(std::string_view name) { return find_in(exchanges_, name); }
const Exchange* Vhost::exchange(std::string_view name) const { return find_in(exchanges_, name); }
QueueEntry* Vhost::queue(std::string_view name) { return find_in(queues_, name); }
const QueueEntry* Vhost::queue(std::string_view name) const { return find_in(queues_, name); }

Exchange& Vhost::add_exchange(ExchangeTraits traits, bool predeclared) {
  auto exchange = std::make_unique<Exchange>(std::move(traits), predeclared);
  Exchange& added = *exchange;
  if (!predeclared) ++exchange_count_;
  exchanges_.emplace(added.traits().name, std::move(exchange));
  return added;
}

QueueEntry& Vhost::add_queue(QueueTraits traits) {
  auto entry = std::make_unique<QueueEntry>();
  entry->traits = std::move(traits);
  QueueEntry& added = *entry;
  if (!is_of_house(added)) ++queue_count_;
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
  if (!is_of_house(added)) ++binding_count_;
}

void Vhost::remove_binding(const BindingTraits& traits) {
  Exchange* source = exchange(traits.source);
  Binding* binding = source == nullptr ? nullptr : source->find(traits);
  if (binding != nullptr) drop(*binding);
}

void Vhost::drop(Binding& binding) {
  Exchange& source = *binding.source;
  if (!is_of_house(binding)) --binding_count_;
  leave_destination(binding);
  source.remove(binding);
  if (source.outlived()) remove_exchange(source);
}

void Vhost::drop_incoming(std::vector<Binding*>& incoming) {
  while (!incoming.empty()) drop(*incoming.back());
}

void Vhost::remove_queue(QueueEntry& queue) {
  drop_incoming(queue.incoming);
  if (!is_of_house(queue)) --queue_count_;
  queues_.erase(queues_.find(queue.traits.name));
}

void Vhost::remove_exchange(Exchange& exchange) {
  // Out of the table first: an exchange that is bound to itself must not be removed twice.
  auto node = exchanges_.extract(exchanges_.find(exchange.traits().name));
  if (!exchange.predeclared()) --exchange_count_;
  std::vector<Binding*> outgoing;
  exchange.each_binding([&](Binding& binding) { outgoing.push_back(&binding); });
  for (Binding* binding : outgoing) {
    if (!is_of_house(*binding)) --binding_count_;
    leave_destination(*binding);
    exchange.remove(*binding);
  }
  drop_incoming(exchange.incoming);
}

void Vhost::remove_all() {
  gone_ = true;
  queues_.clear();
  exchanges_.clear();
  exchange_count_ = queue_count_ = binding_count_ = 0;
}

Topology::Topology(const BrokerSettings& settings, std::uint16_t shards) {
  add_vhost("/");
  predeclare(settings, shards);
}

Vhost& Topology::add_vhost(std::string name) {
  vhosts_.push_back(std::make_unique<Vhost>(std::move(name)));
  Vhost& added = *vhosts_.back();
  predeclare_exchange(added, "amq.direct", ExchangeType::direct);
  predeclare_exchange(added, "amq.fanout", ExchangeType::fanout);
  predeclare_exchange(added, "amq.topic", ExchangeType::topic);
  predeclare_exchange(added, "amq.headers", ExchangeType::headers);
  predeclare_exchange(added, "amq.match", ExchangeType::headers);
  return added;
}

void Topology::predeclare(const BrokerSettings& settings, std::uint16_t shards) {
  Vhost& root = vhost(kDefaultVhost);
  predeclare_exchange(root, settings.reply_exchange(), ExchangeType::direct);
  predeclare_exchange(root, settings.system_exchange, ExchangeType::topic);

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
    if (vhosts_[i]->name() == name && !vhosts_[i]->gone())
      return VhostId{static_cast<std::uint16_t>(i)};
  }
  return std::nullopt;
}

QueueEntry* Topology::queue(port::QueueId id) {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

const QueueEntry* Topology::queue(port::QueueId id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

void Topology::apply(const Change& change) {
  if (const auto* added = std::get_if<AddVhost>(&change.what); added != nullptr) {
    CORE_CHECK(change.vhost.value() == vhosts_.size());
    add_vhost(added->name);
    return;
  }
  Vhost& changed = vhost(change.vhost);
  if (changed.gone()) return;
  std::visit(
      [&](const auto& what) {
        if constexpr (requires { apply_to(changed, what); }) apply_to(changed, what);
      },
      change.what);
}

void Topology::apply_to(Vhost& vhost, const RemoveVhost&) {
  vhost.each_queue([&](const QueueEntry& entry) { by_id_.erase(entry.traits.id); });
  vhost.remove_all();
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
