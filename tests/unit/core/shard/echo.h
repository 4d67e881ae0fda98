#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "core/shard/connection_table.h"
#include "core/shard/house.h"
#include "tests/unit/core/shard/client.h"

namespace core {

/// What the sessions of a test have seen, counted over all shards.
struct EchoCounts {
  std::atomic<int> sessions{0};
  std::atomic<int> disconnected{0};
  std::atomic<int> expired{0};
};

/// Sends back what it gets. A piece that starts with "close!": says "bye" and is finished. One that
/// ends with "stop!": no more input space until its deadline, which is in 20 ms then.
class EchoSession {
 public:
  EchoSession(EchoCounts& counts, Pump& pump, bool half_close)
      : counts_(counts), pump_(pump), half_close_(half_close) {
    ++counts_.sessions;
  }
  std::span<std::byte> input_space() {
    if (stopped_) return {};
    return input_.prepare(16 * 1024);
  }
  void received(std::size_t size, Instant now) {
    input_.commit(size);
    const std::string_view text = input_.text();
    if (text.starts_with("close!")) {
      finished_ = true;
      output_.append("bye");
      return;
    }
    if (text.ends_with("stop!")) {
      stopped_ = true;
      deadline_ = now + std::chrono::milliseconds{20};
    }
    output_.append(input_.freeze());
  }
  Output& output() { return output_; }
  void written(Instant) {}
  [[nodiscard]] std::optional<Instant> deadline() const { return deadline_; }
  void expired(Instant) {
    ++counts_.expired;
    deadline_.reset();
    stopped_ = false;
    output_.append("expired");
    pump_.session_changed();
  }
  [[nodiscard]] bool finished() const { return finished_; }
  void disconnected(Instant) { ++counts_.disconnected; }
  bool input_ended(Instant) {
    if (half_close_) {
      output_.append("late");
      finished_ = true;
    }
    return half_close_;
  }

 private:
  EchoCounts& counts_;
  Pump& pump_;
  const bool half_close_;
  Buffer input_;
  Output output_;
  bool stopped_ = false;
  bool finished_ = false;
  std::optional<Instant> deadline_;
};
using EchoPump = SessionPump<EchoSession>;

/// An echo service on each shard of a house, all at one port.
class EchoService {
 public:
  EchoService(std::uint16_t shards, tls::ServerContextPtr tls, PumpOptions options = {},
              ConnectionLimits::Bounds bounds = {}, bool half_close = false)
      : options_(options),
        tls_(std::move(tls)),
        half_close_(half_close),
        limits_(bounds),
        house_({.shards = shards}) {
    Address address = *Address::parse("127.0.0.1:0");
    for (std::uint16_t i = 0; i < house_.shards(); ++i) {
      auto& point = *points_.emplace_back(std::make_unique<Point>(house_.shard(i), address));
      address = point.listener.bound();
      point.listener.start([this, &point](Accepted accepted) { open(point, std::move(accepted)); });
    }
    house_.start();
  }
  ~EchoService() { house_.stop(); }

  [[nodiscard]] Address address() const { return points_.front()->listener.bound(); }
  [[nodiscard]] EchoCounts& counts() { return counts_; }
  [[nodiscard]] House& house() { return house_; }
  [[nodiscard]] ConnectionLimits& limits() { return limits_; }

 private:
  struct Point {
    Point(Shard& on, const Address& address) : shard(on), listener(on, address) {}
    Shard& shard;
    Listener listener;
    ConnectionTable<EchoPump> table;
  };
  void open(Point& point, Accepted accepted) {
    auto place = limits_.admit(accepted.peer);
    if (!place) return;
    point.table.adopt(std::make_unique<EchoPump>(
        point.shard, point.table, options_, std::move(accepted),
        tls_ ? tls_->make_session() : nullptr, std::move(place), [this](SocketPump& pump) {
          return EchoSession{counts_, pump, half_close_};
        }));
  }

  const PumpOptions options_;
  const tls::ServerContextPtr tls_;
  const bool half_close_;
  EchoCounts counts_;
  ConnectionLimits limits_;
  House house_;
  std::vector<std::unique_ptr<Point>> points_;
};

}  // namespace core
