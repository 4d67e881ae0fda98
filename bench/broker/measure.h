#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "bench/broker/link.h"

namespace broker_bench {

/// What one run of the load is told.
struct Options {
  std::string load = "throughput";
  bool nats = false;
  std::uint16_t port = 5672;
  int server = 0;  // process whose CPU time counts; 0: none
  double seconds = 2;
  std::size_t size = 16;        // octets of a body
  std::uint16_t prefetch = 0;   // 0: auto-ack; else each delivery is acknowledged by itself
  std::size_t outstanding = 1;  // round trips, or publishes that wait for their confirmation
  std::size_t queues = 1000;
  std::uint64_t messages = 1'000'000;
  std::string folder = ".";
};

using Figures = std::vector<std::pair<std::string, double>>;

/// At most this many messages or octets are published and not yet delivered, in every subject.
inline constexpr std::uint64_t kAheadMax = 20'000;
inline constexpr std::size_t kAheadOctetsMax = std::size_t{32} * 1024 * 1024;
/// What comes before the measurement.
inline constexpr double kWarmUp = 0.3;  // seconds

Figures run_throughput(const Options& options);
Figures run_confirm(const Options& options);
Figures run_rpc(const Options& options);
Figures run_queues(const Options& options);
Figures run_deep(const Options& options);
Figures run_fdatasync(const Options& options);

/// Tells warm-up, measurement and end apart, and keeps the server's CPU time at both ends.
class Stopwatch {
 public:
  explicit Stopwatch(const Options& options);
  /// True once measuring has begun; call it with the count of what is measured.
  bool measuring(std::uint64_t count);
  [[nodiscard]] bool over() const { return Clock::now() >= end_; }
  [[nodiscard]] Time end() const { return end_; }
  /// Rate in 1/s, and CPU of the server for each in µs, with `count` at the end.
  void add_to(Figures& figures, const std::string& name, std::uint64_t count) const;

 private:
  const int server_;
  Time begin_;
  Time end_;
  bool begun_ = false;
  std::uint64_t count_ = 0;
  double cpu_ = 0;  // seconds
};

/// CPU time of a process, system and user, in seconds; a tick is 10 ms.
[[nodiscard]] double cpu_seconds(int process);
/// Resident memory of a process in MiB.
[[nodiscard]] double resident_mib(int process);
[[nodiscard]] double seconds_since(Time begin);
/// A name that no earlier run used.
[[nodiscard]] std::string fresh_name(const std::string& stem);
/// Adds p50 and p99 of `samples`, in µs.
void add_latency(Figures& figures, std::vector<double>& samples);

}  // namespace broker_bench
