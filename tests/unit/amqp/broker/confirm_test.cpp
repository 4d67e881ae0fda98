// Confirms that mean on disk: RoutingDesk with logs that are moved by hand.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/amqp/broker/fake_client.h"
#include "tests/unit/amqp/broker/hand_log.h"

namespace amqp::broker {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

sim::Keeping hand_logs() {
  return {.make_log = [] { return std::make_unique<HandLog>(); }};
}

class Confirms : public testing::Test {
 protected:
  HandLog& log(unsigned shard) { return world.log<HandLog>(shard); }
  void declare(FakeClient& client, std::string name, bool durable = true) {
    client.must(port::DeclareQueue{.name = std::move(name), .durable = durable, .arguments = {}});
  }
  void publish(std::uint64_t sequence, std::string_view queue, std::uint8_t delivery_mode = 2) {
    wire::Properties properties;
    properties.delivery_mode = delivery_mode;
    publisher.publish_with("", queue, "m", properties, sequence);
  }

  sim::BrokerWorld world{2, 1, hand_logs()};
  FakeClient publisher{world, 0};
  FakeClient other{world, 1};
};

TEST_F(Confirms, APersistentMessageInADurableQueueWaitsForTheDisk) {
  declare(publisher, "q");
  publish(1, "q");
  EXPECT_THAT(publisher.confirms, IsEmpty());
  log(0).sync();
  EXPECT_THAT(publisher.confirms, ElementsAre(1));
}

TEST_F(Confirms, OneSyncConfirmsWhatItCoversAndNothingElse) {
  declare(publisher, "q");
  publish(1, "q");
  publish(2, "q");
  const store::LogPoint covered = log(0).appended();
  publish(3, "q");
  log(0).sync_up_to(covered);
  EXPECT_THAT(publisher.confirms, ElementsAre(1, 2));
  log(0).sync();
  EXPECT_THAT(publisher.confirms, ElementsAre(1, 2, 3));
}

TEST_F(Confirms, WhatIsNotKeptOnDiskWaitsForNothing) {
  declare(publisher, "durable");
  declare(publisher, "transient", false);
  publish(1, "durable", 1);
  publish(2, "transient", 2);
  EXPECT_THAT(publisher.confirms, ElementsAre(1, 2));
}

TEST_F(Confirms, AnExclusiveQueueKeepsNothingThoughItWasDeclaredDurable) {
  publisher.must(
      port::DeclareQueue{.name = "q", .durable = true, .exclusive = true, .arguments = {}});
  publish(1, "q");
  EXPECT_THAT(publisher.confirms, ElementsAre(1));
  EXPECT_EQ(log(0).messages(), 0U);
}

TEST_F(Confirms, AQueueOnAnotherShardAnswersAfterItsOwnDisk) {
  declare(other, "q");
  publish(1, "q");
  publish(2, "q");
  world.office().run();
  EXPECT_THAT(publisher.confirms, IsEmpty());
  log(1).sync();
  EXPECT_EQ(world.office().under_way(), 1U) << "one letter for all that the sync covers";
  world.office().run();
  EXPECT_THAT(publisher.confirms, ElementsAre(1, 2));
}

TEST_F(Confirms, EveryDiskMustHaveIt) {
  declare(publisher, "a");
  declare(other, "b");
  publisher.bind("a", "amq.fanout", "");
  publisher.bind("b", "amq.fanout", "");
  wire::Properties properties;
  properties.delivery_mode = 2;
  publisher.publish_with("amq.fanout", "", "m", properties, 1);
  publisher.publish_with("amq.fanout", "", "n", properties, 2);
  log(0).sync();
  world.office().run();
  EXPECT_THAT(publisher.confirms, IsEmpty());
  log(1).sync();
  world.office().run();
  EXPECT_THAT(publisher.confirms, ElementsAre(1, 2));
}

TEST_F(Confirms, ARefusalAnywhereIsANackOnceEverybodyHasSpoken) {
  declare(publisher, "a");
  other.must(port::DeclareQueue{
      .name = "b",
      .durable = true,
      .arguments = arguments({{"x-max-length", 1}, {"x-overflow", "reject-publish"}})});
  publisher.bind("a", "amq.fanout", "");
  publisher.bind("b", "amq.fanout", "");
  wire::Properties properties;
  properties.delivery_mode = 2;
  publisher.publish_with("amq.fanout", "", "m", properties, 1);
  publisher.publish_with("amq.fanout", "", "n", properties, 2);
  EXPECT_THAT(publisher.nacks, IsEmpty());
  log(0).sync();
  log(1).sync();
  world.office().run();
  EXPECT_THAT(publisher.confirms, ElementsAre(1));
  EXPECT_THAT(publisher.nacks, ElementsAre(2));
}

TEST_F(Confirms, ALocalRefusalIsANackAtOnce) {
  publisher.must(port::DeclareQueue{
      .name = "q",
      .arguments = arguments({{"x-max-length", 0}, {"x-overflow", "reject-publish"}})});
  publish(1, "q", 1);
  EXPECT_THAT(publisher.nacks, ElementsAre(1));
}

TEST_F(Confirms, NobodyIsToldWhenThePublisherHasLeft) {
  declare(publisher, "q");
  publish(1, "q");
  publisher.leave();
  log(0).sync();
  EXPECT_THAT(publisher.confirms, IsEmpty());
}

TEST_F(Confirms, PublishersEverywhereWaitForALogThatIsBehind) {
  log(1).be(store::LogState::behind, "");
  world.office().run();
  EXPECT_EQ(publisher.flow, port::Flow::wait);
  EXPECT_EQ(other.flow, port::Flow::wait);
  log(0).be(store::LogState::full, "the disk is full");
  world.office().run();
  EXPECT_EQ(other.flow, port::Flow::blocked);
  log(0).be(store::LogState::ready, "");
  world.office().run();
  EXPECT_EQ(other.flow, port::Flow::wait);
  log(1).be(store::LogState::ready, "");
  world.office().run();
  EXPECT_EQ(publisher.flow, port::Flow::open);
}

}  // namespace
}  // namespace amqp::broker
