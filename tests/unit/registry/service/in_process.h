#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "core/post/post.h"

namespace registry::service {

/// Shards and a lane without threads: jobs and letters wait until a test lets them go on, in any
/// order that keeps the order per pair.
class InProcess {
 public:
  explicit InProcess(std::uint16_t shards) {
    for (std::uint16_t to = 0; to < shards; ++to) {
      posts_.push_back(std::make_unique<ShardPost>(*this, core::ShardId{to}));
      mail_.emplace_back(shards + std::size_t{1});  // from each shard, and last from the lane
    }
  }

  [[nodiscard]] core::Lane& lane() { return lane_; }
  [[nodiscard]] core::LanePost& lane_post() { return lane_post_; }
  [[nodiscard]] core::Post& post(std::uint16_t shard) { return *posts_[shard]; }
  [[nodiscard]] std::uint16_t shards() const { return static_cast<std::uint16_t>(posts_.size()); }

  /// How many jobs the lane takes before it says no.
  void limit_lane(std::size_t jobs_max) { jobs_max_ = jobs_max; }

  /// The lane's next job; false when there is none.
  bool run_job() { return run_front(jobs_); }
  /// The next letter from one shard to another, or from the lane to a shard.
  bool deliver(std::uint16_t from, std::uint16_t to) { return run_front(mail_[to][from]); }
  bool deliver_from_lane(std::uint16_t to) { return run_front(mail_[to][posts_.size()]); }

  /// Everything, until nothing is left to do.
  void run() {
    while (run_once()) continue;
  }

 private:
  class ShardPost final : public core::Post {
   public:
    ShardPost(InProcess& house, core::ShardId self) : house_(house), self_(self) {}
    [[nodiscard]] core::ShardId self() const override { return self_; }
    [[nodiscard]] std::uint16_t shards() const override { return house_.shards(); }
    void send(core::ShardId to, core::Letter letter) override {
      house_.mail_[to.value()][self_.value()].push_back(std::move(letter));
    }
    [[nodiscard]] bool congested() const override { return false; }

   private:
    InProcess& house_;
    core::ShardId self_;
  };

  class OneLane final : public core::Lane {
   public:
    explicit OneLane(InProcess& house) : house_(house) {}
    bool submit(Job job) override {
      if (house_.jobs_.size() >= house_.jobs_max_) return false;
      house_.jobs_.push_back(std::move(job));
      return true;
    }

   private:
    InProcess& house_;
  };

  class OneLanePost final : public core::LanePost {
   public:
    explicit OneLanePost(InProcess& house) : house_(house) {}
    void send(core::ShardId to, core::Letter letter) override {
      house_.mail_[to.value()][house_.posts_.size()].push_back(std::move(letter));
    }

   private:
    InProcess& house_;
  };

  template <typename Work>
  static bool run_front(std::deque<Work>& queue) {
    if (queue.empty()) return false;
    Work work = std::move(queue.front());
    queue.pop_front();
    work();
    return true;
  }

  bool run_once() {
    bool did = run_job();
    for (auto& shard : mail_) {
      for (auto& letters : shard) did = run_front(letters) || did;
    }
    return did;
  }

  std::vector<std::unique_ptr<ShardPost>> posts_;
  OneLane lane_{*this};
  OneLanePost lane_post_{*this};
  std::deque<core::Lane::Job> jobs_;
  std::size_t jobs_max_ = 1024;
  std::vector<std::vector<std::deque<core::Letter>>> mail_;  // [to][from]
};

}  // namespace registry::service
