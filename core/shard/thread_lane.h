#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <string>
#include <thread>

#include "core/post/post.h"

namespace core {

/// A lane with a thread of its own.
class ThreadLane final : public Lane {
 public:
  static constexpr std::size_t kJobsMax = 1024;

  explicit ThreadLane(std::string name, std::size_t jobs_max = kJobsMax);
  ThreadLane(const ThreadLane&) = delete;
  ThreadLane& operator=(const ThreadLane&) = delete;
  ~ThreadLane() override;  ///< Stops and joins.

  [[nodiscard]] bool submit(Job job) override;
  void start();
  /// Runs what was submitted before, takes no more, and waits for the end. Any thread but its own.
  void stop();

 private:
  void run();

  const std::string name_;
  const std::size_t jobs_max_;
  std::mutex mutex_;
  std::condition_variable something_;
  std::deque<Job> jobs_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace core
