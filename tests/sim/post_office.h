#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <random>
#include <vector>

#include "core/base/check.h"
#include "core/post/post.h"

namespace sim {

/// A post office for any number of shards on one thread: letters of one pair of shards arrive in
/// the order they were sent, those of different pairs in any order, as the seed has it.
class PostOffice {
 public:
  explicit PostOffice(std::uint16_t shards, std::uint64_t seed = 1)
      : shards_(shards), random_(seed), mailboxes_(std::size_t{shards} * shards) {
    for (std::uint16_t i = 0; i < shards; ++i) {
      counters_.push_back(std::make_unique<Counter>(*this, core::ShardId{i}));
    }
  }
  PostOffice(const PostOffice&) = delete;
  PostOffice& operator=(const PostOffice&) = delete;

  [[nodiscard]] core::Post& post(core::ShardId shard) { return *counters_[shard.value()]; }
  [[nodiscard]] std::uint16_t shards() const { return shards_; }
  [[nodiscard]] std::size_t under_way() const { return under_way_; }

  /// Runs one letter of a mailbox chosen at random; false when there is none.
  bool deliver_one() {
    if (under_way_ == 0) return false;
    std::size_t at = static_cast<std::size_t>(random_() % mailboxes_.size());
    while (mailboxes_[at].empty()) at = (at + 1) % mailboxes_.size();
    run_front(at);
    return true;
  }
  /// Runs the next letter from one shard to another; false when there is none.
  bool deliver(core::ShardId from, core::ShardId to) {
    const std::size_t at = place(from, to);
    if (mailboxes_[at].empty()) return false;
    run_front(at);
    return true;
  }
  /// Runs letters until none is left, those they send included.
  void run() {
    while (deliver_one()) {
    }
  }

 private:
  /// A shard's side of the post.
  class Counter final : public core::Post {
   public:
    Counter(PostOffice& office, core::ShardId self) : office_(office), self_(self) {}
    [[nodiscard]] core::ShardId self() const override { return self_; }
    [[nodiscard]] std::uint16_t shards() const override { return office_.shards_; }
    void send(core::ShardId to, core::Letter letter) override {
      office_.mailboxes_[office_.place(self_, to)].push_back(std::move(letter));
      ++office_.under_way_;
    }
    [[nodiscard]] bool congested() const override { return false; }

   private:
    PostOffice& office_;
    core::ShardId self_;
  };

  [[nodiscard]] std::size_t place(core::ShardId from, core::ShardId to) const {
    CORE_CHECK(from.value() < shards_ && to.value() < shards_);
    return std::size_t{from.value()} * shards_ + to.value();
  }
  void run_front(std::size_t at) {
    core::Letter letter = std::move(mailboxes_[at].front());
    mailboxes_[at].pop_front();
    --under_way_;
    letter();
  }

  std::uint16_t shards_;
  std::mt19937_64 random_;
  std::vector<std::deque<core::Letter>> mailboxes_;  // by sender, then receiver
  std::vector<std::unique_ptr<Counter>> counters_;
  std::size_t under_way_ = 0;
};

}  // namespace sim
