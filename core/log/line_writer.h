#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace core::log {

/// Writes lines to a descriptor on a thread of its own, so that nobody waits for a terminal or a
/// pipe that is not read. At most kWaitingOctetsMax octets wait; lines that do not fit are dropped
/// and counted. The end writes what waits. Any thread.
class LineWriter {
 public:
  static constexpr std::size_t kWaitingOctetsMax = std::size_t{1} << 20U;

  explicit LineWriter(int descriptor);
  LineWriter(const LineWriter&) = delete;
  LineWriter& operator=(const LineWriter&) = delete;
  ~LineWriter();

  /// `line` without its newline; false when it was dropped.
  bool add(std::string_view line);
  /// How many were dropped since this was last asked.
  [[nodiscard]] std::uint64_t take_dropped();

 private:
  void run();

  const int descriptor_;
  std::mutex mutex_;
  std::condition_variable something_;
  std::string waiting_;
  std::uint64_t dropped_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace core::log
