#pragma once

#include <asio/io_context.hpp>
#include <asio/posix/stream_descriptor.hpp>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "core/post/post.h"
#include "core/shard/alertness.h"
#include "core/shard/core_watch.h"
#include "core/shard/post_office.h"
#include "core/shard/shard_clock.h"
#include "core/shard/timers.h"
#include "core/shard/turn_task.h"

namespace core {

/// What a shard has done since it started. Written by its thread, read by any.
struct ShardCounters {
  std::atomic<std::uint64_t> turns{0};
  std::atomic<std::uint64_t> sleeps{0};
  std::atomic<std::uint64_t> letters_sent{0};  // to other shards
  std::atomic<std::uint64_t> letters_run{0};   // from anywhere, itself included
  std::atomic<std::uint64_t> letters_kept{0};  // found a full mailbox and waited here
  std::atomic<std::uint64_t> wake_ups{0};      // system calls made to wake another shard

  static void add(std::atomic<std::uint64_t>& counter, std::uint64_t count) {
    counter.store(counter.load(std::memory_order_relaxed) + count, std::memory_order_relaxed);
  }
};

/// Something with a deadline that moves without anybody saying so, e.g. a table of waiting replies.
/// A shard has a few of them, and asks them in every turn.
class DeadlineSource {
 public:
  virtual ~DeadlineSource() = default;
  [[nodiscard]] virtual std::optional<Instant> deadline() const = 0;
  virtual void expired(Instant now) = 0;
  /// Until when something is likely to come that somebody waits for, e.g. the end of a sync: the
  /// shard looks for it again and again instead of sleeping, since being woken takes as long as
  /// what it waits for. nullopt: sleep.
  [[nodiscard]] virtual std::optional<Instant> alert_until() const { return std::nullopt; }
};

/// One core's worth of the house: an Asio loop, a mailbox from every other shard, deadlines, and
/// what must be flushed at the end of a turn. All of it is used on the shard's thread only (before
/// that thread starts: by whoever builds the house).
///
/// A turn
///   wait     for sockets, letters or a deadline, unless something is left to do
///   handle   what the sockets brought, at most kHandlersPerTurn
///   letters  at most kLettersPerTurn from each mailbox
///   timers   that are due, at most kTimersPerTurn
///   flush    the turn's tasks: one write for each connection that has output
///   letters that found a mailbox full are offered again
///
/// Every part is bounded, so none can starve the others.
class Shard final : public Post {
 public:
  static constexpr std::size_t kHandlersPerTurn = 256;
  static constexpr std::size_t kLettersPerTurn = 256;
  static constexpr std::size_t kTimersPerTurn = 1024;
  static constexpr std::size_t kTasksPerTurn = 4096;
  /// How long kept letters and paused readers wait before they are tried again.
  static constexpr std::chrono::milliseconds kRetryInterval{1};

  Shard(ShardId self, PostOffice& office);
  ~Shard() override;

  [[nodiscard]] ShardId self() const override { return self_; }
  [[nodiscard]] std::uint16_t shards() const override { return office_.shards(); }
  /// To another shard, or to itself later in the same turn (the next one when it is late in it).
  void send(ShardId to, Letter letter) override;
  [[nodiscard]] bool congested() const override { return kept_count_ > 0; }

  [[nodiscard]] asio::io_context& io() { return io_; }
  [[nodiscard]] Timers& timers() { return timers_; }
  [[nodiscard]] const Clock& clock() const { return clock_; }
  [[nodiscard]] Instant now() const { return clock_.now(); }
  /// Reads the clock anew, within a turn: for stage times that shall differ.
  Instant refresh_now() {
    clock_.refresh();
    return clock_.now();
  }

  /// Calls `source.expired` when its deadline has come; until `unwatch`.
  void watch(DeadlineSource& source) { sources_.push_back(&source); }
  void unwatch(DeadlineSource& source) { std::erase(sources_, &source); }

  void at_turn_end(TurnTask& task) { turn_tasks_.add(task); }
  /// Runs `task` at the end of a turn a little later: it could not go on, e.g. for congestion.
  void retry_later(TurnTask& task) {
    if (!task.waits_for_turn_end()) retries_.add(task);
  }

  [[nodiscard]] const ShardCounters& counters() const { return counters_; }

  /// Whether this shard may look for work instead of sleeping (DeadlineSource::alert_until): there
  /// is a core for whoever makes that work. Before it runs.
  void may_be_alert(bool may) { may_be_alert_ = may; }

  void run();   ///< Turns until `stop`.
  void stop();  ///< On this shard's thread: `run` ends with the turn.

 private:
  void turn();
  void wait_for_something();
  [[nodiscard]] bool look_out();  // false: nothing has come, and it is time to sleep
  void handle_sockets();
  bool run_letters();  // true when some may be left
  void run_letters_from_outside();
  void run_own_letters();
  void offer_kept_letters();
  void await_wake_up();
  void ask_sources();
  [[nodiscard]] std::optional<Instant> next_deadline() const;

  const ShardId self_;
  PostOffice& office_;
  ShardClock clock_;
  // The destructor of io_ still looks at what its handlers captured, never at other members.
  asio::io_context io_;
  asio::posix::stream_descriptor wake_up_;
  Timers timers_;
  std::vector<DeadlineSource*> sources_;
  TurnTasks turn_tasks_;
  TurnTasks retries_;
  Instant last_retry_{};
  std::vector<Letter> own_;               // from this shard to itself
  std::vector<std::deque<Letter>> kept_;  // by receiver: found the mailbox full
  std::size_t kept_count_ = 0;
  bool more_to_do_ = false;  // a bound was reached: do not sleep
  bool stopping_ = false;
  bool may_be_alert_ = false;
  Alertness alertness_;
  CoreWatch core_watch_;
  ShardCounters counters_;
};

}  // namespace core
