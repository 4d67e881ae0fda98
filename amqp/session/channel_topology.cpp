// Exchanges and queues: methods of the client become requests to the broker.

#include <initializer_list>
#include <string>
#include <utility>

#include "amqp/session/channel.h"

namespace amqp::session {
namespace {

/// Line ends in names that are declared, bound or deleted are dropped, as other brokers do: they
/// come from files that were read line by line, and nobody could type such a name again.
void drop_line_ends(std::initializer_list<std::string*> names) {
  for (std::string* name : names) {
    std::erase_if(*name, [](char character) { return character == '\r' || character == '\n'; });
  }
}

}  // namespace

Outcome Channel::on(wire::ExchangeDeclare& method) {
  drop_line_ends({&method.exchange});
  if (auto fine = check_names({method.exchange, method.type}, method.id); !fine) return fine;
  return ask({method.id, wire::ExchangeDeclareOk{}, method.no_wait},
             port::DeclareExchange{.name = std::move(method.exchange),
                                   .type = std::move(method.type),
                                   .passive = method.passive,
                                   .durable = method.durable,
                                   .auto_delete = method.auto_delete,
                                   .internal = method.internal,
                                   .arguments = std::move(method.arguments)});
}

Outcome Channel::on(wire::ExchangeDelete& method) {
  drop_line_ends({&method.exchange});
  if (auto fine = check_names({method.exchange}, method.id); !fine) return fine;
  return ask({method.id, wire::ExchangeDeleteOk{}, method.no_wait},
             port::DeleteExchange{std::move(method.exchange), method.if_unused});
}

Outcome Channel::on(wire::ExchangeBind& method) {
  drop_line_ends({&method.destination, &method.source});
  if (auto fine = check_names({method.destination, method.source}, method.id); !fine) return fine;
  return ask({method.id, wire::ExchangeBindOk{}, method.no_wait},
             port::BindExchange{std::move(method.destination), std::move(method.source),
                                std::move(method.routing_key), std::move(method.arguments)});
}

Outcome Channel::on(wire::ExchangeUnbind& method) {
  drop_line_ends({&method.destination, &method.source});
  if (auto fine = check_names({method.destination, method.source}, method.id); !fine) return fine;
  return ask({method.id, wire::ExchangeUnbindOk{}, method.no_wait},
             port::UnbindExchange{std::move(method.destination), std::move(method.source),
                                  std::move(method.routing_key), std::move(method.arguments)});
}

Outcome Channel::on(wire::QueueDeclare& method) {
  drop_line_ends({&method.queue});
  if (auto fine = check_names({method.queue}, method.id); !fine) return fine;
  if (method.queue == port::kDirectReplyTo) {  // which is always there, and nobody's
    if (!method.no_wait) {
      link_.writer.send(id_, wire::QueueDeclareOk{.queue = method.queue, .consumer_count = 1});
    }
    return {};
  }
  return ask({method.id, wire::QueueDeclareOk{}, method.no_wait},
             port::DeclareQueue{.name = std::move(method.queue),
                                .passive = method.passive,
                                .durable = method.durable,
                                .exclusive = method.exclusive,
                                .auto_delete = method.auto_delete,
                                .arguments = std::move(method.arguments)});
}

/// An empty name stands for the queue declared last on this channel (§1.7.2.3).
Outcome Channel::name_queue(std::string& queue, wire::MethodId method) const {
  if (!queue.empty()) return check_names({queue}, method);
  if (last_queue_.empty()) return refuse(wire::kNotFound, "no previously declared queue", method);
  queue = last_queue_;
  return {};
}

Outcome Channel::on(wire::QueueBind& method) {
  drop_line_ends({&method.queue, &method.exchange});
  const bool shorthand = method.queue.empty();
  if (auto named = name_queue(method.queue, method.id); !named) return named;
  if (auto fine = check_names({method.exchange}, method.id); !fine) return fine;
  if (shorthand && method.routing_key.empty()) method.routing_key = method.queue;
  return ask({method.id, wire::QueueBindOk{}, method.no_wait},
             port::BindQueue{std::move(method.queue), std::move(method.exchange),
                             std::move(method.routing_key), std::move(method.arguments)});
}

Outcome Channel::on(wire::QueueUnbind& method) {
  drop_line_ends({&method.queue, &method.exchange});
  const bool shorthand = method.queue.empty();
  if (auto named = name_queue(method.queue, method.id); !named) return named;
  if (auto fine = check_names({method.exchange}, method.id); !fine) return fine;
  if (shorthand && method.routing_key.empty()) method.routing_key = method.queue;
  return ask({method.id, wire::QueueUnbindOk{}},
             port::UnbindQueue{std::move(method.queue), std::move(method.exchange),
                               std::move(method.routing_key), std::move(method.arguments)});
}

Outcome Channel::on(wire::QueuePurge& method) {
  if (auto named = name_queue(method.queue, method.id); !named) return named;
  return ask({method.id, wire::QueuePurgeOk{}, method.no_wait},
             port::PurgeQueue{std::move(method.queue)});
}

Outcome Channel::on(wire::QueueDelete& method) {
  drop_line_ends({&method.queue});
  if (auto named = name_queue(method.queue, method.id); !named) return named;
  return ask({method.id, wire::QueueDeleteOk{}, method.no_wait},
             port::DeleteQueue{std::move(method.queue), method.if_unused, method.if_empty});
}

}  // namespace amqp::session
