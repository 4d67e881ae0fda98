#include "amqp/broker/limits.h"

#include <string>
#include <variant>

namespace amqp::broker {
namespace {

port::Refusal reached(std::string_view what, std::string_view name, std::string_view kind,
                      const Vhost& vhost, std::size_t limit) {
  return {406, "cannot " + std::string{what} + " '" + std::string{name} +
                   "': " + std::string{kind} + " limit in vhost '" + vhost.name() + "' (" +
                   std::to_string(limit) + ") is reached"};
}

bool is_new(Vhost& vhost, const BindingTraits& binding) {
  Exchange* const source = vhost.exchange(binding.source);
  return source != nullptr && source->find(binding) == nullptr;
}

}  // namespace

port::Refusal consumer_limit(std::string_view queue, std::string_view vhost, std::size_t limit) {
  return {406, "cannot consume from queue '" + std::string{queue} + "' in vhost '" +
                   std::string{vhost} + "': consumer limit of a queue (" + std::to_string(limit) +
                   ") is reached"};
}

std::optional<port::Refusal> beyond_limits(const BrokerLimits& limits, Topology& topology,
                                           const Change& change) {
  Vhost& vhost = topology.vhost(change.vhost);
  if (const auto* queue = std::get_if<AddQueue>(&change.what)) {
    if (vhost.queue_count() < limits.queues_max) return std::nullopt;
    return reached("declare queue", queue->queue.name, "queue", vhost, limits.queues_max);
  }
  if (const auto* exchange = std::get_if<AddExchange>(&change.what)) {
    if (vhost.exchange_count() < limits.exchanges_max) return std::nullopt;
    return reached("declare exchange", exchange->exchange.name, "exchange", vhost,
                   limits.exchanges_max);
  }
  if (const auto* binding = std::get_if<AddBinding>(&change.what)) {
    if (vhost.binding_count() < limits.bindings_max || !is_new(vhost, binding->binding)) {
      return std::nullopt;
    }
    return reached("bind exchange", binding->binding.source, "binding", vhost, limits.bindings_max);
  }
  return std::nullopt;
}

}  // namespace amqp::broker
