#include "amqp/broker/exchange.h"

#include <algorithm>

#include "amqp/wire/properties.h"
#include "core/base/check.h"

namespace amqp::broker {
namespace {

std::size_t hash_of(DestinationKind kind, std::string_view destination, std::string_view key) {
  const TextHash hash;
  return (hash(destination) * 31 + hash(key)) * 2 + (kind == DestinationKind::queue ? 1 : 0);
}

DestinationKind kind_of(const Binding& binding) {
  return binding.queue != nullptr ? DestinationKind::queue : DestinationKind::exchange;
}

std::string_view destination_of(const Binding& binding) {
  return binding.queue != nullptr ? binding.queue->traits.name : binding.exchange->traits().name;
}

std::size_t hash_of(const Binding& binding) {
  return hash_of(kind_of(binding), destination_of(binding), binding.routing_key);
}

void erase(std::vector<Binding*>& bindings, const Binding& binding) {
  const auto found = std::find(bindings.begin(), bindings.end(), &binding);
  CORE_CHECK(found != bindings.end());
  bindings.erase(found);
}

}  // namespace

std::optional<ExchangeType> exchange_type(std::string_view name) {
  if (name == "direct") return ExchangeType::direct;
  if (name == "fanout") return ExchangeType::fanout;
  if (name == "topic") return ExchangeType::topic;
  if (name == "headers") return ExchangeType::headers;
  return std::nullopt;
}

std::string_view name_of(ExchangeType type) {
  switch (type) {
    case ExchangeType::direct:
      return "direct";
    case ExchangeType::fanout:
      return "fanout";
    case ExchangeType::topic:
      return "topic";
    case ExchangeType::headers:
      return "headers";
  }
  return "";
}

const wire::FieldTable& LazyHeaders::get() {
  if (decoded_) return headers_;
  decoded_ = true;
  // The session has decoded the properties before, so a failure here means no headers at most.
  auto properties = wire::view_properties(properties_);
  if (properties && properties->headers) {
    auto table = wire::decode_table(properties->headers->octets);
    if (table) headers_ = std::move(*table);
  }
  return headers_;
}

Binding* Exchange::find(const BindingTraits& wanted) const {
  const auto [begin, end] =
      bindings_.equal_range(hash_of(wanted.kind, wanted.destination, wanted.routing_key));
  for (auto it = begin; it != end; ++it) {
    Binding& binding = *it->second;
    if (kind_of(binding) == wanted.kind && destination_of(binding) == wanted.destination &&
        binding.routing_key == wanted.routing_key && binding.arguments == wanted.arguments) {
      return &binding;
    }
  }
  return nullptr;
}

Binding& Exchange::add(std::unique_ptr<Binding> binding) {
  Binding& added = *binding;
  bindings_.emplace(hash_of(added), std::move(binding));
  was_bound_ = true;
  index(added);
  return added;
}

void Exchange::remove(Binding& binding) {
  unindex(binding);
  const auto [begin, end] = bindings_.equal_range(hash_of(binding));
  const auto found =
      std::find_if(begin, end, [&](const auto& held) { return held.second.get() == &binding; });
  CORE_CHECK(found != end);
  bindings_.erase(found);
}

void Exchange::index(Binding& binding) {
  switch (traits_.type) {
    case ExchangeType::direct:
      by_key_[binding.routing_key].push_back(&binding);
      return;
    case ExchangeType::topic:
      by_words_.add(binding.routing_key, binding);
      return;
    case ExchangeType::fanout:
      in_a_row_.push_back(&binding);
      return;
    case ExchangeType::headers:
      binding.headers = HeadersMatch::from(binding.arguments).value_or(HeadersMatch{});
      in_a_row_.push_back(&binding);
      return;
  }
}

void Exchange::unindex(Binding& binding) {
  switch (traits_.type) {
    case ExchangeType::direct: {
      const auto found = by_key_.find(binding.routing_key);
      CORE_CHECK(found != by_key_.end());
      erase(found->second, binding);
      if (found->second.empty()) by_key_.erase(found);
      return;
    }
    case ExchangeType::topic:
      by_words_.remove(binding.routing_key, binding);
      return;
    case ExchangeType::fanout:
    case ExchangeType::headers:
      erase(in_a_row_, binding);
      return;
  }
}

}  // namespace amqp::broker
