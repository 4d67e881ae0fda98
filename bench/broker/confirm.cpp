// Persistent messages into a durable queue, with a bounded number of unconfirmed ones; a consumer
// takes them away, and acknowledges each. And what the disk itself takes for one of them.

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "bench/broker/amqp.h"
#include "bench/broker/measure.h"

namespace broker_bench {
namespace {

/// Publishes in order, and when each of the unconfirmed ones was published.
class Window {
 public:
  Window(std::string_view unit, std::size_t size) : repeater_(unit), published_(size) {}

  void publish(Link& link) {
    const std::uint64_t before = repeater_.written();
    repeater_.write(link, confirmed_ + published_.size());
    const Time now = Clock::now();
    for (std::uint64_t tag = before; tag < repeater_.written(); ++tag) published_[place(tag)] = now;
  }
  /// Takes the confirmations that have come; they are all `multiple`, or in order.
  void take(Link& link, std::vector<double>* samples) {
    const Time now = Clock::now();
    std::string_view input = link.input();
    for (auto frame = frame_of(input); frame; frame = frame_of(input)) {
      if (method_of(*frame) != kBasicAck) throw std::runtime_error{"not a confirmation"};
      const std::uint64_t tag = load_u64(frame->payload.substr(4));
      const bool multiple = frame->payload[12] != 0;
      confirm(tag, multiple, now, samples);
      input.remove_prefix(frame->size);
    }
    link.consume(link.input().size() - input.size());
  }
  [[nodiscard]] std::uint64_t confirmed() const { return count_; }
  [[nodiscard]] std::uint64_t written() const { return repeater_.written(); }

 private:
  [[nodiscard]] std::size_t place(std::uint64_t tag) const { return tag % published_.size(); }

  /// RabbitMQ confirms out of order at times: the window moves with the oldest unconfirmed one.
  void confirm(std::uint64_t tag, bool multiple, Time now, std::vector<double>* samples) {
    const std::uint64_t first = multiple ? confirmed_ + 1 : tag;
    for (std::uint64_t each = first; each <= tag; ++each) {
      Time& at = published_[place(each - 1)];
      if (at == Time{}) continue;
      if (samples != nullptr) {
        samples->push_back(std::chrono::duration<double, std::micro>(now - at).count());
      }
      at = Time{};
      ++count_;
    }
    while (confirmed_ < repeater_.written() && published_[place(confirmed_)] == Time{})
      ++confirmed_;
  }

  Repeater repeater_;
  std::vector<Time> published_;  // by tag; Time{} once confirmed
  std::uint64_t confirmed_ = 0;  // all up to this tag
  std::uint64_t count_ = 0;
};

}  // namespace

Figures run_confirm(const Options& options) {
  const std::string name = fresh_name("confirm");
  AmqpLink consumer{options.port};
  consumer.declare(name, true);
  consumer.consume(name, false, 100);
  AmqpLink publisher{options.port};
  static_cast<void>(publisher.ask<amqp::wire::ConfirmSelectOk>(amqp::wire::ConfirmSelect{}));
  amqp::wire::Properties properties;
  properties.delivery_mode = 2;
  Window window{encode_publish(name, std::string(options.size, 'x'), properties),
                options.outstanding};
  AmqpReceiver receiver{options.size, true};
  Stopwatch watch{options};
  std::vector<double> samples;
  std::uint64_t delivered = 0;
  while (!watch.over()) {
    window.publish(publisher.link);
    wait_for({&publisher.link, &consumer.link}, watch.end());
    const bool measuring = watch.measuring(window.confirmed());
    if (publisher.link.receive()) window.take(publisher.link, measuring ? &samples : nullptr);
    if (consumer.link.blocked()) consumer.link.flush();
    if (consumer.link.receive()) delivered += receiver.take(consumer.link);
  }
  Figures figures;
  watch.add_to(figures, "rate", window.confirmed());
  add_latency(figures, samples);
  const Time patience = Clock::now() + std::chrono::seconds{20};
  while (window.confirmed() < window.written() && Clock::now() < patience) {
    wait_for({&publisher.link, &consumer.link}, patience);
    if (publisher.link.receive()) window.take(publisher.link, nullptr);
    if (consumer.link.receive()) delivered += receiver.take(consumer.link);
  }
  figures.emplace_back("lost", static_cast<double>(window.written() - window.confirmed()));
  consumer.link.output().clear();
  AmqpLink{options.port}.remove(name);
  return figures;
}

Figures run_fdatasync(const Options& options) {
  const std::string path = options.folder + "/fdatasync.probe";
  const int file = ::open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
  if (file < 0) throw std::runtime_error{path + ": " + std::strerror(errno)};
  ::unlink(path.c_str());
  constexpr int kWrites = 400;
  const std::string record(options.size, 'x');
  const auto size = static_cast<off_t>(record.size());
  ::posix_fallocate(file, 0, size * kWrites);
  std::vector<double> samples;
  for (int i = 0; i < kWrites; ++i) {
    const Time begin = Clock::now();
    if (::pwrite(file, record.data(), record.size(), size * i) != size || ::fdatasync(file) != 0) {
      throw std::runtime_error{path + ": " + std::strerror(errno)};
    }
    samples.push_back(seconds_since(begin) * 1e6);
  }
  ::close(file);
  Figures figures;
  add_latency(figures, samples);
  return figures;
}

}  // namespace broker_bench
