// How much clients may make of the broker: at each limit, and one above it.

#include <gtest/gtest.h>

#include "amqp/broker/settings.h"
#include "tests/unit/amqp/broker/fake_client.h"

namespace amqp::broker {
namespace {

class Bounds : public testing::TestWithParam<std::uint16_t> {
 protected:
  static sim::Keeping three_of_each() {
    sim::Keeping keeping;
    keeping.limits = {.exchanges_max = 3, .queues_max = 3, .bindings_max = 3, .consumers_max = 3};
    return keeping;
  }
  sim::BrokerWorld world{GetParam(), 1, three_of_each()};
  FakeClient client{world, GetParam() - 1U};
};
INSTANTIATE_TEST_SUITE_P(, Bounds, testing::Values(1, 2),
                         [](const auto& made) { return std::to_string(made.param) + "Shards"; });

TEST_P(Bounds, OneQueueTooManyIsRefused) {
  for (const char* name : {"a", "b", "c"}) EXPECT_EQ(client.declare_queue(name), name);
  EXPECT_EQ(client.refusal(port::DeclareQueue{.name = "d", .arguments = {}}),
            "406 cannot declare queue 'd': queue limit in vhost '/' (3) is reached");
  EXPECT_EQ(client.refusal(port::DeclareQueue{.name = "", .arguments = {}}),
            "406 cannot declare queue '': queue limit in vhost '/' (3) is reached");
  EXPECT_EQ(client.declare_queue("b"), "b") << "what is there may be declared again";
  client.must(port::DeleteQueue{"b"});
  EXPECT_EQ(client.declare_queue("d"), "d") << "and one that goes makes room";
}

TEST_P(Bounds, OneExchangeTooManyIsRefused) {
  for (const char* name : {"a", "b", "c"}) client.declare_exchange(name, "direct");
  EXPECT_EQ(client.refusal(port::DeclareExchange{.name = "d", .type = "direct", .arguments = {}}),
            "406 cannot declare exchange 'd': exchange limit in vhost '/' (3) is reached");
  client.declare_exchange("b", "direct");
  client.must(port::DeleteExchange{.name = "b"});
  client.declare_exchange("d", "direct");
}

TEST_P(Bounds, OneBindingTooManyIsRefused) {
  client.declare_queue("q");
  for (const char* key : {"a", "b", "c"}) client.bind("q", "amq.direct", key);
  EXPECT_EQ(client.refusal(port::BindQueue{"q", "amq.direct", "d", {}}),
            "406 cannot bind exchange 'amq.direct': binding limit in vhost '/' (3) is reached");
  client.bind("q", "amq.direct", "b");
  client.must(port::UnbindQueue{"q", "amq.direct", "b", {}});
  client.bind("q", "amq.direct", "d");
}

TEST_P(Bounds, BindingsThatGoWithTheirQueueOrExchangeMakeRoom) {
  client.declare_queue("q");
  client.declare_exchange("x", "fanout");
  for (const char* key : {"a", "b", "c"}) client.bind("q", "x", key);
  client.must(port::DeleteExchange{.name = "x"});
  for (const char* key : {"a", "b", "c"}) client.bind("q", "amq.direct", key);
  client.must(port::DeleteQueue{"q"});
  client.declare_queue("p");
  for (const char* key : {"a", "b", "c"}) client.bind("p", "amq.direct", key);
}

TEST_P(Bounds, OneConsumerTooManyIsRefused) {
  client.declare_queue("q");
  const port::ConsumerId first = client.consume("q");
  client.consume("q");
  client.consume("q");
  client.start_consuming("q");
  world.office().run();
  ASSERT_EQ(client.answers.size(), 1U);
  const auto* refused = std::get_if<port::Refusal>(&client.answers[0]);
  ASSERT_NE(refused, nullptr);
  EXPECT_EQ(refused->code, 406);
  client.answers.clear();
  client.must(port::Cancel{first});
  client.consume("q");
}

}  // namespace
}  // namespace amqp::broker
