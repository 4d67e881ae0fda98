#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "amqp/store/log_disk.h"
#include "amqp/store/message_log.h"
#include "amqp/store/recovery.h"
#include "core/post/post.h"
#include "core/time/clock.h"

namespace amqp::store {

struct SegmentLogSettings {
  std::string folder;       // it is there
  std::uint32_t shard = 0;  // written into the segments' headers
  std::uint64_t seed = 0;   // random: see segment_format.h
  std::uint64_t segment_octets = std::uint64_t{32} << 20U;
  /// With more than this gathered or on its way the log is behind, until it is below half.
  std::uint64_t behind_octets = std::uint64_t{16} << 20U;
  /// With less than this left on the disk the log is full before the disk is.
  std::uint64_t free_octets_min = std::uint64_t{64} << 20U;
  /// Space is reclaimed when the log is larger than twice what lives, and this.
  std::uint64_t slack_octets = std::uint64_t{64} << 20U;
  /// What nobody waits for (settled, given out, messages that are not durable) is written after
  /// this time, or when there is so much of it.
  core::Duration lazy_max = std::chrono::milliseconds{100};
  std::uint64_t lazy_octets = std::uint64_t{256} << 10U;
  core::Duration retry_after = std::chrono::seconds{1};
};

/// Whom a log lives with. All of it outlives the log.
struct LogSurroundings {
  core::Files& files;
  core::Lane& lane;  // its own, for its syncs
  core::LanePost& post;
  core::ShardId home;
  const core::Clock& clock;
  /// Called, perhaps from within a call to the log, when `flush` should be called at the end of
  /// this turn.
  std::function<void()> ask_flush;
};

/// Figures for the operator's pages.
struct LogFigures {
  std::uint64_t segments = 0;
  std::uint64_t octets = 0;
  std::uint64_t live_messages = 0;
  std::uint64_t live_octets = 0;
  std::uint64_t waiting_octets = 0;  // gathered and on their way
  std::uint64_t syncs = 0;           // batches that are on disk
  std::uint64_t written_octets = 0;
  std::uint64_t moved_octets = 0;  // of these: copied forward
  std::uint64_t failures = 0;      // batches that were refused
};

/// The message log on disk: segments of `segment_octets` in one folder (segment_format.h).
///
/// Home    one shard. What blocks is done by LogDisk on the lane; results come back as letters.
/// Time    flush() and expired() read the clock that was given.
/// Batches what is gathered in a turn becomes one write and one fdatasync; at most one batch is on
///         its way, and what comes meanwhile gathers for the next one.
/// Trouble a batch that could not be written is tried again each second in the same place, and the
///         log is full until it works. After a failed sync nobody knows what the segment holds: it
///         is abandoned, and all of it that was not known to be synced is written to a new one.
/// Space   the oldest segment goes when nothing in it lives. When the log is larger than twice what
///         lives, and the slack, the oldest segment's live messages are appended again, 1 MiB at a
///         time: for each octet that is copied at least one is given back.
class SegmentLog final : public MessageLog {
 public:
  SegmentLog(SegmentLogSettings settings, LogSurroundings surroundings, LogTail tail);
  SegmentLog(const SegmentLog&) = delete;
  SegmentLog& operator=(const SegmentLog&) = delete;
  ~SegmentLog() override;

  void listen(LogListener& listener) override;
  LogPlace append(const LogEntry& entry, const port::MessagePtr& message) override;
  void settle(QueueKey queue, port::QueuePosition position, LogPlace place) override;
  void forget(QueueKey queue) override;
  void given_out(QueueKey queue, port::QueuePosition position) override;
  void flush() override;
  /// The same, also for what nobody waits for.
  void flush_all();

  [[nodiscard]] LogPoint appended() const override { return LogPoint{history_}; }
  [[nodiscard]] LogPoint synced() const override { return synced_; }
  [[nodiscard]] LogState state() const override;
  void read(std::span<const LogPlace> places, ReadDone done) override;

