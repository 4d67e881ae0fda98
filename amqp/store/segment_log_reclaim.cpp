// How a SegmentLog gives space back.

#include "amqp/store/segment_log_lane.h"
#include "core/base/check.h"

namespace amqp::store {
namespace {

/// Messages copied forward at a stretch: what a turn has to do for it at most.
constexpr std::size_t kScanStepOctets = std::size_t{1} << 20U;

}  // namespace

bool SegmentLog::oldest_is_complete() const {
  const std::uint64_t oldest = table_.oldest().number;
  if (oldest >= table_.newest().number) return false;
  // What is still to be written may go to segments before the newest.
  for (const auto* batch : {gathering_.get(), in_flight_.get()}) {
    if (!batch->parts().empty() && batch->parts().front().segment <= oldest) return false;
  }
  return true;
}

void SegmentLog::reclaim(core::Instant now) {
  if (reclaim_ != Reclaim::idle || again_at_ || table_.empty() || !oldest_is_complete()) return;
  const SegmentFacts& oldest = table_.oldest();
  if (oldest.live_count == 0) {
    if (oldest.settled_last <= synced_) remove_oldest(now);
    return;
  }
  const bool worth = table_.octets() > 2 * table_.live_octets() + settings_.slack_octets;
  if (worth && state_ == LogState::ready) scan_oldest(now);
}

void SegmentLog::scan_oldest(core::Instant now) {
  const std::uint64_t segment = table_.oldest().number;
  if (on_lane([segment](LogDisk& disk) { return disk.scan(segment, kScanStepOctets); },
              [](SegmentLog& log, ScanStep& step) { log.scanned(step); })) {
    reclaim_ = Reclaim::scanning;
  } else {
    again_at_ = now + kLaneFullWait;
  }
}

void SegmentLog::scanned(ScanStep& step) {
  reclaim_ = Reclaim::idle;
  for (const FoundMessage& found : step.found) move_forward(found);
  for (const Damage& damage : step.damage) {
    listener_->trouble("read", {damage.segment, static_cast<std::uint32_t>(damage.offset), 0}, {});
  }
  // What could not be read is lost; its queues still have it in memory, or will be told.
  if (step.at_end) table_.oldest_moved(LogPoint{history_});
  reclaim(around_.clock.now());
  tell_state();
}

void SegmentLog::move_forward(const FoundMessage& found) {
  MessageFacts facts = found.facts;
  if (!table_.is_live(facts.queue, found.place)) return;
  if (facts.position <= table_.given_out(facts.queue)) facts.maybe_given_out = true;
  const LogPlace place = append_message(facts, found.message);
  table_.settled(facts.queue, found.place, LogPoint{history_});
  figures_.moved_octets += place.size;
  listener_->moved(facts.queue, facts.position, place);
}

void SegmentLog::remove_oldest(core::Instant now) {
  const std::uint64_t segment = table_.oldest().number;
  if (on_lane(
          [segment](LogDisk& disk) { return disk.remove(segment); },
          [segment](SegmentLog& log, std::error_code& error) { log.removed(segment, error); })) {
    reclaim_ = Reclaim::removing;
  } else {
    again_at_ = now + kLaneFullWait;
  }
}

void SegmentLog::removed(std::uint64_t segment, std::error_code error) {
  reclaim_ = Reclaim::idle;
  const core::Instant now = around_.clock.now();
  if (error) {
    again_at_ = now + settings_.retry_after;
    listener_->trouble("remove", {segment, 0, 0}, error);
    return;
  }
  CORE_CHECK(table_.oldest().number == segment);
  table_.remove_oldest();
  reclaim(now);
}

}  // namespace amqp::store
