// ControlDesk and its catalog: what is durable is written before it is applied and answered.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>

#include "amqp/broker/control_desk.h"
#include "amqp/broker/topology.h"
#include "amqp/catalog/memory_catalog.h"
#include "amqp/catalog/scribe.h"
#include "tests/unit/amqp/broker/fake_client.h"
#include "tests/unit/amqp/broker/hand_log.h"

namespace amqp::broker {
namespace {

/// Writes when it is told to, one request at a time.
class SlowScribe final : public catalog::Scribe {
 public:
  void write(std::vector<catalog::Change> changes, Done done) override {
    waiting_.push_back({std::move(changes), std::move(done)});
  }
  /// Writes the oldest request; `full` is a disk that takes nothing.
  void write_one(bool full = false) {
    ASSERT_FALSE(waiting_.empty());
    auto [changes, done] = std::move(waiting_.front());
    waiting_.pop_front();
    if (full) return done(core::Unexpected{catalog::Error{"commit", "disk full"}});
    done(catalog.apply(changes));
  }
  void write_all() {
    while (!waiting_.empty()) write_one();
  }
  [[nodiscard]] std::size_t waiting() const { return waiting_.size(); }
  [[nodiscard]] catalog::Contents contents() { return *catalog.load(); }

  catalog::MemoryCatalog catalog;

 private:
  struct Request {
    std::vector<catalog::Change> changes;
    Done done;
  };
  std::deque<Request> waiting_;
};

class DurableTopology : public testing::TestWithParam<std::uint16_t> {
 protected:
  static port::DeclareQueue durable(std::string name) {
    return {.name = std::move(name), .durable = true, .arguments = {}};
  }
  static port::DeclareExchange durable_exchange(std::string name, bool auto_delete = false) {
    return {.name = std::move(name),
            .type = "topic",
            .durable = true,
            .auto_delete = auto_delete,
            .arguments = {}};
  }
  /// Asks, and has everything written that is to be.
  void must(FakeClient& asker, port::Request request) {
    asker.start(std::move(request));
    settle();
    ASSERT_EQ(asker.answers.size(), 1U);
    const auto* refusal = std::get_if<port::Refusal>(&asker.answers[0]);
    EXPECT_EQ(refusal, nullptr) << refusal->text;
    asker.answers.clear();
  }
  void settle() {
    do {
      world.office().run();
      scribe.write_all();
      world.office().run();
    } while (scribe.waiting() > 0);
  }
  [[nodiscard]] const Vhost& root() { return world.broker(last).topology().vhost(kDefaultVhost); }
  [[nodiscard]] std::vector<std::string> queues_kept() {
    std::vector<std::string> names;
    for (const catalog::Queue& queue : scribe.contents().queues) names.push_back(queue.name);
    return names;
  }

  SlowScribe scribe;
  sim::BrokerWorld world{
      GetParam(), 1, {.scribe = &scribe, .make_log = [] { return std::make_unique<HandLog>(); }}};
  unsigned last = GetParam() - 1U;
  FakeClient client{world, last};
  FakeClient other{world, 0};
};

INSTANTIATE_TEST_SUITE_P(, DurableTopology, testing::Values(1, 3),
                         [](const auto& made) { return std::to_string(made.param) + "Shards"; });

TEST_P(DurableTopology, NothingIsThereBeforeItIsWritten) {
  client.start(durable("q"));
  world.office().run();
  EXPECT_TRUE(client.answers.empty());
  EXPECT_EQ(root().queue("q"), nullptr);
  EXPECT_EQ(client.send("", "q", "m"), "unroutable");

  scribe.write_one();
  world.office().run();
  ASSERT_EQ(client.answers.size(), 1U);
  ASSERT_NE(root().queue("q"), nullptr);
  const auto kept = scribe.contents().queues;
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].key, root().queue("q")->traits.key);
  EXPECT_EQ(kept[0].home, last);
}

TEST_P(DurableTopology, WhatIsNotDurableIsNotWritten) {
  client.declare_queue("transient");
  client.must(
      port::DeclareQueue{.name = "own", .durable = true, .exclusive = true, .arguments = {}});
  client.declare_exchange("e", "direct");
  client.bind("transient", "amq.direct", "k");
  client.bind("own", "amq.direct", "k");
  EXPECT_EQ(scribe.waiting(), 0U);
}

