#include "amqp/broker/router.h"

namespace amqp::broker {
namespace {

Exchange* alternate_of(Vhost& vhost, const Exchange& exchange) {
  if (exchange.traits().arguments.empty()) return nullptr;
  const wire::FieldValue* name = exchange.traits().arguments.find("alternate-exchange");
  return name == nullptr || name->text() == nullptr ? nullptr : vhost.exchange(*name->text());
}

}  // namespace

void Router::visit(Exchange& exchange) {
  if (exchange.routed == route_) return;
  exchange.routed = route_;
  to_walk_.push_back(&exchange);
}

void Router::route(Vhost& vhost, Exchange& exchange, std::span<const std::string_view> routing_keys,
                   core::Octets properties, std::vector<QueueEntry*>& out) {
  ++route_;
  to_walk_.clear();
  LazyHeaders headers{properties};
  visit(exchange);
  for (std::size_t next = 0; next < to_walk_.size(); ++next) {
    Exchange& walked = *to_walk_[next];
    bool matched = false;
    const auto take = [&](Binding& binding) {
      matched = true;
      if (binding.exchange != nullptr) {
        visit(*binding.exchange);
      } else if (binding.queue->routed != route_) {
        binding.queue->routed = route_;
        out.push_back(binding.queue);
      }
    };
    for (const std::string_view key : routing_keys) walked.match(key, headers, take);
    if (matched) continue;
    if (Exchange* alternate = alternate_of(vhost, walked); alternate != nullptr) visit(*alternate);
  }
}

}  // namespace amqp::broker
