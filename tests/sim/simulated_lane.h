#pragma once

#include <cstddef>
#include <deque>
#include <utility>

#include "core/post/post.h"

namespace sim {

/// A lane whose jobs are done when it is told so. Being small it is full now and then.
class SimulatedLane final : public core::Lane {
 public:
  [[nodiscard]] bool submit(Job job) override {
    if (jobs_.size() == kJobsMax) return false;
    jobs_.push_back(std::move(job));
    return true;
  }
  [[nodiscard]] bool busy() const { return !jobs_.empty(); }
  void work_one() {
    Job job = std::move(jobs_.front());
    jobs_.pop_front();
    job();
  }

 private:
  static constexpr std::size_t kJobsMax = 4;
  std::deque<Job> jobs_;
};

/// Letters from lanes to shards, in their order.
class LaneLetters final : public core::LanePost {
 public:
  void send(core::ShardId, core::Letter letter) override { letters_.push_back(std::move(letter)); }
  [[nodiscard]] bool empty() const { return letters_.empty(); }
  void deliver_one() {
    core::Letter letter = std::move(letters_.front());
    letters_.pop_front();
    letter();
  }

 private:
  std::deque<core::Letter> letters_;
};

}  // namespace sim
