#include "amqp/broker/flow_desk.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/unit/amqp/broker/fake_client.h"

namespace amqp::broker {
namespace {

using port::Flow;

constexpr std::size_t kMessages = 64;
constexpr std::size_t kProperties = 2;  // octets: no flag is set
constexpr std::size_t kBody = 1024 - FlowDesk::kMessageOctets - kProperties;

/// A broker whose memory is full with kMessages messages of kBody octets. Each of them is a step or
/// more, so that all of them are told at once.
class MemoryWatermark : public testing::TestWithParam<std::uint16_t> {
 protected:
  static sim::Keeping small() {
    sim::Keeping keeping;
    keeping.limits.memory_octets_max = kMessages * 1024;
    return keeping;
  }
  void publish(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) publisher.publish("", "q", std::string(kBody, 'x'));
  }

  sim::BrokerWorld world{GetParam(), 1, small()};
  FakeClient publisher{world, 0};
  FakeClient consumer{world, GetParam() - 1U};
};
INSTANTIATE_TEST_SUITE_P(, MemoryWatermark, testing::Values(1, 2, 4),
                         [](const auto& made) { return std::to_string(made.param) + "Shards"; });

TEST_P(MemoryWatermark, IsReachedByTheLastMessageAndNotBefore) {
  consumer.declare_queue("q");
  publish(kMessages - 1);
  EXPECT_EQ(publisher.flow, Flow::open);
  publish(1);
  EXPECT_EQ(publisher.flow, Flow::blocked);
  EXPECT_EQ(consumer.flow, Flow::blocked) << "on every shard";
}

TEST_P(MemoryWatermark, AddsUpWhatAllShardsHold) {
  for (unsigned shard = 0; shard < GetParam(); ++shard) {
    FakeClient declarer{world, shard};
    declarer.declare_queue("q" + std::to_string(shard));
  }
  for (std::size_t i = 0; i < kMessages; ++i) {
    EXPECT_EQ(publisher.flow, Flow::open) << "after " << i;
    publisher.publish("", "q" + std::to_string(i % GetParam()), std::string(kBody, 'x'));
  }
  EXPECT_EQ(publisher.flow, Flow::blocked);
}

TEST_P(MemoryWatermark, LetsPublishersGoOnWhenAnEighthIsFree) {
  consumer.declare_queue("q");
  publish(kMessages);
  for (std::size_t gone = 1; gone <= kMessages / 8; ++gone) {
    EXPECT_EQ(publisher.flow, Flow::blocked) << "with " << gone - 1 << " gone";
    EXPECT_NE(consumer.got("q"), "nothing") << "consumers go on meanwhile";
  }
  EXPECT_EQ(publisher.flow, Flow::open);
  publish(kMessages / 8 - 1);
  EXPECT_EQ(publisher.flow, Flow::open);
  publish(1);
  EXPECT_EQ(publisher.flow, Flow::blocked);
}

TEST_P(MemoryWatermark, CountsWhatConsumersHaveNotAcknowledged) {
  consumer.declare_queue("q");
  consumer.consume("q");
  publish(kMessages);
  EXPECT_EQ(consumer.deliveries.size(), kMessages);
  EXPECT_EQ(publisher.flow, Flow::blocked);
  consumer.settle(port::Settlement::acknowledge, consumer.deliveries);
  world.office().run();
  EXPECT_EQ(publisher.flow, Flow::open);
}

TEST_P(MemoryWatermark, IsToldToConnectionsThatComeLater) {
  consumer.declare_queue("q");
  publish(kMessages);
  FakeClient late{world, GetParam() - 1U};
  EXPECT_EQ(late.flow, Flow::blocked);
}

TEST_P(MemoryWatermark, GoesWithTheQueueThatFilledIt) {
  consumer.declare_queue("q");
  publish(kMessages);
  consumer.must(port::DeleteQueue{"q"});
  EXPECT_EQ(publisher.flow, Flow::open);
}

TEST_P(MemoryWatermark, CountsManyMessagesWithoutABody) {
  consumer.declare_queue("q");
  constexpr std::size_t kEach = FlowDesk::kMessageOctets + kProperties;
  constexpr std::size_t kFull = kMessages * 1024;
  std::size_t octets = 0;
  for (; octets + kEach < kFull; octets += kEach) publisher.publish("", "q", "");
  EXPECT_EQ(publisher.flow, Flow::open);
  // Small steps are told together: the alarm may be late by 1/64.
  for (; octets < kFull + kFull / 64; octets += kEach) publisher.publish("", "q", "");
  EXPECT_EQ(publisher.flow, Flow::blocked);
}

TEST(Flow, ALogThatIsFullAndFullMemoryAreOverWhenBothAre) {
  sim::Keeping keeping;
  keeping.limits.memory_octets_max = 1024;
  sim::BrokerWorld world{1, 1, keeping};
  FakeClient client{world, 0};
  FlowDesk& desk = world.broker(0).flow_desk();
  desk.log_is(core::ShardId{0}, store::LogState::behind, "");
  EXPECT_EQ(client.flow, Flow::wait);
  desk.memory_is(true);
  EXPECT_EQ(client.flow, Flow::blocked);
  desk.log_is(core::ShardId{0}, store::LogState::full, "no space");
  desk.memory_is(false);
  EXPECT_EQ(client.flow, Flow::blocked);
  desk.log_is(core::ShardId{0}, store::LogState::behind, "");
  EXPECT_EQ(client.flow, Flow::wait);
  desk.log_is(core::ShardId{0}, store::LogState::ready, "");
  EXPECT_EQ(client.flow, Flow::open);
}

}  // namespace
}  // namespace amqp::broker
