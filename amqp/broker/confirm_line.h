#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "amqp/port/message.h"
#include "amqp/store/message_log.h"
#include "core/base/check.h"
#include "core/post/letter.h"

namespace amqp::broker {

/// A publish with a confirm, as the shard of a queue that has it knows it.
struct ConfirmTo {
  core::ShardId shard;     // of the publisher
  std::uint32_t slot = 0;  // its place there when it waits for other shards; 0: it is what follows
  port::ConnectionId connection{};
  port::ChannelId channel{};
  std::uint64_t sequence = 0;
  bool accepted = true;  // false: a queue refused it
};

/// Publishes whose copy in this shard's log is not known to be on disk yet, in the order in which
/// the log took them; so what one sync covers is always at the front. Allocates only while it
/// grows.
///
/// Bounds  what sessions keep unconfirmed (ServerSession), and the log says `behind` long before.
class ConfirmLine {
 public:
  void wait(store::LogPoint point, const ConfirmTo& to) {
    CORE_CHECK(entries_.empty() || entries_.back().point <= point);
    entries_.push_back({point, to});
  }

  /// Takes out what the log has on disk, oldest first, with `tell(const ConfirmTo&)`, which may
  /// come back with more that waits.
  template <typename Tell>
  void synced(store::LogPoint point, Tell&& tell) {
    while (front_ < entries_.size() && entries_[front_].point <= point) {
      const ConfirmTo to = entries_[front_++].to;
      tell(to);
    }
    if (front_ * 2 < entries_.size()) return;  // so that each is moved once at most, on average
    entries_.erase(entries_.begin(), entries_.begin() + static_cast<std::ptrdiff_t>(front_));
    front_ = 0;
  }

  [[nodiscard]] std::size_t size() const { return entries_.size() - front_; }

 private:
  struct Entry {
    store::LogPoint point;
    ConfirmTo to;
  };
  std::vector<Entry> entries_;  // those before front_ have been told
  std::size_t front_ = 0;
};

}  // namespace amqp::broker