TEST_P(DurableTopology, TransientThingsDoNotWaitForDurableOnes) {
  client.start(durable("q"));
  world.office().run();
  EXPECT_EQ(other.declare_queue("t"), "t");
}

TEST_P(DurableTopology, BindingsBetweenDurableEndsAreKept) {
  must(client, durable("q"));
  must(client, durable_exchange("x"));
  must(client, port::BindQueue{"q", "x", "a.#", {}});
  must(client, port::BindQueue{"q", "amq.direct", "k", {}});
  must(client, port::BindExchange{"x", "amq.topic", "b", {}});
  client.declare_exchange("passing", "fanout");
  must(client, port::BindQueue{"q", "passing", "", {}});
  EXPECT_EQ(scribe.contents().bindings.size(), 3U);

  must(client, port::UnbindQueue{"q", "x", "a.#", {}});
  EXPECT_EQ(scribe.contents().bindings.size(), 2U);
}

TEST_P(DurableTopology, ASecondDeclarationOfTheSameQueueWaitsForTheFirst) {
  client.start(durable("q"));
  other.start(durable("q"));
  world.office().run();
  EXPECT_EQ(scribe.waiting(), 1U);
  settle();
  for (FakeClient* each : {&client, &other}) {
    ASSERT_EQ(each->answers.size(), 1U);
    EXPECT_TRUE(std::holds_alternative<port::QueueDeclared>(each->answers[0]));
  }
  EXPECT_EQ(queues_kept(), std::vector<std::string>{"q"});
}

TEST_P(DurableTopology, ADifferentDeclarationIsJudgedAgainstTheFirstOnceItIsThere) {
  client.start(durable("q"));
  world.office().run();
  other.start(port::DeclareQueue{.name = "q", .arguments = {}});
  settle();
  ASSERT_EQ(other.answers.size(), 1U);
  const auto* refusal = std::get_if<port::Refusal>(&other.answers[0]);
  ASSERT_NE(refusal, nullptr);
  EXPECT_EQ(refusal->code, 406);
}

TEST_P(DurableTopology, ABindingKeepsItsQueueFromGoingMeanwhile) {
  must(client, durable("q"));
  client.start(port::BindQueue{"q", "amq.direct", "k", {}});
  world.office().run();
  other.start(port::DeleteQueue{"q"});
  settle();
  EXPECT_EQ(client.answers.size(), 1U);
  EXPECT_EQ(other.answers.size(), 1U);
  EXPECT_EQ(root().queue("q"), nullptr);
  EXPECT_TRUE(scribe.contents().bindings.empty());
  EXPECT_TRUE(scribe.contents().queues.empty());
}

TEST_P(DurableTopology, WhatCannotBeWrittenIsRefusedAndChangesNothing) {
  client.start(durable("q"));
  other.start(durable("p"));
  world.office().run();
  scribe.write_one(true);
  settle();
  ASSERT_EQ(client.answers.size() + other.answers.size(), 2U);
  const bool client_failed = std::holds_alternative<port::Refusal>(client.answers[0]);
  const auto& refused = client_failed ? client.answers[0] : other.answers[0];
  ASSERT_TRUE(std::holds_alternative<port::Refusal>(refused));
  EXPECT_EQ(std::get<port::Refusal>(refused).code, 541);
  EXPECT_EQ(std::get<port::Refusal>(refused).text, "cannot commit: disk full");
  EXPECT_EQ(root().queue(client_failed ? "q" : "p"), nullptr);
  EXPECT_NE(root().queue(client_failed ? "p" : "q"), nullptr) << "the other one is nobody's loss";

  FakeClient& again = client_failed ? client : other;
  again.answers.clear();
  must(again, durable(client_failed ? "q" : "p"));
}

TEST_P(DurableTopology, TheLogForgetsAQueueOnceTheCatalogHas) {
  must(client, durable("q"));
  HandLog& log = world.log<HandLog>(last);
  client.start(port::DeleteQueue{"q"});
  world.office().run();
  EXPECT_TRUE(client.answers.empty());
  EXPECT_TRUE(log.forgotten.empty());
  settle();
  EXPECT_EQ(client.answers.size(), 1U);
  EXPECT_EQ(log.forgotten.size(), 1U);
  EXPECT_TRUE(queues_kept().empty());
}

