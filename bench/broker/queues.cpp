// Many queues: how fast they are made, and what a message costs when each goes to another one. And
// one deep queue: filled without a consumer, then drained.

#include <stdexcept>

#include "bench/broker/amqp.h"
#include "bench/broker/measure.h"

namespace broker_bench {
namespace {

namespace wire = amqp::wire;

/// Questions on their way at the same time while many things are set up.
constexpr std::size_t kPipelined = 200;

/// Sends `method(i)` for each i below `count` and waits for all the answers.
template <typename MakeMethod>
void ask_all(AmqpLink& link, std::size_t count, const MakeMethod& method) {
  for (std::size_t begin = 0; begin < count; begin += kPipelined) {
    const std::size_t end = std::min(count, begin + kPipelined);
    for (std::size_t i = begin; i < end; ++i) link.send(method(i));
    for (std::size_t i = begin; i < end; ++i) static_cast<void>(link.answer());
  }
}

std::uint32_t message_count(AmqpLink& link, const std::string& queue) {
  wire::QueueDeclare passively = declaration(queue, false, false);
  passively.passive = true;
  return link.ask<wire::QueueDeclareOk>(passively).message_count;
}

}  // namespace

Figures run_queues(const Options& options) {
  const std::string stem = fresh_name("many") + ".";
  const auto name = [&](std::size_t i) { return stem + std::to_string(i); };
  Figures figures;

  AmqpLink consumer{options.port};
  const double before = resident_mib(options.server);
  const Time begin = Clock::now();
  ask_all(consumer, options.queues,
          [&](std::size_t i) { return declaration(name(i), false, false); });
  figures.emplace_back("declared_per_s",
                       static_cast<double>(options.queues) / seconds_since(begin));
  ask_all(consumer, options.queues, [&](std::size_t i) { return consumption(name(i), true); });
  figures.emplace_back("kib_per_queue", (resident_mib(options.server) - before) * 1024 /
                                            static_cast<double>(options.queues));

  AmqpLink publisher{options.port};
  const std::string body(options.size, 'x');
  std::vector<std::string> units;
  for (std::size_t i = 0; i < options.queues; ++i) {
    units.push_back(encode_publish(name(i), body, {}));
  }
  AmqpReceiver receiver{options.size, false};
  Stopwatch watch{options};
  std::uint64_t published = 0;
  std::uint64_t delivered = 0;
  constexpr std::size_t kOutputMax = 64 * 1024;
  while (!watch.over()) {
    std::string& output = publisher.link.output();
    if (output.empty()) {
      while (output.size() < kOutputMax && published < delivered + kAheadMax) {
        output += units[published++ % units.size()];
      }
    }
    publisher.link.flush();
    wait_for({&publisher.link, &consumer.link}, watch.end());
    if (consumer.link.receive()) delivered += receiver.take(consumer.link);
    watch.measuring(delivered);
  }
  watch.add_to(figures, "rate", delivered);
  while (!publisher.link.output().empty() || delivered < published) {
    publisher.link.flush();
    wait_for({&publisher.link, &consumer.link}, Clock::now() + std::chrono::milliseconds{100});
    if (consumer.link.receive()) delivered += receiver.take(consumer.link);
  }
  ask_all(publisher, options.queues, [&](std::size_t i) { return deletion(name(i)); });
  return figures;
}

Figures run_deep(const Options& options) {
  const std::string queue = fresh_name("deep");
  AmqpLink publisher{options.port};
  publisher.declare(queue, false);
  Figures figures;
  const double before = resident_mib(options.server);

  const Time begin = Clock::now();
  const Time end = begin + std::chrono::seconds{30};  // a slow broker gets fewer messages
  Repeater repeater{encode_publish(queue, std::string(options.size, 'x'), {})};
  while (repeater.written() < options.messages && Clock::now() < end) {
    repeater.write(publisher.link, options.messages);
    if (publisher.link.blocked()) wait_for({&publisher.link}, end);
  }
  const std::uint64_t filled = repeater.written();
  do repeater.write(publisher.link, filled + 1);  // the last one may be half out
  while (repeater.written() < filled + 1);
  while (message_count(publisher, queue) < filled + 1) {
  }
  const auto count = static_cast<double>(filled + 1);
  figures.emplace_back("messages", count);
  figures.emplace_back("fill_rate", count / seconds_since(begin));
  figures.emplace_back("bytes_each", (resident_mib(options.server) - before) * 1024 * 1024 / count);

  AmqpLink consumer{options.port};
  AmqpReceiver receiver{options.size, false};
  const Time drain = Clock::now();
  consumer.consume(queue, true, 0);
  for (std::uint64_t delivered = 0; delivered < filled + 1;) {
    delivered += receiver.take(consumer.link);
    if (delivered < filled + 1) consumer.link.await();
  }
  figures.emplace_back("drain_rate", count / seconds_since(drain));
  publisher.remove(queue);
  return figures;
}

}  // namespace broker_bench
