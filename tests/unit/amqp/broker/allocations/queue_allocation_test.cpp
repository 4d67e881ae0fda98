// A program of its own, since it replaces operator new: in steady state a message costs none.

#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "amqp/broker/queue.h"
#include "amqp/wire/properties.h"
#include "core/memory/block.h"
#include "core/memory/buffer.h"
#include "tests/sim/broker_world.h"

namespace {
std::size_t allocations = 0;
}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc{};
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace amqp::broker {
namespace {

constexpr int kMessages = 10'000;

/// Of `work`, done once before to let everything grow.
template <typename Work>
std::size_t allocations_of(Work&& work) {
  work();
  const std::size_t before = allocations;
  work();
  return allocations - before;
}

TEST(QueueAllocations, NoneForMessagesThatComeAndGo) {
  SlotPool pool;
  Queue queue{port::QueueId{1}, false, {}, pool};
  QueueConsumer consumer;
  consumer.id = port::ConsumerId{1};
  ASSERT_TRUE(queue.add_consumer(consumer));
  const auto message = port::make_message({});
  for (const int backlog : {0, 1, 1000}) {
    const std::size_t counted = allocations_of([&] {
      for (int i = 0; i < backlog; ++i) queue.enqueue(message);
      for (int i = 0; i < kMessages; ++i) {
        queue.enqueue(message);
        const auto given = queue.deliver({});
        queue.settle(given->message.position);
      }
      while (const auto given = queue.deliver({})) queue.settle(given->message.position);
    });
    EXPECT_EQ(counted, 0U) << "with a backlog of " << backlog;
  }
}

TEST(QueueAllocations, NoneWithPriorities) {
  SlotPool pool;
  QueuePolicy policy;
  policy.priority_max = 10;
  Queue queue{port::QueueId{1}, false, policy, pool};
  EXPECT_EQ(allocations_of([&] {
              for (int i = 0; i < kMessages; ++i) {
                const auto priority = static_cast<std::uint8_t>(i % 11);
                static const auto plain = port::make_message({});
                static const auto urgent = port::make_message({.traits = {.priority = 9}});
                queue.enqueue(priority < 5 ? plain : urgent);
                if (i % 2 == 0) continue;
                for (int both = 0; both < 2; ++both) {
                  const auto got = queue.get(false, {});
                  queue.settle(got->message.position);
                }
              }
            }),
            0U);
}

/// Acknowledges what it gets, as often as it has gathered some.
class Reader final : public port::Client {
 public:
  explicit Reader(sim::BrokerWorld& world) : world_(world) {
    id = *world.broker(0).connect(*this, "guest", "/");
    taken_.reserve(256);
  }
  ~Reader() override { world_.broker(0).disconnect(id); }
  void answered(port::ChannelId, port::Answer) override {}
  bool deliver(port::ChannelId, const port::Delivery& delivery) override {
    taken_.push_back({delivery.queue, delivery.position, delivery.consumer});
    return true;
  }
  void consumer_cancelled(port::ChannelId, port::ConsumerId) override {}
  void confirmed(port::ChannelId, std::uint64_t, bool) override { ++confirmed_; }
  void acknowledge() {
    world_.broker(0).settle(id, port::Settlement::acknowledge, taken_, world_.now());
    taken_.clear();
  }

  port::ConnectionId id;

 private:
  sim::BrokerWorld& world_;
  std::vector<port::Settled> taken_;
  std::uint64_t confirmed_ = 0;
};

TEST(BrokerAllocations, NoneForMessagesThatArePublishedConfirmedDeliveredAndAcknowledged) {
  if (!core::Block::kPooled) GTEST_SKIP() << "blocks are not kept in this build";
  sim::BrokerWorld world{1};
  Reader reader{world};
  BrokerShard& broker = world.broker(0);
  constexpr port::ChannelId kChannel{1};
  broker.request(reader.id, kChannel, port::DeclareQueue{.name = "q", .arguments = {}},
                 world.now());
  port::Consume consume;
  consume.queue = "q";
  consume.consumer = broker.new_consumer(reader.id, kChannel);
  broker.request(reader.id, kChannel, consume, world.now());
  EXPECT_EQ(allocations_of([&] {
              for (int i = 0; i < kMessages; ++i) {
                const auto routed = broker.publish(reader.id, kChannel,
                                                   {.exchange = "",
                                                    .routing_key = "q",
                                                    .properties = core::octets_of("\0\0"),
                                                    .body = core::octets_of("hello"),
                                                    .confirm_sequence = 1},
                                                   world.now());
                EXPECT_TRUE(routed);
                if (i % 100 == 99) reader.acknowledge();
              }
            }),
            0U);
  EXPECT_EQ(broker.held().unacked, 0U);
}

}  // namespace
}  // namespace amqp::broker
