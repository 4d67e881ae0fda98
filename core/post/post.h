#pragma once

#include "core/post/letter.h"

namespace core {

/// A shard's way to the others (and to itself, later in the same turn). Used on that shard only.
///
/// Order    letters between one pair of shards arrive in the order they were sent.
/// Bounds   a full mailbox makes the sender keep letters; `congested` is then true, and whoever
///          reads sockets must stop until it is false again. One turn of reading adds at most the
///          letters of one read per connection.
class Post {
 public:
  virtual ~Post() = default;
  [[nodiscard]] virtual ShardId self() const = 0;
  [[nodiscard]] virtual std::uint16_t shards() const = 0;  ///< How many there are, at least 1.
  virtual void send(ShardId to, Letter letter) = 0;
  [[nodiscard]] virtual bool congested() const = 0;
};

/// A thread for work that blocks (SQLite, password hashes, name look-ups): one queue of jobs, run
/// in order. A job sends its result home as a letter. `submit` may be called from any shard; false
/// when the queue is full (the caller answers 503).
class Lane {
 public:
  using Job = InlineFunction<void(), 112>;
  virtual ~Lane() = default;
  [[nodiscard]] virtual bool submit(Job job) = 0;
};

/// How a lane, which is no shard, sends letters to shards.
class LanePost {
 public:
  virtual ~LanePost() = default;
  virtual void send(ShardId to, Letter letter) = 0;  ///< Any lane thread.
};

}  // namespace core
