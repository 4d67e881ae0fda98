#include "amqp/broker/kept.h"

#include <unordered_map>
#include <unordered_set>

#include "core/base/octets.h"
#include "core/memory/buffer.h"

namespace amqp::broker {
namespace {

/// Follows what goes: bindings, and exchanges that were waiting for their last one.
class Fall {
 public:
  void exchange(const Exchange& exchange) {
    if (!seen_.insert(&exchange).second) return;
    exchanges_.push_back(&exchange);
    for (const Binding* incoming : exchange.incoming) binding(*incoming);
  }
  void binding(const Binding& binding) {
    if (!bindings_.insert(&binding).second) return;
    const Exchange& source = *binding.source;
    if (++gone_[&source] == source.binding_count() && source.traits().auto_delete) {
      exchange(source);
    }
  }
  [[nodiscard]] std::vector<const Exchange*> take() { return std::move(exchanges_); }

 private:
  std::unordered_set<const Exchange*> seen_;
  std::unordered_set<const Binding*> bindings_;
  std::unordered_map<const Exchange*, std::size_t> gone_;  // bindings of that source
  std::vector<const Exchange*> exchanges_;
};

/// Writes down one change.
class Writing {
 public:
  Writing(const Topology& topology, const Vhost& vhost) : topology_(topology), vhost_(vhost) {}

  void operator()(const AddVhost&) {}
  void operator()(const RemoveVhost&) {}

  void operator()(const AddExchange& what) {
    const ExchangeTraits& traits = what.exchange;
    if (!traits.durable) return;
    changes_.push_back(catalog::PutExchange{{vhost_.name(), traits.name,
                                             std::string{name_of(traits.type)}, traits.auto_delete,
                                             traits.internal, encode_arguments(traits.arguments)}});
  }
  void operator()(const RemoveExchange& what) {
    const Exchange* exchange = vhost_.exchange(what.name);
    if (exchange != nullptr) remove(fall_of(*exchange));
  }

  void operator()(const AddQueue& what) {
    const QueueTraits& traits = what.queue;
    if (!traits.kept()) return;
    changes_.push_back(
        catalog::PutQueue{{vhost_.name(), traits.name, traits.key, port::home_of(traits.id).value(),
                           traits.auto_delete, encode_arguments(traits.arguments)}});
  }
  void operator()(const RemoveQueue& what) {
    const QueueEntry* queue = topology_.queue(what.id);
    if (queue == nullptr) return;
    if (queue->traits.kept()) changes_.push_back(catalog::RemoveQueue{queue->traits.key});
    remove(fall_of(*queue));
  }

  void operator()(const AddBinding& what) {
    const BindingTraits& binding = what.binding;
    const Exchange* source = vhost_.exchange(binding.source);
    if (source == nullptr || !source->traits().durable || source->find(binding) != nullptr) return;
    if (!kept_destination(binding)) return;
    changes_.push_back(catalog::PutBinding{row(binding, binding.arguments)});
  }
  void operator()(const RemoveBinding& what) {
    const Exchange* source = vhost_.exchange(what.binding.source);
    const Binding* binding = source == nullptr ? nullptr : source->find(what.binding);
    if (binding == nullptr) return;
    if (source->traits().durable && kept_destination(what.binding)) {
      // The arguments as they were written: equal tables may differ in their octets.
      changes_.push_back(catalog::RemoveBinding{row(what.binding, binding->arguments)});
    }
    remove(fall_of(*binding));
  }

  [[nodiscard]] std::vector<catalog::Change> take() { return std::move(changes_); }

 private:
  [[nodiscard]] bool kept_destination(const BindingTraits& binding) const {
    if (binding.kind == DestinationKind::queue) {
      const QueueEntry* queue = vhost_.queue(binding.destination);
      return queue != nullptr && queue->traits.kept();
    }
    const Exchange* exchange = vhost_.exchange(binding.destination);
    return exchange != nullptr && exchange->traits().durable;
  }
  [[nodiscard]] catalog::Binding row(const BindingTraits& binding,
                                     const wire::FieldTable& arguments) const {
    return {vhost_.name(),       binding.source,      binding.kind == DestinationKind::exchange,
            binding.destination, binding.routing_key, encode_arguments(arguments)};
  }
  void remove(const std::vector<const Exchange*>& exchanges) {
    for (const Exchange* exchange : exchanges) {
      if (!exchange->traits().durable) continue;
      changes_.push_back(catalog::RemoveExchange{vhost_.name(), exchange->traits().name});
    }
  }

  const Topology& topology_;
  const Vhost& vhost_;
  std::vector<catalog::Change> changes_;
};

core::Result<wire::FieldTable, std::string> decode_arguments(const std::string& octets,
                                                             const std::string& of) {
  auto table = wire::decode_table(core::octets_of(octets));
  if (!table) return core::Unexpected{"the arguments of " + of + " are no table"};
  return *std::move(table);
}

}  // namespace

std::vector<catalog::Change> to_write(const Topology& topology, const Change& change) {
  if (std::holds_alternative<AddVhost>(change.what)) return {};
  Writing writing{topology, topology.vhost(change.vhost)};
  std::visit(writing, change.what);
  return writing.take();
}

std::vector<const Exchange*> fall_of(const QueueEntry& queue) {
  Fall fall;
  for (const Binding* binding : queue.incoming) fall.binding(*binding);
  return fall.take();
}

std::vector<const Exchange*> fall_of(const Exchange& exchange) {
  Fall fall;
  fall.exchange(exchange);
  return fall.take();
}

std::vector<const Exchange*> fall_of(const Binding& binding) {
  Fall fall;
  fall.binding(binding);
  return fall.take();
}

std::string encode_arguments(const wire::FieldTable& arguments) {
  core::Buffer octets;
  wire::encode_table(arguments, octets);
  return std::string{core::text_of(octets.octets())};
}

core::Result<ExchangeTraits, std::string> traits_of(const catalog::Exchange& exchange) {
  const auto type = exchange_type(exchange.type);
  if (!type) return core::Unexpected{"exchange '" + exchange.name + "' has no known type"};
  auto arguments = decode_arguments(exchange.arguments, "exchange '" + exchange.name + "'");
  if (!arguments) return core::Unexpected{std::move(arguments).error()};
  return ExchangeTraits{exchange.name,        *type, true, exchange.auto_delete, exchange.internal,
                        *std::move(arguments)};
}

core::Result<QueueTraits, std::string> traits_of(const catalog::Queue& queue) {
  auto arguments = decode_arguments(queue.arguments, "queue '" + queue.name + "'");
  if (!arguments) return core::Unexpected{std::move(arguments).error()};
  return QueueTraits{.key = queue.key,
                     .name = queue.name,
                     .durable = true,
                     .auto_delete = queue.auto_delete,
                     .exclusive_owner = std::nullopt,
                     .arguments = *std::move(arguments)};
}

core::Result<BindingTraits, std::string> traits_of(const catalog::Binding& binding) {
  auto arguments = decode_arguments(binding.arguments, "a binding of '" + binding.source + "'");
  if (!arguments) return core::Unexpected{std::move(arguments).error()};
  return BindingTraits{binding.source,
                       binding.to_exchange ? DestinationKind::exchange : DestinationKind::queue,
                       binding.destination, binding.routing_key, *std::move(arguments)};
}

}  // namespace amqp::broker
