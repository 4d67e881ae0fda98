// How a SegmentLog's batches get to the disk, and what happens when they do not.

#include <cerrno>
#include <utility>

#include "amqp/store/segment_log_lane.h"
#include "core/base/check.h"

namespace amqp::store {
namespace {

/// A look at the free space each so many octets or so often, whichever comes first.
constexpr std::uint64_t kSpaceLookOctets = std::uint64_t{8} << 20U;
constexpr std::chrono::seconds kSpaceLookTime{1};

/// A batch of more messages has publishers who do not wait for each of them.
constexpr std::size_t kFewRecords = 4;

bool no_space(std::error_code error) {
  return error == std::errc::no_space_on_device || error.value() == EDQUOT;
}

const char* name_of(WriteOutcome::Step step) {
  switch (step) {
    case WriteOutcome::Step::done:
      break;
    case WriteOutcome::Step::create:
      return "create";
    case WriteOutcome::Step::write:
      return "write";
    case WriteOutcome::Step::sync:
      return "sync";
  }
  return "";
}

}  // namespace

void SegmentLog::write_next(core::Instant now) {
  if (on_its_way_ || retry_at_ || gathering_->empty()) return;
  if (!urgent_ && gathering_->octets() < settings_.lazy_octets &&
      now < *lazy_since_ + settings_.lazy_max) {
    return;
  }
  const std::size_t records = gathering_->records().size();
  gathering_->close(next_sequence_, cursor_);
  for (const BatchRecord& record : std::span{gathering_->records()}.subspan(records)) {
    table_.extended(record.place);
  }
  std::swap(gathering_, in_flight_);
  in_flight_point_ = LogPoint{history_};
  awaited_ = std::exchange(urgent_, false) && records <= kFewRecords;
  lazy_since_.reset();
  submit(now);
}

void SegmentLog::submit(core::Instant now) {
  submitted_at_ = around_.clock.exact();
  const bool look = !space_looked_at_ || space_octets_ >= kSpaceLookOctets ||
                    now - *space_looked_at_ >= kSpaceLookTime;
  on_its_way_ =
      on_lane([batch = in_flight_, look](LogDisk& disk) { return disk.write(*batch, look); },
              [](SegmentLog& log, WriteOutcome& outcome) { log.written(outcome); });
  if (!on_its_way_) {
    retry_at_ = now + kLaneFullWait;
    return;
  }
  space_octets_ += in_flight_->octets();
  if (look) {
    space_looked_at_ = now;
    space_octets_ = 0;
  }
}

void SegmentLog::written(const WriteOutcome& outcome) {
  on_its_way_ = false;
  if (outcome.free_octets) heed_free_space(*outcome.free_octets);
  if (outcome.close_error) listener_->trouble("cut", {outcome.segment, 0, 0}, outcome.close_error);
  if (outcome.step == WriteOutcome::Step::done) {
    write_succeeded();
  } else {
    write_failed(outcome);
  }
  update_state();
  reclaim(around_.clock.now());
  tell_state();
}

void SegmentLog::write_succeeded() {
  // Of eight syncs each has an eighth to say.
  usual_sync_ += (around_.clock.exact() - submitted_at_ - usual_sync_) / 8;
  synced_ = in_flight_point_;
  failure_.clear();
  ++figures_.syncs;
  figures_.written_octets += in_flight_->octets();
  in_flight_->clear();
  listener_->synced(synced_);
  if (!gathering_->empty()) something_gathered();
}

void SegmentLog::write_failed(const WriteOutcome& outcome) {
  using Step = WriteOutcome::Step;
  ++figures_.failures;
  listener_->trouble(name_of(outcome.step), {outcome.segment, 0, 0}, outcome.error);
  const bool first_time = failure_.empty();
  failure_ = std::string{"cannot "} + name_of(outcome.step) + " segment " +
             std::to_string(outcome.segment) + ": " + outcome.error.message();
  in_flight_->parts_done(outcome.parts_done);
  const bool unknown =
      outcome.step == Step::sync || (outcome.step == Step::write && !no_space(outcome.error));
  if (unknown) abandon(outcome);
  const core::Instant now = around_.clock.now();
  if (unknown && first_time) {
    submit(now);  // a new segment may well work
  } else {
    retry_at_ = now + settings_.retry_after;
  }
}

void SegmentLog::abandon(const WriteOutcome& outcome) {
  // What was synced before stays readable; the rest is written elsewhere.
  const std::size_t first = in_flight_->first_undone();
  give_back_reserve(outcome.segment, in_flight_->records()[first].place.offset);
  cursor_.offset = 0;
  place_again(*in_flight_);
  place_again(*gathering_);
}

void SegmentLog::place_again(LogBatch& batch) {
  const auto is_live = [this](const BatchRecord& record) {
    return record.kind == RecordKind::message && table_.is_live(record.queue, record.place);
  };
  const std::size_t first = batch.first_undone();
  std::vector<bool> live;
  for (const BatchRecord& record : std::span{batch.records()}.subspan(first)) {
    live.push_back(is_live(record));
    if (live.back()) table_.settled(record.queue, record.place, LogPoint{history_});
  }
  batch.place_again(cursor_);
  for (std::size_t i = 0; i < live.size(); ++i) {
    const BatchRecord& record = batch.records()[first + i];
    if (record.kind == RecordKind::message && table_.knows(record.queue)) {
      table_.added(record.queue, record.place);
      if (!live[i]) table_.settled(record.queue, record.place, LogPoint{history_});
    } else {
      table_.extended(record.place);
    }
  }
  // The listener may call the log, which may add to the batch: by index, and only what was moved.
  for (std::size_t i = 0; i < live.size(); ++i) {
    if (!live[i]) continue;
    const BatchRecord& record = batch.records()[first + i];
    const LogPlace place = record.place;
    if (table_.is_live(record.queue, place)) listener_->moved(record.queue, record.position, place);
  }
}

void SegmentLog::heed_free_space(std::uint64_t octets) {
  low_space_ = octets < settings_.free_octets_min;
  update_state();
}

void SegmentLog::look_at_space(core::Instant now) {
  if (!low_space_ || looking_at_space_ || now < *space_looked_at_ + settings_.retry_after) return;
  looking_at_space_ = on_lane([](LogDisk& disk) { return disk.free_octets(); },
                              [](SegmentLog& log, core::FileResult<std::uint64_t>& free) {
                                log.looking_at_space_ = false;
                                if (free) log.heed_free_space(*free);
                                log.tell_state();
                              });
  space_looked_at_ = now;
}

void SegmentLog::give_back_reserve(std::uint64_t segment, std::uint64_t size) {
  // When the lane is full the zeros stay, and cost space until the segment goes.
  static_cast<void>(on_lane([segment, size](LogDisk& disk) { return disk.cut(segment, size); },
                            [segment](SegmentLog& log, std::error_code& error) {
                              if (error) log.listener_->trouble("cut", {segment, 0, 0}, error);
                            }));
}

}  // namespace amqp::store
