#include "amqp/broker/rules.h"

#include "amqp/broker/equivalence.h"
#include "amqp/broker/queue_policy.h"
#include "amqp/broker/refusals.h"

namespace amqp::broker {
namespace {

constexpr std::string_view kReservedPrefix = "amq.";

core::Unexpected<port::Refusal> refuse(port::Refusal refusal) {
  return core::Unexpected<port::Refusal>{std::move(refusal)};
}

Judgement nothing() { return std::optional<Change>{}; }

template <typename What>
Judgement change(VhostId vhost, What what) {
  return std::optional<Change>{Change{vhost, std::move(what)}};
}

/// RabbitMQ 4 answers 406 where 3 closed the connection with 503.
port::Refusal unknown_type(std::string_view type) {
  return {406, "unknown exchange type '" + std::string{type} + "'"};
}

port::Refusal bad_match() {
  return {406, "x-match must be one of all, any, all-with-x and any-with-x"};
}

bool argument_is_no_name(const wire::FieldTable& arguments, std::string_view name) {
  const wire::FieldValue* value = arguments.find(name);
  return value != nullptr && value->text() == nullptr;
}

/// Both ends of a binding, judged; `lenient` for unbinding, which is content when one is missing.
template <typename Destination>
Judgement judge_binding(const Topology& topology, VhostId vhost_id, BindingTraits traits, bool add,
                        const Destination* destination) {
  const Vhost& vhost = topology.vhost(vhost_id);
  const Exchange* source = vhost.exchange(traits.source);
  if (!add) {
    if (source == nullptr || destination == nullptr) return nothing();
    return change(vhost_id, RemoveBinding{std::move(traits)});
  }
  if (destination == nullptr) {
    return refuse(traits.kind == DestinationKind::queue ? no_queue(traits.destination, vhost)
                                                        : no_exchange(traits.destination, vhost));
  }
  if (source == nullptr) return refuse(no_exchange(traits.source, vhost));
  if (source->traits().type == ExchangeType::headers && !HeadersMatch::from(traits.arguments)) {
    return refuse(bad_match());
  }
  return change(vhost_id, AddBinding{std::move(traits)});
}

template <typename Request>
Judgement judge_exchange_binding(const Topology& topology, VhostId vhost, const Request& request,
                                 bool add) {
  if (request.source.empty() || request.destination.empty()) return refuse(default_exchange());
  return judge_binding(topology, vhost,
                       BindingTraits{request.source, DestinationKind::exchange, request.destination,
                                     request.routing_key, request.arguments},
                       add, topology.vhost(vhost).exchange(request.destination));
}

template <typename Request>
Judgement judge_queue_binding(const Topology& topology, VhostId vhost_id, const Owner& asker,
                              const Request& request, bool add) {
  if (request.exchange.empty()) return refuse(default_exchange());
  const Vhost& vhost = topology.vhost(vhost_id);
  const QueueEntry* queue = vhost.queue(request.queue);
  if (queue != nullptr) {
    if (auto refusal = locked_to_others(*queue, vhost, asker)) return refuse(std::move(*refusal));
  }
  return judge_binding(topology, vhost_id,
                       BindingTraits{request.exchange, DestinationKind::queue, request.queue,
                                     request.routing_key, request.arguments},
                       add, queue);
}

}  // namespace

std::optional<port::Refusal> locked_to_others(const QueueEntry& queue, const Vhost& vhost,
                                              const Owner& asker) {
  if (!queue.traits.exclusive_owner || *queue.traits.exclusive_owner == asker) return std::nullopt;
  return locked(queue.traits.name, vhost);
}

Judgement judge(const Topology& topology, VhostId vhost_id, const Owner&,
                const port::DeclareExchange& request) {
  const Vhost& vhost = topology.vhost(vhost_id);
  if (request.name.empty()) return refuse(default_exchange());
  const Exchange* existing = vhost.exchange(request.name);
  if (request.passive) {
    return existing != nullptr ? nothing() : Judgement{refuse(no_exchange(request.name, vhost))};
  }
  const auto type = exchange_type(request.type);
  if (!type) return refuse(unknown_type(request.type));
  if (existing != nullptr) {
    if (auto refusal = difference(request, existing->traits(), vhost)) {
      return refuse(std::move(*refusal));
    }
    return nothing();
  }
  if (request.name.starts_with(kReservedPrefix)) {
    return refuse(reserved_name("exchange", request.name));
  }
  if (argument_is_no_name(request.arguments, "alternate-exchange")) {
    return refuse({406, "invalid arg 'alternate-exchange' for exchange '" + request.name +
                            "' in vhost '" + vhost.name() + "': not a string"});
  }
  return change(vhost_id, AddExchange{{request.name, *type, request.durable, request.auto_delete,
                                       request.internal, request.arguments}});
}

Judgement judge(const Topology& topology, VhostId vhost_id, const Owner&,
                const port::DeleteExchange& request) {
  const Vhost& vhost = topology.vhost(vhost_id);
  if (request.name.empty()) return refuse(default_exchange());
  if (request.name.starts_with(kReservedPrefix)) {
    return refuse(system_exchange(request.name, vhost));
  }
  const Exchange* existing = vhost.exchange(request.name);
  if (existing == nullptr) return nothing();  // deletion is idempotent, as RabbitMQ has it
  if (existing->predeclared()) return refuse(house_exchange(request.name, vhost));
  if (request.if_unused && existing->binding_count() > 0) {
    return refuse(still("exchange", request.name, vhost.name(), "in use"));
  }
  return change(vhost_id, RemoveExchange{request.name});
}

Judgement judge(const Topology& topology, VhostId vhost, const Owner&,
                const port::BindExchange& request) {
  return judge_exchange_binding(topology, vhost, request, true);
}

Judgement judge(const Topology& topology, VhostId vhost, const Owner&,
                const port::UnbindExchange& request) {
  return judge_exchange_binding(topology, vhost, request, false);
}

Judgement judge(const Topology& topology, VhostId vhost_id, const Owner& asker,
                const port::DeclareQueue& request) {
  const Vhost& vhost = topology.vhost(vhost_id);
  const QueueEntry* existing = request.name.empty() ? nullptr : vhost.queue(request.name);
  if (existing != nullptr) {
    if (auto refusal = locked_to_others(*existing, vhost, asker)) {
      return refuse(std::move(*refusal));
    }
  }
  if (request.passive) {
    return existing != nullptr ? nothing() : Judgement{refuse(no_queue(request.name, vhost))};
  }
  if (existing != nullptr) {
    if (auto refusal = difference(request, existing->traits, vhost)) {
      return refuse(std::move(*refusal));
    }
    return nothing();
  }
  if (request.name.starts_with(kReservedPrefix)) {
    return refuse(reserved_name("queue", request.name));
  }
  if (auto refusal = judge_arguments(request, vhost)) return refuse(std::move(*refusal));
  QueueTraits traits{.id = port::QueueId{},
                     .name = request.name,
                     .durable = request.durable,
                     .auto_delete = request.auto_delete,
                     .exclusive_owner = std::nullopt,
                     .arguments = request.arguments};
  if (request.exclusive) traits.exclusive_owner = asker;
  return change(vhost_id, AddQueue{std::move(traits)});
}

Judgement judge(const Topology& topology, VhostId vhost, const Owner& asker,
                const port::BindQueue& request) {
  return judge_queue_binding(topology, vhost, asker, request, true);
}

Judgement judge(const Topology& topology, VhostId vhost, const Owner& asker,
                const port::UnbindQueue& request) {
  return judge_queue_binding(topology, vhost, asker, request, false);
}

}  // namespace amqp::broker
