#include "amqp/recovery/offline_log.h"

#include <utility>

namespace amqp::recovery {

OfflineLog::OfflineLog(core::Files& files, const core::Clock& clock,
                       store::SegmentLogSettings settings, store::LogTail tail) {
  log_ = std::make_unique<store::SegmentLog>(
      std::move(settings),
      store::LogSurroundings{files, *this, *this, core::kControlShard, clock, [] {}},
      std::move(tail));
  log_->listen(*this);
}

bool OfflineLog::submit(Job job) {
  jobs_.push_back(std::move(job));
  return true;
}

void OfflineLog::send(core::ShardId, core::Letter letter) { letters_.push_back(std::move(letter)); }

void OfflineLog::state_changed(store::LogState state, std::string_view reason) {
  if (state == store::LogState::full) failure_ = std::string{reason};
}

std::optional<std::string> OfflineLog::keep_up() {
  return log_->figures().waiting_octets < kBehindOctets ? failure_ : finish();
}

std::optional<std::string> OfflineLog::finish() {
  while (!failure_) {
    log_->flush_all();
    if (jobs_.empty() && letters_.empty()) break;
    while (!jobs_.empty()) {
      jobs_.front()();
      jobs_.pop_front();
    }
    while (!letters_.empty()) {
      letters_.front()();
      letters_.pop_front();
    }
  }
  if (!failure_ && log_->synced() < log_->appended()) failure_ = "the log does not get on";
  return failure_;
}

}  // namespace amqp::recovery
