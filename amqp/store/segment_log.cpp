#include "amqp/store/segment_log.h"

#include <algorithm>
#include <utility>

#include "amqp/store/segment_log_lane.h"
#include "core/base/check.h"

namespace amqp::store {
namespace {

/// What takes longer than this is worth sleeping.
constexpr std::chrono::microseconds kPromptSync{500};

}  // namespace

SegmentLog::SegmentLog(SegmentLogSettings settings, LogSurroundings surroundings, LogTail tail)
    : settings_(std::move(settings)),
      around_(std::move(surroundings)),
      home_(std::make_shared<Home>(Home{this})),
      disk_(std::make_shared<LogDisk>(around_.files, settings_.folder, settings_.shard,
                                      settings_.seed)),
      table_(std::move(tail.table)),
      cursor_{tail.last_segment, 0, settings_.segment_octets},
      next_sequence_(tail.last_sequence + 1),
      gathering_(std::make_shared<LogBatch>()),
      in_flight_(std::make_shared<LogBatch>()),
      newest_intact_(tail.newest_intact) {}

void SegmentLog::listen(LogListener& listener) {
  listener_ = &listener;
  if (table_.empty()) return;
  // A damaged segment is left as it is, for whoever wants to look at it.
  if (newest_intact_) give_back_reserve(table_.newest().number, table_.newest().octets);
  something_gathered();  // there may be segments to remove
}

SegmentLog::~SegmentLog() { home_->log = nullptr; }

LogPlace SegmentLog::append(const LogEntry& entry, const port::MessagePtr& message) {
  MessageFacts facts;
  facts.queue = entry.queue;
  facts.position = entry.position;
  facts.durable = entry.durable;
  if (entry.expires != core::Instant::max()) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(entry.expires - around_.clock.now());
    facts.expires = around_.clock.wall() + left;
  }
  const LogPlace place = append_message(facts, message);
  if (entry.durable) urgent_ = true;
  return place;
}

LogPlace SegmentLog::append_message(const MessageFacts& facts, const port::MessagePtr& message) {
  const LogPlace place = gathering_->add_message(facts, message, next_sequence_++, cursor_);
  table_.added(facts.queue, place);
  ++history_;
  something_gathered();
  return place;
}

void SegmentLog::settle(QueueKey queue, port::QueuePosition position, LogPlace place) {
  if (!table_.settled(queue, place, LogPoint{history_ + 1})) return;
  ++history_;
  gathering_->add_settled(queue, position);
  something_gathered();
}

void SegmentLog::forget(QueueKey queue) {
  if (!table_.knows(queue)) return;
  table_.forgotten(queue, LogPoint{++history_});
  gathering_->add_forgotten(queue);
  something_gathered();
}

void SegmentLog::given_out(QueueKey queue, port::QueuePosition position) {
  if (!table_.given_out(queue, position)) return;
  ++history_;
  gathering_->add_given_out(queue, position);
  something_gathered();
}

void SegmentLog::something_gathered() {
  if (!lazy_since_) lazy_since_ = around_.clock.now();
  update_state();
  if (std::exchange(flush_asked_, true)) return;
  if (around_.ask_flush) around_.ask_flush();
}

void SegmentLog::flush() {
  flush_asked_ = false;
  const core::Instant now = around_.clock.now();
  write_next(now);
  submit_reads(now);
  reclaim(now);
  tell_state();
}

void SegmentLog::flush_all() {
  urgent_ = !gathering_->empty();
  flush();
}

void SegmentLog::read(std::span<const LogPlace> places, ReadDone done) {
  auto request = std::make_unique<ReadRequest>();
  request->done = std::move(done);
  request->messages.reserve(places.size());
  for (const LogPlace& place : places) {
    const BatchRecord* waiting = gathering_->find(place);
    if (waiting == nullptr) waiting = in_flight_->find(place);
    request->messages.push_back(waiting != nullptr ? waiting->message : port::MessagePtr{});
    if (waiting == nullptr) request->missing.push_back(place);
  }
  reads_.push_back(std::move(request));
  submit_reads(around_.clock.now());
}

void SegmentLog::submit_reads(core::Instant now) {
  while (!reads_.empty()) {
    // Shared with the job as long as it may not come to run.
    const auto request = std::make_shared<std::unique_ptr<ReadRequest>>(std::move(reads_.front()));
    const bool taken = on_lane(
        [request](LogDisk& disk) {
          ReadOutcome outcome;
          if (!(*request)->missing.empty()) outcome = disk.read((*request)->missing);
          auto next = outcome.messages.begin();
          for (port::MessagePtr& message : (*request)->messages) {
            if (!message && next != outcome.messages.end()) message = std::move(*next++);
          }
          (*request)->failures = std::move(outcome.failures);
          return std::move(*request);
        },
        [](SegmentLog& log, std::unique_ptr<ReadRequest>& done) { log.reads_done(*done); });
    if (!taken) {
      reads_.front() = std::move(*request);
      again_at_ = now + kLaneFullWait;
      return;
    }
    reads_.pop_front();
  }
}

void SegmentLog::reads_done(ReadRequest& request) {
  for (const ReadFailure& failure : request.failures) {
    listener_->trouble("read", failure.place, failure.error);
  }
  request.done(std::move(request.messages));
}

LogState SegmentLog::state() const { return state_; }

void SegmentLog::update_state() {
  const std::uint64_t waiting = gathering_->octets() + in_flight_->octets();
  const std::uint64_t bound =
      state_ == LogState::behind ? settings_.behind_octets / 2 : settings_.behind_octets;
  if (!failure_.empty() || low_space_) {
    state_ = LogState::full;
  } else {
    state_ = waiting > bound ? LogState::behind : LogState::ready;
  }
}

void SegmentLog::tell_state() {
  if (state_ == told_) return;
  told_ = state_;
  std::string reason;
  if (state_ == LogState::full) reason = !failure_.empty() ? failure_ : "little space is left";
  if (state_ == LogState::behind) reason = "much waits for the disk";
  listener_->state_changed(state_, reason);
}

std::optional<core::Instant> SegmentLog::deadline() const {
  std::optional<core::Instant> first = retry_at_;
  const auto consider = [&first](const std::optional<core::Instant>& at) {
    if (at && (!first || *at < *first)) first = at;
  };
  consider(again_at_);
  if (!on_its_way_ && !retry_at_ && !gathering_->empty() && !flush_asked_) {
    consider(*lazy_since_ + settings_.lazy_max);
  }
  if (low_space_ && !looking_at_space_) consider(*space_looked_at_ + settings_.retry_after);
  return first;
}

std::optional<core::Instant> SegmentLog::sync_expected() const {
  if (!on_its_way_ || !awaited_ || usual_sync_ > kPromptSync) return std::nullopt;
  return submitted_at_ + 2 * usual_sync_;
}

void SegmentLog::expired(core::Instant now) {
  if (again_at_ && *again_at_ <= now) again_at_.reset();
  if (retry_at_ && *retry_at_ <= now) {
    retry_at_.reset();
    submit(now);
  }
  write_next(now);
  look_at_space(now);
  submit_reads(now);
  reclaim(now);
  tell_state();
}

LogFigures SegmentLog::figures() const {
  LogFigures figures = figures_;
  figures.segments = table_.size();
  figures.octets = table_.octets();
  figures.live_messages = table_.live_count();
  figures.live_octets = table_.live_octets();
  figures.waiting_octets = gathering_->octets() + in_flight_->octets();
  return figures;
}

}  // namespace amqp::store
