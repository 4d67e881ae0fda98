#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "amqp/wire/properties.h"
#include "core/memory/buffer.h"
#include "tests/sim/broker_world.h"

namespace amqp::broker {

/// A table of arguments: arguments({{"x-max-length", 1}, {"x-overflow", "reject-publish"}}).
struct Argument {
  Argument(std::string key, int number) : name(std::move(key)) {
    value = wire::FieldValue::int32(number);
  }
  Argument(std::string key, const char* text) : name(std::move(key)) {
    value = wire::FieldValue::long_string(text);
  }
  std::string name;
  wire::FieldValue value;
};
inline wire::FieldTable arguments(const std::vector<Argument>& all) {
  wire::FieldTable table;
  for (const Argument& one : all) table.set(one.name, one.value);
  return table;
}

/// A connection's session, reduced to what it was told.
class FakeClient final : public port::Client {
 public:
  FakeClient(sim::BrokerWorld& world, unsigned shard, std::string_view vhost = "/",
             std::string_view user = "guest")
      : world_(world), broker_(world.broker(shard)) {
    auto connection = broker_.connect(*this, user, vhost);
    id_ = *connection;
  }
  FakeClient(const FakeClient&) = delete;
  FakeClient& operator=(const FakeClient&) = delete;
  ~FakeClient() override { leave(); }

  void answered(port::ChannelId, port::Answer answer) override {
    answers.push_back(std::move(answer));
  }
  bool deliver(port::ChannelId, const port::Delivery& delivery) override {
    if (deliveries.size() >= take_max) return false;
    deliveries.push_back(delivery);
    return true;
  }
  void consumer_cancelled(port::ChannelId, port::ConsumerId consumer) override {
    cancelled.push_back(consumer);
  }
  void confirmed(port::ChannelId, std::uint64_t sequence, bool accepted) override {
    (accepted ? confirms : nacks).push_back(sequence);
  }
  void publishers(port::Flow now_flow, std::string_view) override { flow = now_flow; }
  void expelled(const port::Refusal& why, core::Instant) override { expelled_with.push_back(why); }
  void channel_failed(port::ChannelId, const port::Refusal& refusal) override {
    failures.push_back(refusal);
  }

  /// Asks and waits: gives the answer once all letters have arrived.
  port::Answer ask(port::Request request) {
    start(std::move(request));
    world_.office().run();
    EXPECT_EQ(answers.size(), 1U) << "exactly one answer";
    if (answers.empty()) return port::Refusal{0, "no answer"};
    port::Answer answer = std::move(answers.back());
    answers.clear();
    return answer;
  }
  /// Asks and does not wait.
  void start(port::Request request) {
    broker_.request(id_, kChannel, std::move(request), world_.now());
  }
  /// Asks for something that is granted.
  void must(port::Request request) {
    const port::Answer answer = ask(std::move(request));
    const auto* refusal = std::get_if<port::Refusal>(&answer);
    EXPECT_EQ(refusal, nullptr) << refusal->text;
  }
  /// The text of the refusal of something that is not: "404 no queue 'q' …".
  std::string refusal(port::Request request) {
    const port::Answer answer = ask(std::move(request));
    const auto* refused = std::get_if<port::Refusal>(&answer);
    return refused == nullptr ? "granted" : std::to_string(refused->code) + " " + refused->text;
  }
  std::string declare_queue(std::string name, bool exclusive = false, bool auto_delete = false) {
    const port::Answer answer = ask(port::DeclareQueue{.name = std::move(name),
                                                       .exclusive = exclusive,
                                                       .auto_delete = auto_delete,
                                                       .arguments = {}});
    const auto* declared = std::get_if<port::QueueDeclared>(&answer);
    return declared == nullptr ? "refused" : declared->name;
  }
  /// Ready messages and consumers as a passive declaration tells them; {-1, -1} when refused.
  std::pair<int, int> counts(std::string name) {
    const port::Answer answer =
        ask(port::DeclareQueue{.name = std::move(name), .passive = true, .arguments = {}});
    const auto* declared = std::get_if<port::QueueDeclared>(&answer);
    if (declared == nullptr) return {-1, -1};
    return {static_cast<int>(declared->messages), static_cast<int>(declared->consumers)};
  }
  void bind(std::string queue, std::string exchange, std::string key,
            wire::FieldTable arguments = {}) {
    must(port::BindQueue{std::move(queue), std::move(exchange), std::move(key),
                         std::move(arguments)});
  }
  void declare_exchange(std::string name, std::string type) {
    must(port::DeclareExchange{.name = std::move(name), .type = std::move(type), .arguments = {}});
  }
  port::ConsumerId start_consuming(std::string queue, std::uint16_t prefetch = 0,
                                   bool no_ack = false) {
    const port::ConsumerId consumer = broker_.new_consumer(id_, kChannel);
    start(port::Consume{.queue = std::move(queue),
                        .consumer = consumer,
                        .tag = "tag",
                        .prefetch = prefetch,
                        .no_ack = no_ack,
                        .arguments = {}});
    return consumer;
  }
  port::ConsumerId consume(std::string queue, std::uint16_t prefetch = 0, bool no_ack = false) {
    const port::ConsumerId consumer = start_consuming(std::move(queue), prefetch, no_ack);
    world_.office().run();
    EXPECT_EQ(answers.size(), 1U);
    EXPECT_TRUE(!answers.empty() && std::holds_alternative<port::Done>(answers.back()));
    answers.clear();
    return consumer;
  }

