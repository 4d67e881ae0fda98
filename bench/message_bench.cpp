// What it costs to make a message and to let it go: one block, kept by the thread for the next one.

#include <benchmark/benchmark.h>

#include <deque>
#include <string>

#include "amqp/port/message.h"

namespace {

using amqp::port::make_message;
using amqp::port::MessagePtr;

/// Made and dropped at once: the block is always warm.
void make_and_drop(benchmark::State& state) {
  const std::string body(static_cast<std::size_t>(state.range(0)), 'b');
  for (auto _ : state) {
    benchmark::DoNotOptimize(make_message({.exchange = "backup",
                                           .routing_key = "backup.request",
                                           .properties = core::octets_of("\0\0"),
                                           .body = core::octets_of(body)}));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(make_and_drop)->Arg(16)->Arg(1024)->Arg(16'384)->ArgName("body_octets");

/// Through a queue of 20,000: blocks come back when thousands of others are out.
void make_behind_a_queue(benchmark::State& state) {
  const std::string body(static_cast<std::size_t>(state.range(0)), 'b');
  std::deque<MessagePtr> queue;
  const auto add = [&] {
    queue.push_back(make_message({.routing_key = "backup.request",
                                  .properties = core::octets_of("\0\0"),
                                  .body = core::octets_of(body)}));
  };
  for (int i = 0; i < 20'000; ++i) add();
  for (auto _ : state) {
    add();
    queue.pop_front();
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(make_behind_a_queue)->Arg(16)->Arg(1024)->ArgName("body_octets");

}  // namespace
