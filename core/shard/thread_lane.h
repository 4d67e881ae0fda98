#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <string>
#include <thread>

#include "core/post/post.h"
#include "core/shard/core_watch.h"
#include "core/time/instant.h"

namespace core {

/// A lane with a thread of its own.
class ThreadLane final : public Lane {
 public:
  static constexpr std::size_t kJobsMax = 1024;
  static constexpr std::chrono::microseconds kAlert{200};

  explicit ThreadLane(std::string name, std::size_t jobs_max = kJobsMax);
  ThreadLane(const ThreadLane&) = delete;
  ThreadLane& operator=(const ThreadLane&) = delete;
  ~ThreadLane() override;  ///< Stops and joins.

  [[nodiscard]] bool submit(Job job) override;
  /// Whether it looks for the next job for a moment (kAlert) before it sleeps: whoever waits for
  /// this one may have the next at once. Nothing on a machine of one core. Any thread.
  void be_alert(bool alert) { alert_.store(alert, std::memory_order_relaxed); }
  void start();
  /// Runs what was submitted before, takes no more, and waits for the end. Any thread but its own.
  void stop();

 private:
  void run();
  void look_out();

  const std::string name_;
  const std::size_t jobs_max_;
  std::mutex mutex_;
  std::condition_variable something_;
  std::deque<Job> jobs_;
  std::atomic<bool> any_{false};  // there are jobs, or it is stopping; a hint outside the mutex
  std::atomic<bool> alert_{false};
  bool may_be_alert_ = false;
  CoreWatch core_watch_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace core
