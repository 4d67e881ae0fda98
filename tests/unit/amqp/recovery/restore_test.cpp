#include "amqp/recovery/restore.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "amqp/broker/control_desk.h"
#include "amqp/broker/kept.h"
#include "amqp/broker/topology.h"
#include "amqp/store/memory_log.h"
#include "tests/sim/post_office.h"
#include "tests/unit/amqp/recovery/recovery_world.h"

namespace amqp::recovery {
namespace {

/// The brokers of a house that has just started.
class Restore : public testing::Test {
 protected:
  static constexpr std::uint16_t kShards = 2;
  Restore() {
    settings.cell = "cell";
    for (std::uint16_t i = 0; i < kShards; ++i) {
      logs.push_back(std::make_unique<store::MemoryLog>());
      brokers.push_back(std::make_unique<broker::BrokerShard>(
          office.post(core::ShardId{i}), world.clock, house, settings, *logs.back()));
      house.shards.push_back(brokers.back().get());
    }
  }
  [[nodiscard]] Restored start() {
    Recovered found = world.recovered(kShards);
    return restore(house, world.clock, found);
  }
  [[nodiscard]] const broker::Vhost& root(unsigned shard) {
    return brokers[shard]->topology().vhost(broker::kDefaultVhost);
  }

  RecoveryWorld world;
  sim::PostOffice office{kShards};
  broker::BrokerSettings settings;
  broker::BrokerHouse house;
  std::vector<std::unique_ptr<store::MemoryLog>> logs;
  std::vector<std::unique_ptr<broker::BrokerShard>> brokers;
};

TEST_F(Restore, EveryShardKnowsTheTopologyAgain) {
  world.put(catalog::PutVhost{{"v", ""}});
  world.put(catalog::PutExchange{{"/", "x", "topic", false, false, std::string(4, '\0')}});
  world.put(catalog::PutQueue{world.queue("q", 7, 1)});
  world.put(catalog::PutBinding{{"/", "x", false, "q", "a.#", std::string(4, '\0')}});
  world.put(catalog::PutBinding{{"/", "amq.direct", false, "q", "k", std::string(4, '\0')}});
  const Restored restored = start();
  EXPECT_EQ(restored.vhosts, 1U);
  EXPECT_EQ(restored.exchanges, 1U);
  EXPECT_EQ(restored.queues, 1U);
  EXPECT_EQ(restored.bindings, 2U);
  EXPECT_TRUE(restored.not_fitting.empty());
  for (unsigned shard = 0; shard < kShards; ++shard) {
    EXPECT_TRUE(brokers[shard]->topology().find_vhost("v"));
    ASSERT_NE(root(shard).queue("q"), nullptr);
    EXPECT_EQ(port::home_of(root(shard).queue("q")->traits.id), core::ShardId{1});
    EXPECT_EQ(root(shard).exchange("x")->binding_count(), 1U);
  }
}

TEST_F(Restore, MessagesAreInTheirQueue) {
  world.put(catalog::PutQueue{world.queue("q", 7, 1)});
  world.append(1, 7, {"m1", "m2"});
  EXPECT_EQ(start().messages, 2U);
  const auto queues = brokers[1]->queues();
  ASSERT_EQ(queues.size(), 1U);
  EXPECT_EQ(queues[0].ready, 2U);
  EXPECT_TRUE(queues[0].durable);
}

TEST_F(Restore, RecordsThatNobodyClaimsAreForgotten) {
  world.append(0, 7, {"m1", "m2"});
  const Restored restored = start();
  EXPECT_EQ(restored.unclaimed, 2U);
  EXPECT_EQ(restored.messages, 0U);
}

TEST_F(Restore, WhatDoesNotFitIsLeftOutAndSaid) {
  world.put(catalog::PutExchange{{"/", "x", "strange", false, false, std::string(4, '\0')}});
  world.put(catalog::PutExchange{{"/", "amq.topic", "topic", false, false, std::string(4, '\0')}});
  world.put(catalog::PutBinding{{"/", "amq.direct", false, "nowhere", "k", std::string(4, '\0')}});
  catalog::Queue damaged = world.queue("q", 7, 0);
  damaged.arguments = "no table";
  world.put(catalog::PutQueue{damaged});
  const Restored restored = start();
  EXPECT_THAT(restored.not_fitting,
              testing::ElementsAre("exchange 'x' has no known type",
                                   "exchange 'amq.topic' is the house's own",
                                   "the arguments of queue 'q' are no table",
                                   "a binding from 'amq.direct' to 'nowhere' has lost an end"));
  EXPECT_EQ(restored.queues, 0U);
}

}  // namespace
}  // namespace amqp::recovery
