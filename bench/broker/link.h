#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace broker_bench {

using Clock = std::chrono::steady_clock;
using Time = Clock::time_point;

/// A TCP connection to a broker on this machine: non-blocking, with what came in and what shall go
/// out. Throws std::runtime_error when it breaks: then there is nothing to measure.
class Link {
 public:
  explicit Link(std::uint16_t port);
  Link(Link&& other) noexcept;
  Link& operator=(Link&&) = delete;
  ~Link();

  [[nodiscard]] int descriptor() const { return descriptor_; }

  /// Reads once; false when nothing was there.
  bool receive();
  [[nodiscard]] std::string_view input() const { return {input_.data() + begin_, end_ - begin_}; }
  void consume(std::size_t size) { begin_ += size; }
  /// Waits until more input is there; throws after ten seconds without.
  void await();

  /// What is appended here goes out with `flush`.
  std::string& output() { return output_; }
  /// Writes what the socket takes; `blocked` tells whether something is left.
  void flush();
  /// Writes once from `octets`; how many were taken.
  std::size_t write(std::string_view octets);
  [[nodiscard]] bool blocked() const { return blocked_; }

 private:
  static constexpr std::size_t kReadMax = 256 * 1024;

  int descriptor_ = -1;
  std::vector<char> input_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::string output_;
  std::size_t sent_ = 0;  // of output_
  bool blocked_ = false;  // the socket takes no more for now
};

/// Sleeps until one of the links can be read, or written if it is blocked, or `until`.
void wait_for(std::initializer_list<const Link*> links, Time until);

/// One message over and over, written straight from one piece of memory.
class Repeater {
 public:
  explicit Repeater(std::string_view unit);
  /// Writes until `total` messages are out in all, or the socket takes no more.
  void write(Link& link, std::uint64_t total);
  [[nodiscard]] std::uint64_t written() const { return position_ / size_; }

 private:
  static constexpr std::size_t kBatch = 256 * 1024;

  std::size_t size_;
  std::string batch_;           // whole messages
  std::uint64_t position_ = 0;  // octets written
};

}  // namespace broker_bench
