#include "amqp/broker/embedded_port.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "tests/unit/amqp/broker/fake_client.h"

namespace amqp::broker {
namespace {

using testing::ElementsAre;

/// The gateway of one shard, reduced to what it was told.
class FakeGateway final : public port::PortClient {
 public:
  FakeGateway(sim::BrokerWorld& world, unsigned shard) : port(world.broker(shard), *this) {}

  void published(std::uint64_t token, port::PublishOutcome outcome, core::Instant) override {
    events.push_back(std::to_string(token) + " " + name(outcome));
  }
  void replied(const port::Reply& reply, core::Instant) override {
    events.push_back(std::string{reply.correlation_id} + ": " + std::string{reply.body.text()});
  }
  static std::string name(port::PublishOutcome outcome) {
    switch (outcome) {
      case port::PublishOutcome::routed:
        return "routed";
      case port::PublishOutcome::unroutable:
        return "unroutable";
      case port::PublishOutcome::no_exchange:
        return "no exchange";
      case port::PublishOutcome::away:
        return "away";
    }
    return "?";
  }
  void request(std::string_view exchange, std::string_view key, std::uint64_t token,
               std::string correlation_id, core::Instant now) {
    port::Outgoing outgoing{
        exchange, key, {}, core::SharedBytes::copy_of(core::octets_of("ask")), {}};
    outgoing.properties.correlation_id = std::move(correlation_id);
    outgoing.properties.reply_to = port.reply_address().routing_key;
    port.publish(outgoing, token, now);
  }

  EmbeddedPort port;
  std::vector<std::string> events;
};

/// Answers a delivery as a service does: to the reply exchange, by reply_to and correlation id.
void reply(FakeClient& service, const port::Delivery& delivery, std::string_view body) {
  const auto request = wire::decode_properties(delivery.message->properties.octets());
  ASSERT_TRUE(request);
  wire::Properties properties;
  properties.correlation_id = request->correlation_id;
  EXPECT_EQ(service.send("vcd.replyExchange", *request->reply_to, body, 0,
                         FakeClient::properties_of(properties)),
            "queued");
}

TEST(EmbeddedPort, ReplyComesBackToTheShardThatAsked) {
  for (const std::uint16_t shards : std::array<std::uint16_t, 3>{1, 2, 4}) {
    SCOPED_TRACE(shards);
    sim::BrokerWorld world{shards};
    std::vector<std::unique_ptr<FakeGateway>> gateways;
    for (unsigned i = 0; i < shards; ++i) {
      gateways.push_back(std::make_unique<FakeGateway>(world, i));
    }
    FakeClient service{world, shards / 2U};
    service.declare_exchange("ext", "direct");
    service.declare_queue("work");
    service.bind("work", "ext", "key");
    service.consume("work");
    for (unsigned i = 0; i < shards; ++i) {
      gateways[i]->request("ext", "key", 100 + i, "id" + std::to_string(i), world.now());
    }
    world.office().run();
    ASSERT_EQ(service.deliveries.size(), shards);
    for (const auto& delivery : service.deliveries) reply(service, delivery, "done");
    world.office().run();
    for (unsigned i = 0; i < shards; ++i) {
      EXPECT_THAT(gateways[i]->events, ElementsAre(std::to_string(100 + i) + " routed",
                                                   "id" + std::to_string(i) + ": done"));
    }
  }
}

TEST(EmbeddedPort, TellsWhatBecameOfAPublish) {
  sim::BrokerWorld world{1};
  FakeGateway gateway{world, 0};
  gateway.request("ext", "key", 1, "id", world.now());
  gateway.request("systemExchange", "key", 2, "id", world.now());
  FakeClient service{world, 0};
  service.declare_queue("work");
  service.bind("work", "systemExchange", "#");
  gateway.request("systemExchange", "key", 3, "id", world.now());
  EXPECT_THAT(gateway.events, ElementsAre("1 no exchange", "2 unroutable", "3 routed"));
}

/// A service in the same process that replies within the delivery.
class QuickService final : public port::Client {
 public:
  explicit QuickService(sim::BrokerWorld& world) : world_(world) {
    id = *world.broker(0).connect(*this, "guest", "/");
  }
  void answered(port::ChannelId, port::Answer) override {}
  bool deliver(port::ChannelId channel, const port::Delivery& delivery) override {
    EXPECT_TRUE(world_.broker(0).publish(
        id, channel,
        {.exchange = "",
         .routing_key = "vcd.replyQueue.cell",
         .properties = delivery.message->properties,
         .body = delivery.message->body},
        world_.now()));
    return true;
  }
  void consumer_cancelled(port::ChannelId, port::ConsumerId) override {}
  void confirmed(port::ChannelId, std::uint64_t, bool) override {}
  port::ConnectionId id;

 private:
  sim::BrokerWorld& world_;
};

TEST(EmbeddedPort, TellsOfThePublishBeforeItsReply) {
  sim::BrokerWorld world{1};
  FakeGateway gateway{world, 0};
  QuickService service{world};
  constexpr port::ChannelId kChannel{1};
  world.broker(0).request(service.id, kChannel, port::DeclareQueue{.name = "q", .arguments = {}},
                          world.now());
  world.broker(0).request(
      service.id, kChannel,
      port::Consume{.queue = "q",
                    .consumer = world.broker(0).new_consumer(service.id, kChannel),
                    .tag = "",
                    .arguments = {}},
      world.now());
  gateway.request("", "q", 1, "id", world.now());
  EXPECT_THAT(gateway.events, ElementsAre("1 routed", "id: ask"));
  world.broker(0).disconnect(service.id);
}

TEST(EmbeddedPort, ReplyQueueIsNobodysToUse) {
  sim::BrokerWorld world{1};
  FakeGateway gateway{world, 0};
  FakeClient client{world, 0};
  const std::string queue = gateway.port.reply_address().routing_key;
  EXPECT_EQ(queue, "vcd.replyQueue.cell");
  EXPECT_EQ(gateway.port.reply_address().exchange, "vcd.replyExchange");
  EXPECT_EQ(client.refusal(port::Get{queue, true}).substr(0, 4), "405 ");
  EXPECT_EQ(client.refusal(port::DeleteQueue{queue}).substr(0, 4), "405 ");
  EXPECT_EQ(client.refusal(port::DeclareQueue{.name = queue, .arguments = {}}).substr(0, 4),
            "405 ");
}

TEST(EmbeddedPort, ReplyWithoutCorrelationIdArrivesWithAnEmptyOne) {
  sim::BrokerWorld world{1};
  FakeGateway gateway{world, 0};
  FakeClient client{world, 0};
  client.send("", "vcd.replyQueue.cell", "stray");
  EXPECT_THAT(gateway.events, ElementsAre(": stray"));
}

TEST(EmbeddedPort, ConfirmsAReplyLikeAnyMessage) {
  sim::BrokerWorld world{2};
  FakeGateway gateway{world, 0};
  FakeClient near{world, 0};
  FakeClient far{world, 1};
  near.publish("", "vcd.replyQueue.cell", "a", 1);
  far.publish("", "vcd.replyQueue.cell", "b", 1);
  EXPECT_THAT(near.confirms, ElementsAre(1));
  EXPECT_THAT(far.confirms, ElementsAre(1));
}

}  // namespace
}  // namespace amqp::broker