  /// When `expired` wants to be called next; nullopt when there is nothing to wait for.
  [[nodiscard]] std::optional<core::Instant> deadline() const;
  void expired(core::Instant now);
  /// While a sync is under way for the sake of a few messages, whose publishers do nothing but wait
  /// for it: when it is over, twice as long as usual at most. nullopt otherwise, and when syncs
  /// take so long here that being woken does not count.
  [[nodiscard]] std::optional<core::Instant> sync_expected() const;

  [[nodiscard]] LogFigures figures() const;
  [[nodiscard]] const SegmentTable& table() const { return table_; }

 private:
  /// How letters find the log, or that it is gone.
  struct Home {
    SegmentLog* log = nullptr;
  };
  struct ReadRequest {
    std::vector<port::MessagePtr> messages;  // null: is being read
    std::vector<LogPlace> missing;
    std::vector<ReadFailure> failures;
    ReadDone done;
  };
  enum class Reclaim : std::uint8_t { idle, scanning, removing };

  /// Runs `work(disk)` on the lane, then `then(log, result)` here; false when the lane is full.
  template <typename Work, typename Then>
  [[nodiscard]] bool on_lane(Work work, Then then);

  LogPlace append_message(const MessageFacts& facts, const port::MessagePtr& message);
  void something_gathered();
  void write_next(core::Instant now);
  void submit(core::Instant now);
  void written(const WriteOutcome& outcome);
  void write_succeeded();
  void write_failed(const WriteOutcome& outcome);
  void abandon(const WriteOutcome& outcome);
  void place_again(LogBatch& batch);
  void heed_free_space(std::uint64_t octets);
  void look_at_space(core::Instant now);
  void update_state();
  void tell_state();

  void submit_reads(core::Instant now);
  void reads_done(ReadRequest& request);

  void reclaim(core::Instant now);
  [[nodiscard]] bool oldest_is_complete() const;
  void scan_oldest(core::Instant now);
  void scanned(ScanStep& step);
  void move_forward(const FoundMessage& found);
  void remove_oldest(core::Instant now);
  void removed(std::uint64_t segment, std::error_code error);
  void give_back_reserve(std::uint64_t segment, std::uint64_t size);

  const SegmentLogSettings settings_;
  LogSurroundings around_;
  LogListener* listener_ = nullptr;
  const std::shared_ptr<Home> home_;
  const std::shared_ptr<LogDisk> disk_;

  SegmentTable table_;
  LogCursor cursor_;
  std::uint64_t next_sequence_;
  std::uint64_t history_ = 0;
  LogPoint synced_;

  // A batch on its way is looked at by the lane too, which changes nothing but checksums in it.
  std::shared_ptr<LogBatch> gathering_;
  std::shared_ptr<LogBatch> in_flight_;      // on the lane, or waits to be tried again; else empty
  bool urgent_ = false;                      // somebody may wait for what is gathered
  std::optional<core::Instant> lazy_since_;  // when the first of it was gathered
  bool flush_asked_ = false;
  bool on_its_way_ = false;
  LogPoint in_flight_point_;
  bool awaited_ = false;  // in_flight_ is little, and somebody may wait for it
  core::Instant submitted_at_{};
  core::Duration usual_sync_{};            // smoothed
  std::optional<core::Instant> retry_at_;  // in_flight_ is submitted again

  std::string failure_;  // why the last batch was refused; empty when it was not
  bool low_space_ = false;
  bool looking_at_space_ = false;
  std::optional<core::Instant> space_looked_at_;
  std::uint64_t space_octets_ = 0;  // written since
  LogState state_ = LogState::ready;
  LogState told_ = LogState::ready;

  std::deque<std::unique_ptr<ReadRequest>> reads_;  // not yet on the lane
  bool newest_intact_;  // of the segments that were there: its reserve is not needed
  Reclaim reclaim_ = Reclaim::idle;
  std::optional<core::Instant> again_at_;  // the lane was full, or a segment could not be removed
  LogFigures figures_;
};

}  // namespace amqp::store
