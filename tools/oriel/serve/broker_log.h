#pragma once

#include <string>

#include "amqp/store/segment_log.h"
#include "core/files/files.h"
#include "core/shard/shard.h"
#include "core/shard/thread_lane.h"

namespace oriel::serve {

/// What a shard's message log is made of.
struct LogParts {
  core::Files& files;
  core::ThreadLane& lane;
  core::LanePost& post;
  std::string folder;
  amqp::store::LogTail tail;
};

/// A shard's message log, written at the end of each turn in which something came for it, and
/// looked after when one of its times has come.
class BrokerLog final : private core::TurnTask, private core::DeadlineSource {
 public:
  BrokerLog(core::Shard& shard, LogParts parts);
  BrokerLog(const BrokerLog&) = delete;
  BrokerLog& operator=(const BrokerLog&) = delete;
  ~BrokerLog() override;

  [[nodiscard]] amqp::store::SegmentLog& log() { return log_; }
  [[nodiscard]] const amqp::store::SegmentLog& log() const { return log_; }
  /// Whether everything is on disk.
  [[nodiscard]] bool at_rest() const { return log_.synced() == log_.appended(); }

 private:
  void turn_ended(core::Instant) override;
  [[nodiscard]] std::optional<core::Instant> deadline() const override { return log_.deadline(); }
  void expired(core::Instant now) override { log_.expired(now); }
  [[nodiscard]] std::optional<core::Instant> alert_until() const override {
    return log_.sync_expected();
  }

  core::Shard& shard_;
  core::ThreadLane& lane_;
  amqp::store::SegmentLog log_;
};

}  // namespace oriel::serve