TEST_P(DurableTopology, ADeclarationWaitsForARemovalThatIsBeingWritten) {
  must(client, durable("q"));
  client.start(port::DeleteQueue{"q"});
  world.office().run();
  other.start(durable("q"));
  world.office().run();
  EXPECT_TRUE(other.answers.empty());
  settle();
  ASSERT_EQ(other.answers.size(), 1U);
  EXPECT_TRUE(std::holds_alternative<port::QueueDeclared>(other.answers[0]));
  EXPECT_EQ(queues_kept(), std::vector<std::string>{"q"});
}

TEST_P(DurableTopology, ARemovalThatCannotBeWrittenIsOwed) {
  must(client, durable("q"));
  client.start(port::DeleteQueue{"q"});
  world.office().run();
  scribe.write_one(true);
  world.office().run();
  EXPECT_EQ(client.answers.size(), 1U);
  EXPECT_EQ(root().queue("q"), nullptr);
  EXPECT_EQ(queues_kept(), std::vector<std::string>{"q"});

  client.answers.clear();
  must(client, durable("q"));
  EXPECT_EQ(queues_kept(), std::vector<std::string>{"q"});
  EXPECT_EQ(scribe.contents().queues[0].key, root().queue("q")->traits.key);
}

TEST_P(DurableTopology, AnExchangeThatGoesWithItsLastBindingGoesFromTheCatalogToo) {
  must(client, durable("q"));
  must(client, durable_exchange("x", true));
  must(client, durable_exchange("y", true));
  must(client, port::BindExchange{"y", "x", "", {}});
  must(client, port::BindQueue{"q", "y", "", {}});
  EXPECT_EQ(scribe.contents().exchanges.size(), 2U);
  must(client, port::DeleteQueue{"q"});
  EXPECT_EQ(root().exchange("x"), nullptr);
  EXPECT_TRUE(scribe.contents().exchanges.empty());
  EXPECT_TRUE(scribe.contents().bindings.empty());
}

TEST_P(DurableTopology, AVhostComesWithItsExchangesAndTakesEverythingWithIt) {
  ControlDesk& control = world.broker(0).control();
  int done = 0;
  control.add_vhost("v", [&] { ++done; });
  world.office().run();
  ASSERT_EQ(done, 1);
  const auto vhost = world.broker(last).topology().find_vhost("v");
  ASSERT_TRUE(vhost);
  EXPECT_NE(world.broker(last).topology().vhost(*vhost).exchange("amq.topic"), nullptr);

  FakeClient inside{world, last, "v"};
  must(inside, port::DeclareQueue{.name = "q", .arguments = {}});
  inside.start_consuming("q");
  world.office().run();
  control.remove_vhost("v", [&] { ++done; });
  world.office().run();
  EXPECT_EQ(done, 2);
  ASSERT_EQ(inside.expelled_with.size(), 1U);
  EXPECT_EQ(inside.expelled_with[0].code, 320);
  EXPECT_EQ(inside.expelled_with[0].text, "vhost 'v' is deleted");
  EXPECT_FALSE(world.broker(last).topology().find_vhost("v"));
  EXPECT_TRUE(world.broker(last).queues().empty());
  EXPECT_TRUE(client.expelled_with.empty());
}

TEST_P(DurableTopology, ARequestThatComesAfterItsVhostHasGoneIsRefused) {
  ControlDesk& control = world.broker(0).control();
  control.add_vhost("v", [] {});
  world.office().run();
  FakeClient inside{world, last, "v"};
  inside.start(durable("q"));
  inside.start(port::DeclareQueue{.name = "p", .arguments = {}});
  control.remove_vhost("v", [] {});
  settle();
  EXPECT_TRUE(queues_kept().empty());
  for (unsigned shard = 0; shard <= last; ++shard) {
    EXPECT_TRUE(world.broker(shard).queues().empty());
  }
}

}  // namespace
}  // namespace amqp::broker
