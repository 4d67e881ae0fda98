#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "amqp/wire/properties.h"
#include "core/memory/buffer.h"
#include "tests/sim/broker_world.h"

namespace amqp::broker {

/// A connection's session, reduced to what it was told.
class FakeClient final : public port::Client {
 public:
  FakeClient(sim::BrokerWorld& world, unsigned shard)
      : world_(world), broker_(world.broker(shard)) {
    auto connection = broker_.connect(*this, "guest", "/");
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
    EXPECT_TRUE(accepted);
    confirms.push_back(sequence);
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
  std::size_t take_max = SIZE_MAX;  // turns down what would be more

 private:
  sim::BrokerWorld& world_;
  BrokerShard& broker_;
  port::ConnectionId id_;
};

}  // namespace amqp::broker
