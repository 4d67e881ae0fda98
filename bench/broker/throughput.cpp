// One publisher, one consumer, one queue: as fast as it goes.

#include <algorithm>
#include <functional>

#include "bench/broker/amqp.h"
#include "bench/broker/measure.h"
#include "bench/broker/nats.h"

namespace broker_bench {
namespace {

/// Publishes `unit` on one link as long as not too much is under way; `take` counts what has come
/// on the other.
Figures run(const Options& options, Link& publisher, Link& consumer, std::string_view unit,
            const std::function<std::uint64_t()>& take) {
  const std::uint64_t ahead_max =
      std::min<std::uint64_t>(kAheadMax, std::max<std::size_t>(1, kAheadOctetsMax / options.size));
  Repeater repeater{unit};
  Stopwatch watch{options};
  std::uint64_t delivered = 0;
  while (!watch.over()) {
    repeater.write(publisher, delivered + ahead_max);
    wait_for({&publisher, &consumer}, watch.end());
    if (consumer.blocked()) consumer.flush();
    while (consumer.receive()) {
      delivered += take();
      if (consumer.blocked()) break;
    }
    watch.measuring(delivered);
  }
  Figures figures;
  watch.add_to(figures, "rate", delivered);

  const Time patience = Clock::now() + std::chrono::seconds{20};
  const std::uint64_t all = repeater.written() + 1;  // the last one may be half out
  while (delivered < all && Clock::now() < patience) {
    repeater.write(publisher, all);
    wait_for({&publisher, &consumer}, patience);
    if (consumer.blocked()) consumer.flush();
    while (consumer.receive()) delivered += take();
  }
  figures.emplace_back("lost", static_cast<double>(all - delivered));
  return figures;
}

}  // namespace

Figures run_throughput(const Options& options) {
  const std::string body(options.size, 'x');
  const std::string name = fresh_name("throughput");
  if (options.nats) {
    NatsLink consumer{options.port};
    consumer.subscribe(name);
    NatsLink publisher{options.port};
    return run(options, publisher.link, consumer.link, encode_pub(name, "", body), [&] {
      std::uint64_t complete = 0;
      while (next_message(consumer.link)) ++complete;
      consumer.link.flush();
      return complete;
    });
  }
  AmqpLink consumer{options.port};
  consumer.declare(name, false);
  consumer.consume(name, options.prefetch == 0, options.prefetch);
  AmqpLink publisher{options.port};
  AmqpReceiver receiver{options.size, options.prefetch != 0};
  Figures figures = run(options, publisher.link, consumer.link, encode_publish(name, body, {}),
                        [&] { return receiver.take(consumer.link); });
  publisher.remove(name);
  return figures;
}

}  // namespace broker_bench
