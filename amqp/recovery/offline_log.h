#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "amqp/store/segment_log.h"
#include "core/post/post.h"

namespace amqp::recovery {

/// A segment log before any shard runs: its lane's jobs and letters are done when it is told so, by
/// the one thread that there is.
class OfflineLog final : private core::Lane, private core::LanePost, private store::LogListener {
 public:
  OfflineLog(core::Files& files, const core::Clock& clock, store::SegmentLogSettings settings,
             store::LogTail tail);

  [[nodiscard]] store::MessageLog& log() { return *log_; }
  /// Writes and syncs what was appended so far when it is much. The reason when that failed.
  [[nodiscard]] std::optional<std::string> keep_up();
  /// Writes and syncs all of it.
  [[nodiscard]] std::optional<std::string> finish();

 private:
  /// Appended and not yet on disk; bounds what waits in memory.
  static constexpr std::uint64_t kBehindOctets = std::uint64_t{8} << 20U;

  [[nodiscard]] bool submit(Job job) override;
  void send(core::ShardId to, core::Letter letter) override;
  void synced(store::LogPoint) override {}
  void state_changed(store::LogState state, std::string_view reason) override;
  void moved(store::QueueKey, port::QueuePosition, store::LogPlace) override {}

  std::deque<Job> jobs_;
  std::deque<core::Letter> letters_;
  std::optional<std::string> failure_;
  std::unique_ptr<store::SegmentLog> log_;
};

}  // namespace amqp::recovery
