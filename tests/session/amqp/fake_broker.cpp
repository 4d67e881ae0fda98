#include "tests/session/amqp/fake_broker.h"

#include <algorithm>
#include <memory>

namespace amqp::session::testing {
namespace {

std::string_view name_of(port::Settlement how) {
  switch (how) {
    case port::Settlement::acknowledge:
      return "ack";
    case port::Settlement::discard:
      return "discard";
    case port::Settlement::requeue:
      return "requeue";
  }
  return "?";
}

port::Refusal no_queue(const std::string& name) {
  return {404, "no queue '" + name + "' in vhost '/'"};
}

}  // namespace

core::Result<port::ConnectionId, port::Refusal> FakeBroker::connect(port::Client& client,
                                                                    std::string_view,
                                                                    std::string_view vhost) {
  if (vhost != "/") {
    return core::Unexpected{port::Refusal{530, "vhost " + std::string{vhost} + " not found"}};
  }
  const port::ConnectionId id{++last_id_};
  connections_.emplace(id, &client);
  if (flow_ != port::Flow::open) client.publishers(flow_, flow_reason_);
  return id;
}

void FakeBroker::set_flow(port::Flow flow, std::string reason) {
  flow_ = flow;
  flow_reason_ = std::move(reason);
  for (const auto& [id, client] : connections_) client->publishers(flow_, flow_reason_);
}

void FakeBroker::disconnect(port::ConnectionId connection, std::function<void()> forgotten) {
  forget_consumers(connection, std::nullopt);
  connections_.erase(connection);
  if (!forgotten) return;
  if (holds_answers_) {
    held_answers_.push_back(std::move(forgotten));
  } else {
    forgotten();
  }
}

void FakeBroker::close_channel(port::ConnectionId connection, port::ChannelId channel) {
  forget_consumers(connection, channel);
}

void FakeBroker::forget_consumers(port::ConnectionId connection,
                                  std::optional<port::ChannelId> channel) {
  const auto leaves = [&](const auto& consumer) {
    return consumer.connection == connection && (!channel || consumer.channel == *channel);
  };
  std::vector<port::ConsumerId> gone;
  for (const auto& [id, consumer] : consumers_) {
    if (leaves(consumer)) gone.push_back(id);
  }
  for (const port::ConsumerId id : gone) drop_consumer(id);
  std::erase_if(reply_addresses_, [&](const auto& entry) { return leaves(entry.second); });
  std::erase_if(new_consumers_, [&](const auto& entry) { return leaves(entry.second); });
}

port::ConsumerId FakeBroker::new_consumer(port::ConnectionId connection, port::ChannelId channel) {
  const port::ConsumerId id{++last_id_};
  new_consumers_.emplace(id, ReplyAddress{connection, channel, id});
  return id;
}

std::string FakeBroker::open_reply_address(port::ConsumerId consumer) {
  std::string address = std::string{port::kDirectReplyTo} + "." + std::to_string(consumer.value());
  reply_addresses_.emplace(address, new_consumers_.at(consumer));
  return address;
}

void FakeBroker::close_reply_address(port::ConsumerId consumer) {
  std::erase_if(reply_addresses_,
                [&](const auto& entry) { return entry.second.consumer == consumer; });
}

core::Result<void, port::Refusal> FakeBroker::may_publish(port::ConnectionId,
                                                          std::string_view exchange,
                                                          std::string_view) {
  if (std::find(exchanges_.begin(), exchanges_.end(), exchange) != exchanges_.end()) return {};
  return core::Unexpected{
      port::Refusal{404, "no exchange '" + std::string{exchange} + "' in vhost '/'"}};
}

void FakeBroker::request(port::ConnectionId connection, port::ChannelId channel,
                         port::Request request, core::Instant) {
  requests_.push_back(request);
  auto asked = std::make_shared<port::Request>(std::move(request));
  auto act = [this, connection, channel, asked] {
    const auto found = connections_.find(connection);
    if (found == connections_.end()) return;
    found->second->answered(channel, answer_to(connection, channel, *asked));
    if (const auto* consume = std::get_if<port::Consume>(asked.get())) serve(consume->queue);
  };
  if (holds_answers_) {
    held_answers_.push_back(act);
  } else {
    act();
  }
}

port::Answer FakeBroker::answer_to(port::ConnectionId connection, port::ChannelId channel,
                                   port::Request& request) {
  if (const auto* declare = std::get_if<port::DeclareQueue>(&request)) return on(*declare);
  if (const auto* erase = std::get_if<port::DeleteQueue>(&request)) return on(*erase);
  if (const auto* get = std::get_if<port::Get>(&request)) return on(*get);
  if (const auto* purge = std::get_if<port::PurgeQueue>(&request)) {
    const auto found = queues_.find(purge->name);
    if (found == queues_.end()) return no_queue(purge->name);
    const auto count = static_cast<std::uint32_t>(found->second.ready.size());
    found->second.ready.clear();
    return port::MessageCount{count};
  }
  if (const auto* exchange = std::get_if<port::DeclareExchange>(&request)) {
    exchanges_.push_back(exchange->name);
    return port::Done{};
  }
  if (const auto* bind = std::get_if<port::BindQueue>(&request)) {
    if (!queues_.contains(bind->queue)) return no_queue(bind->queue);
    bindings_.push_back({bind->exchange, bind->routing_key, bind->queue});
    return port::Done{};
  }
  if (const auto* consume = std::get_if<port::Consume>(&request)) {
    const auto found = queues_.find(consume->queue);
    if (found == queues_.end()) return no_queue(consume->queue);
    consumers_[consume->consumer] = {connection, channel, consume->queue, consume->prefetch,
                                     consume->no_ack};
    found->second.consumers.push_back(consume->consumer);
    return port::Done{};
  }
  if (const auto* cancel = std::get_if<port::Cancel>(&request)) drop_consumer(cancel->consumer);
  return port::Done{};
}

FakeBroker::Queue& FakeBroker::add_queue(const std::string& name) {
  const auto [place, added] = queues_.try_emplace(name);
  if (added) place->second.id = port::QueueId{++last_id_};
  return place->second;
}

port::Answer FakeBroker::on(const port::DeclareQueue& request) {
  if (request.passive && !queues_.contains(request.name)) return no_queue(request.name);
  const std::string name =
      request.name.empty() ? "amq.gen-" + std::to_string(last_id_ + 1) : request.name;
  const Queue& queue = add_queue(name);
  return port::QueueDeclared{name, static_cast<std::uint32_t>(queue.ready.size()),
                             static_cast<std::uint32_t>(queue.consumers.size())};
}

port::Answer FakeBroker::on(const port::DeleteQueue& request) {
  const auto found = queues_.find(request.name);
  if (found == queues_.end()) return port::MessageCount{};
  const Queue queue = std::move(found->second);
  queues_.erase(found);
  for (const port::ConsumerId id : queue.consumers) {
    const Consumer consumer = consumers_.at(id);
    consumers_.erase(id);
    connections_.at(consumer.connection)->consumer_cancelled(consumer.channel, id);
  }
  return port::MessageCount{static_cast<std::uint32_t>(queue.ready.size())};
}

port::Answer FakeBroker::on(const port::Get& request) {
  const auto found = queues_.find(request.queue);
  if (found == queues_.end()) return no_queue(request.queue);
  Queue& queue = found->second;
  if (queue.ready.empty()) return port::GotNothing{};
  const auto [position, item] = *queue.ready.begin();
  queue.ready.erase(queue.ready.begin());
  if (!request.no_ack) unacked_.emplace(Place{queue.id, position}, item);
  return port::Got{{{}, queue.id, position, item.redelivered, item.message},
                   static_cast<std::uint32_t>(queue.ready.size())};
}

core::Result<port::Routed, port::Refusal> FakeBroker::publish(port::ConnectionId connection,
                                                              port::ChannelId channel,
                                                              port::Publish publish,
                                                              core::Instant) {
  ++publishes_;
  last_traits_ = publish.traits;
  const std::string exchange{publish.exchange};
  const std::string key{publish.routing_key};
  if (std::find(exchanges_.begin(), exchanges_.end(), exchange) == exchanges_.end()) {
    return core::Unexpected{port::Refusal{404, "no exchange '" + exchange + "' in vhost '/'"}};
  }
  if (const auto reply = reply_addresses_.find(key);
      exchange.empty() && reply != reply_addresses_.end()) {
    const ReplyAddress to = reply->second;
    const auto message = port::make_message({.exchange = exchange,
                                             .routing_key = key,
                                             .properties = publish.properties,
                                             .body = publish.body});
    static_cast<void>(
        connections_.at(to.connection)->deliver(to.channel, {to.consumer, {}, {}, false, message}));
    if (publish.confirm_sequence != 0) confirm(connection, channel, publish.confirm_sequence);
    return port::Routed::queued;
  }
  std::vector<std::string> targets;
  if (exchange.empty() && queues_.contains(key)) targets.push_back(key);
  for (const Binding& binding : bindings_) {
    const bool matches = binding.exchange == exchange && binding.key == key;
    if (matches && queues_.contains(binding.queue)) targets.push_back(binding.queue);
  }
  if (targets.empty()) return port::Routed::unroutable;

  const auto message = port::make_message(
      {exchange, key, publish.properties, publish.body, publish.traits, publish.mark});
  for (const std::string& target : targets) {
    queues_.at(target).ready.emplace(port::QueuePosition{++last_id_}, Item{message});
  }
  if (publish.confirm_sequence != 0) confirm(connection, channel, publish.confirm_sequence);
  for (const std::string& target : targets) serve(target);
  return port::Routed::queued;
}

void FakeBroker::confirm(port::ConnectionId connection, port::ChannelId channel,
                         std::uint64_t sequence) {
  held_confirms_.push_back([this, connection, channel, sequence](bool accepted) {
    const auto found = connections_.find(connection);
    if (found != connections_.end()) found->second->confirmed(channel, sequence, accepted);
  });
  if (!holds_confirms_) release_confirms();
}

void FakeBroker::release_answers() {
  holds_answers_ = false;
  while (!held_answers_.empty()) {
    const auto act = std::move(held_answers_.front());
    held_answers_.pop_front();
    act();
  }
}

void FakeBroker::release_confirms(bool accepted) {
  while (!held_confirms_.empty()) {
    const auto act = std::move(held_confirms_.front());
    held_confirms_.pop_front();
    act(accepted);
  }
}

void FakeBroker::release_last_confirm() {
  const auto act = std::move(held_confirms_.back());
  held_confirms_.pop_back();
  act(true);
}

void FakeBroker::settle(port::ConnectionId, port::Settlement how,
                        std::span<const port::Settled> deliveries, core::Instant) {
  settlements_.push_back(std::string{name_of(how)} + " " + std::to_string(deliveries.size()));
  for (const port::Settled& settled : deliveries) {
    const auto found = unacked_.find({settled.queue, settled.position});
    if (found == unacked_.end()) continue;  // the fuzzer deletes queues under deliveries
    if (const auto consumer = consumers_.find(settled.consumer); consumer != consumers_.end()) {
      --consumer->second.outstanding;
    }
    Queue* const queue = by_id(settled.queue);
    if (how == port::Settlement::requeue && queue != nullptr) {
      queue->ready.emplace(settled.position, Item{found->second.message, true});
    }
    unacked_.erase(found);
  }
  std::vector<std::string> names;
  for (const auto& [name, queue] : queues_) names.push_back(name);
  for (const std::string& name : names) serve(name);
}

void FakeBroker::resume(port::ConsumerId consumer, core::Instant) {
  const auto found = consumers_.find(consumer);
  if (found == consumers_.end()) return;
  found->second.blocked = false;
  serve(std::string{found->second.queue});
}

std::size_t FakeBroker::ready(const std::string& queue) const {
  const auto found = queues_.find(queue);
  return found != queues_.end() ? found->second.ready.size() : 0;
}

void FakeBroker::drop_consumer(port::ConsumerId consumer) {
  const auto found = consumers_.find(consumer);
  if (found == consumers_.end()) return;
  if (const auto queue = queues_.find(found->second.queue); queue != queues_.end()) {
    std::erase(queue->second.consumers, consumer);
  }
  consumers_.erase(found);
}

void FakeBroker::serve(const std::string& name) {
  const auto found = queues_.find(name);
  if (found == queues_.end()) return;
  Queue& queue = found->second;
  bool progress = true;
  while (progress && !queue.ready.empty()) {
    progress = false;
    const std::deque<port::ConsumerId> in_turn = queue.consumers;
    for (const port::ConsumerId consumer : in_turn) {
      if (!queue.ready.empty() && offer(queue, consumer)) progress = true;
    }
  }
}

bool FakeBroker::offer(Queue& queue, port::ConsumerId id) {
  Consumer& consumer = consumers_.at(id);
  if (consumer.blocked) return false;
  if (!consumer.no_ack && consumer.prefetch != 0 && consumer.outstanding >= consumer.prefetch) {
    return false;
  }
  const auto [position, item] = *queue.ready.begin();
  queue.ready.erase(queue.ready.begin());
  port::Client& client = *connections_.at(consumer.connection);
  if (!client.deliver(consumer.channel, {id, queue.id, position, item.redelivered, item.message})) {
    queue.ready.emplace(position, item);
    consumer.blocked = true;
    return false;
  }
  if (consumer.no_ack) return true;
  ++consumer.outstanding;
  unacked_.emplace(Place{queue.id, position}, item);
  return true;
}

FakeBroker::Queue* FakeBroker::by_id(port::QueueId id) {
  for (auto& [name, queue] : queues_) {
    if (queue.id == id) return &queue;
  }
  return nullptr;
}

void FakeAuthenticator::check(port::Credentials credentials, std::function<void(bool)> done) {
  answer(credentials.user == "guest" && credentials.password == "guest", std::move(done));
}

void FakeAuthenticator::by_certificate(std::string user, std::function<void(bool)> done) {
  answer(user == "gauge", std::move(done));
}

void FakeAuthenticator::answer(bool accepted, std::function<void(bool)> done) {
  if (holds_) {
    held_.push_back([accepted, done = std::move(done)] { done(accepted); });
  } else {
    done(accepted);
  }
}

void FakeAuthenticator::release() {
  holds_ = false;
  for (const auto& act : std::exchange(held_, {})) act();
}

}  // namespace amqp::session::testing
