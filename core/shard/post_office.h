#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "core/post/letter.h"
#include "core/post/ring.h"
#include "core/post/sleep_flag.h"

namespace core {

using Mailbox = Ring<Letter>;

/// The mailboxes of all shards and what it takes to wake a shard up. Made before the shards start
/// and destroyed after they have stopped; letters that nobody took are destroyed unread.
///
/// Between shards   one mailbox for each ordered pair: written by one shard, read by the other.
/// From outside     lanes and the main thread share one inbox per shard behind a mutex, off the
/// data
///                  path. Its bound is that of the lanes' job queues: a job sends a few letters.
class PostOffice {
 public:
  /// Letters in one mailbox: 128 KiB each. With many shards there are many pairs, and each gets
  /// less.
  static constexpr std::size_t kMailboxMax = 1024;
  static constexpr std::size_t kMailboxMaxInALargeHouse = 256;
  static constexpr std::uint16_t kLargeHouse = 9;  // shards

  /// Throws std::system_error when there is no descriptor left.
  explicit PostOffice(std::uint16_t shards);
  PostOffice(const PostOffice&) = delete;
  PostOffice& operator=(const PostOffice&) = delete;
  ~PostOffice();

  [[nodiscard]] std::uint16_t shards() const { return shards_; }
  [[nodiscard]] Mailbox& mailbox(ShardId from, ShardId to);

  /// Any thread that is no shard.
  void send_from_outside(ShardId to, Letter letter);
  /// The letters from outside that wait for `to`, on its thread; empty most of the time.
  [[nodiscard]] std::vector<Letter> take_from_outside(ShardId to);

  /// Whether a letter has come for `self`, on its thread; one that comes at this moment may be
  /// missed.
  [[nodiscard]] bool something_for(ShardId self);
  /// After a push for `to`: wakes it if it sleeps. True when that took a system call.
  bool wake(ShardId to);
  /// On `self`: says that it will sleep; false when there is something to read after all.
  [[nodiscard]] bool lie_down(ShardId self);
  void get_up(ShardId self);
  /// Becomes readable when a shard that sleeps is woken (eventfd(2)).
  [[nodiscard]] int wake_descriptor(ShardId self) const;

 private:
  struct Desk {  // what belongs to one receiving shard
    SleepFlag sleep;
    int descriptor = -1;
    std::atomic<bool> outside_any{false};
    std::mutex outside_mutex;
    std::vector<Letter> outside;
    std::vector<std::unique_ptr<Mailbox>> from;  // by sending shard; null for itself
  };
  [[nodiscard]] Desk& desk(ShardId shard) { return *desks_[shard.value()]; }

  const std::uint16_t shards_;
  std::vector<std::unique_ptr<Desk>> desks_;
};

}  // namespace core
