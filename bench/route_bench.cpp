// How long the broker takes to find the queues of a message, and to see one through: publish,
// deliver, acknowledge. The figures must not grow with the number of queues and bindings.

#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <vector>

#include "amqp/broker/broker_shard.h"
#include "amqp/broker/router.h"
#include "amqp/broker/topology.h"
#include "amqp/store/memory_log.h"
#include "core/time/clock.h"

namespace {

namespace broker = amqp::broker;
namespace port = amqp::port;

/// A topology with `count` queues, each bound to one exchange with a key of its own.
class Bound {
 public:
  Bound(broker::ExchangeType type, std::int64_t count, const char* prefix, const char* suffix) {
    apply(broker::AddExchange{{.name = "x", .type = type, .arguments = {}}});
    for (std::int64_t i = 0; i < count; ++i) {
      const std::string name = "queue." + std::to_string(i);
      const auto serial = static_cast<std::uint64_t>(i) + broker::kReplySerial + 1;
      apply(broker::AddQueue{{.id = broker::make_queue_id(core::ShardId{0}, serial),
                              .name = name,
                              .exclusive_owner = {},
                              .arguments = {}}});
      apply(broker::AddBinding{
          {"x", broker::DestinationKind::queue, name, prefix + std::to_string(i) + suffix, {}}});
    }
  }
  std::size_t route(std::string_view key) {
    found_.clear();
    router_.route(vhost_, *exchange(), key, {}, found_);
    return found_.size();
  }
  broker::QueueEntry* queue(std::string_view name) { return vhost_.queue(name); }

 private:
  void apply(auto what) { topology_.apply({broker::kDefaultVhost, std::move(what)}); }
  broker::Exchange* exchange() { return vhost_.exchange("x"); }

  broker::BrokerSettings settings_;
  broker::Topology topology_{settings_, 1};
  broker::Vhost& vhost_ = topology_.vhost(broker::kDefaultVhost);
  broker::Router router_;
  std::vector<broker::QueueEntry*> found_;
};

/// Keys that go round, so that one hot entry does not stand for all.
std::vector<std::string> keys(std::int64_t count, const char* prefix, const char* suffix) {
  std::vector<std::string> all;
  std::uint64_t at = 0;
  for (int i = 0; i < 1024; ++i) {
    at = (at + 7919) % static_cast<std::uint64_t>(count);
    all.push_back(prefix + std::to_string(at) + suffix);
  }
  return all;
}

void route_direct(benchmark::State& state) {
  Bound bound{broker::ExchangeType::direct, state.range(0), "key.", ""};
  const auto wanted = keys(state.range(0), "key.", "");
  std::size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(bound.route(wanted[next++ % wanted.size()]));
  }
}
BENCHMARK(route_direct)->Arg(1)->Arg(1'000)->Arg(100'000)->ArgName("bindings");

void route_default(benchmark::State& state) {
  Bound bound{broker::ExchangeType::direct, state.range(0), "key.", ""};
  const auto wanted = keys(state.range(0), "queue.", "");
  std::size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(bound.queue(wanted[next++ % wanted.size()]));
  }
}
BENCHMARK(route_default)->Arg(1)->Arg(1'000)->Arg(100'000)->ArgName("queues");

void route_topic(benchmark::State& state) {
  Bound bound{broker::ExchangeType::topic, state.range(0), "site.", ".*.#"};
  const auto wanted = keys(state.range(0), "site.", ".room.lamp.on");
  std::size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(bound.route(wanted[next++ % wanted.size()]));
  }
}
BENCHMARK(route_topic)->Arg(1)->Arg(1'000)->Arg(100'000)->ArgName("bindings");

/// A post office of one shard: letters to itself run when asked.
class OwnPost final : public core::Post {
 public:
  [[nodiscard]] core::ShardId self() const override { return core::kControlShard; }
  [[nodiscard]] std::uint16_t shards() const override { return 1; }
  void send(core::ShardId, core::Letter letter) override { letters_.push_back(std::move(letter)); }
  [[nodiscard]] bool congested() const override { return false; }

 private:
  std::vector<core::Letter> letters_;
};

/// Keeps the last delivery, to be acknowledged.
class OneClient final : public port::Client {
 public:
  void answered(port::ChannelId, port::Answer) override {}
  bool deliver(port::ChannelId, const port::Delivery& delivery) override {
    last = {delivery.queue, delivery.position, delivery.consumer};
    return true;
  }
  void consumer_cancelled(port::ChannelId, port::ConsumerId) override {}
  void confirmed(port::ChannelId, std::uint64_t, bool) override {}
  port::Settled last{};
};

/// One message through the broker: publish to a direct exchange, deliver, acknowledge.
void publish_deliver_acknowledge(benchmark::State& state) {
  OwnPost post;
  core::ManualClock clock;
  broker::BrokerSettings settings;
  broker::BrokerHouse house;
  amqp::store::MemoryLog store;
  broker::BrokerShard shard{post, clock, house, settings, store};
  house.shards.push_back(&shard);
  OneClient client;
  const auto connection = *shard.connect(client, "guest", "/");
  constexpr port::ChannelId kChannel{1};
  const auto ask = [&](port::Request request) {
    shard.request(connection, kChannel, std::move(request), clock.now());
  };
  for (std::int64_t i = 0; i < state.range(0); ++i) {
    const std::string name = "queue." + std::to_string(i);
    ask(port::DeclareQueue{.name = name, .arguments = {}});
    ask(port::BindQueue{name, "amq.direct", name, {}});
  }
  ask(port::Consume{.queue = "queue.0",
                    .consumer = shard.new_consumer(connection, kChannel),
                    .tag = "tag",
                    .prefetch = 100,
                    .arguments = {}});
  const auto body = core::SharedBytes::copy_of(core::octets_of("a body of some octets"));
  const auto properties = core::SharedBytes::copy_of(core::octets_of(std::string_view{"\0\0", 2}));
  for (auto _ : state) {
    const auto routed = shard.publish(
        connection, kChannel, {"amq.direct", "queue.0", properties, body, 0, {}}, clock.now());
    benchmark::DoNotOptimize(routed.has_value());
    shard.settle(connection, port::Settlement::acknowledge, std::span(&client.last, 1), clock.now());
  }
  if (store.messages() != 0) state.SkipWithError("a message was not acknowledged");
  shard.disconnect(connection);
}
BENCHMARK(publish_deliver_acknowledge)->Arg(1)->Arg(1'000)->Arg(100'000)->ArgName("queues");

}  // namespace