  /// Consumes direct replies; the address for them.
  std::pair<port::ConsumerId, std::string> open_replies() {
    const port::ConsumerId consumer = broker_.new_consumer(id_, kChannel);
    return {consumer, broker_.open_reply_address(consumer)};
  }

  /// Publishes and does not wait; "queued", "unroutable", or the refusal.
  std::string send(std::string_view exchange, std::string_view key, std::string_view body,
                   std::uint64_t confirm = 0, core::SharedBytes properties = no_properties(),
                   core::StageMark mark = {}) {
    auto routed =
        broker_.publish(id_, kChannel,
                        {.exchange = exchange,
                         .routing_key = key,
                         .properties = properties,
                         .body = core::octets_of(body),
                         .confirm_sequence = confirm,
                         .mark = mark},
                        world_.now());
    if (!routed) return std::to_string(routed.error().code) + " " + routed.error().text;
    return *routed == port::Routed::queued ? "queued" : "unroutable";
  }
  std::string publish(std::string_view exchange, std::string_view key, std::string_view body,
                      std::uint64_t confirm = 0) {
    std::string outcome = send(exchange, key, body, confirm);
    world_.office().run();
    return outcome;
  }
  /// Publishes with these properties, and what a session makes of them; waits.
  std::string publish_with(std::string_view exchange, std::string_view key, std::string_view body,
                           const wire::Properties& properties, std::uint64_t confirm = 0) {
    port::MessageTraits traits{.persistent = properties.delivery_mode == 2,
                               .priority = properties.priority.value_or(0),
                               .ttl = std::nullopt};
    if (properties.expiration) {
      traits.ttl = std::chrono::milliseconds{std::stoll(*properties.expiration)};
    }
    const core::SharedBytes octets = properties_of(properties);
    auto routed = broker_.publish(id_, kChannel,
                                  {.exchange = exchange,
                                   .routing_key = key,
                                   .properties = octets,
                                   .body = core::octets_of(body),
                                   .traits = traits,
                                   .confirm_sequence = confirm},
                                  world_.now());
    world_.office().run();
    if (!routed) return std::to_string(routed.error().code) + " " + routed.error().text;
    return *routed == port::Routed::queued ? "queued" : "unroutable";
  }
  void declare_with(std::string name, wire::FieldTable arguments, bool durable = false) {
    must(port::DeclareQueue{
        .name = std::move(name), .durable = durable, .arguments = std::move(arguments)});
  }
  /// The message that a get with no_ack gives; empty when there is none.
  std::optional<port::Delivery> get(std::string queue) {
    port::Answer answer = ask(port::Get{.queue = std::move(queue), .no_ack = true});
    auto* got = std::get_if<port::Got>(&answer);
    if (got == nullptr) return std::nullopt;
    return std::move(got->delivery);
  }
  /// The body of that message, or "nothing".
  std::string got(std::string queue) {
    const auto delivery = get(std::move(queue));
    return delivery ? std::string{delivery->message->body.text()} : "nothing";
  }
  static core::SharedBytes properties_of(const wire::Properties& properties) {
    core::Buffer octets;
    wire::encode_properties(properties, octets);
    return octets.freeze();
  }
  static core::SharedBytes no_properties() { return properties_of({}); }

  void settle(port::Settlement how, const std::vector<port::Delivery>& which) {
    std::vector<port::Settled> settled;
    for (const port::Delivery& delivery : which) {
      settled.push_back({delivery.queue, delivery.position, delivery.consumer});
    }
    broker_.settle(id_, how, std::move(settled), world_.now());
    world_.office().run();
  }
  void resume(port::ConsumerId consumer) {
    broker_.resume(consumer, world_.now());
    world_.office().run();
  }
  [[nodiscard]] port::ConnectionId id() const { return id_; }
  void leave() {
    if (id_ == port::ConnectionId{}) return;
    broker_.disconnect(std::exchange(id_, {}));
  }
  void leave(std::function<void()> gone) {
    broker_.disconnect(std::exchange(id_, {}), std::move(gone));
  }
  void close_channel() { broker_.close_channel(id_, kChannel); }

  /// The bodies that were delivered, in order; a `!` before one says redelivered.
  std::vector<std::string> bodies() const {
    std::vector<std::string> all;
    for (const port::Delivery& delivery : deliveries) {
      all.push_back((delivery.redelivered ? "!" : "") + std::string{delivery.message->body.text()});
    }
    return all;
  }

  static constexpr port::ChannelId kChannel{1};
  std::vector<port::Answer> answers;
  std::vector<port::Delivery> deliveries;
  std::vector<port::ConsumerId> cancelled;
  std::vector<std::uint64_t> confirms;
  port::Flow flow = port::Flow::open;
  std::vector<port::Refusal> expelled_with;
  std::vector<std::uint64_t> nacks;
  std::vector<port::Refusal> failures;
  std::size_t take_max = SIZE_MAX;  // turns down what would be more

 private:
  sim::BrokerWorld& world_;
  BrokerShard& broker_;
  port::ConnectionId id_;
};

}  // namespace amqp::broker
