// What a letter costs: through a ring on one thread, streamed between two threads, and there and
// back between two shards that sleep in between.

#include <benchmark/benchmark.h>

#include <atomic>
#include <future>
#include <thread>

#include "core/post/letter.h"
#include "core/post/ring.h"
#include "core/post/sleep_flag.h"
#include "core/shard/house.h"

namespace core {
namespace {

void letter_through_a_ring(benchmark::State& state) {
  Ring<Letter> ring{1024};
  std::uint64_t sum = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(ring.try_push([&sum] { ++sum; }));
    (*ring.front())();
    ring.pop();
  }
  benchmark::DoNotOptimize(sum);
}
BENCHMARK(letter_through_a_ring);

void push_and_look_at_the_flag(benchmark::State& state) {
  Ring<Letter> ring{1024};
  SleepFlag flag;
  for (auto _ : state) {
    benchmark::DoNotOptimize(ring.try_push([] {}));
    benchmark::DoNotOptimize(flag.must_wake());
    benchmark::DoNotOptimize(ring.front());
    ring.pop();
  }
}
BENCHMARK(push_and_look_at_the_flag);

void stream_between_threads(benchmark::State& state) {
  Ring<std::uint64_t> ring{static_cast<std::size_t>(state.range(0))};
  std::atomic<bool> done{false};
  std::thread reader{[&] {
    std::uint64_t sum = 0;
    while (!done.load(std::memory_order_relaxed)) {
      while (const auto value = ring.take()) sum += *value;
      std::this_thread::yield();
    }
    benchmark::DoNotOptimize(sum);
  }};
  std::uint64_t i = 0;
  for (auto _ : state) {
    while (!ring.try_push(std::uint64_t{i})) std::this_thread::yield();
    ++i;
  }
  done.store(true);
  reader.join();
  state.SetItemsProcessed(static_cast<std::int64_t>(i));
}
BENCHMARK(stream_between_threads)->Arg(256)->Arg(1024)->UseRealTime();

/// A letter from shard 0 to shard 1 and back, `hops` times.
struct PingPong {
  House& house;
  std::int64_t hops_left = 0;
  std::promise<void>* done = nullptr;

  void step(std::uint16_t here) {
    if (hops_left-- == 0) {
      done->set_value();
      return;
    }
    const auto other = static_cast<std::uint16_t>(1 - here);
    house.shard(here).send(ShardId{other}, [this, other] { step(other); });
  }
};

void there_and_back_between_shards(benchmark::State& state) {
  constexpr std::int64_t kRoundTrips = 1000;
  House house{{.shards = 2}};
  house.start();
  PingPong game{house};
  for (auto _ : state) {
    std::promise<void> done;
    game.hops_left = 2 * kRoundTrips;
    game.done = &done;
    house.send(ShardId{0}, [&game] { game.step(0); });
    done.get_future().wait();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * kRoundTrips);
}
BENCHMARK(there_and_back_between_shards)->UseRealTime();

}  // namespace
}  // namespace core
