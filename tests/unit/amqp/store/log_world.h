#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "amqp/store/segment_log.h"
#include "core/files/simulated_files.h"
#include "core/time/clock.h"

namespace amqp::store::testing {

/// A lane whose jobs run when a test says so.
class ManualLane final : public core::Lane {
 public:
  bool submit(Job job) override {
    if (jobs_.size() >= jobs_max) return false;
    jobs_.push_back(std::move(job));
    return true;
  }
  bool run_one() {
    if (jobs_.empty()) return false;
    Job job = std::move(jobs_.front());
    jobs_.pop_front();
    job();
    return true;
  }
  [[nodiscard]] std::size_t size() const { return jobs_.size(); }
  std::size_t jobs_max = 1000;

 private:
  std::deque<Job> jobs_;
};

/// Letters home, opened when a test says so.
class ManualPost final : public core::LanePost {
 public:
  void send(core::ShardId, core::Letter letter) override { letters_.push_back(std::move(letter)); }
  bool open_one() {
    if (letters_.empty()) return false;
    core::Letter letter = std::move(letters_.front());
    letters_.pop_front();
    letter();
    return true;
  }

 private:
  std::deque<core::Letter> letters_;
};

/// Remembers what a log said.
struct Heard final : LogListener {
  void synced(LogPoint point) override { syncs.push_back(point); }
  void state_changed(LogState state, std::string_view reason) override {
    states.emplace_back(state, std::string{reason});
  }
  void moved(QueueKey queue, port::QueuePosition position, LogPlace place) override {
    places[{queue.value(), position.value()}] = place;
    ++moves;
  }
  void trouble(std::string_view act, LogPlace where, std::error_code error) override {
    troubles.push_back(std::string{act} + " " + std::to_string(where.segment) + " " +
                       (error ? error.message() : std::string{"does not check out"}));
  }
  std::vector<LogPoint> syncs;
  std::vector<std::pair<LogState, std::string>> states;
  std::map<std::pair<std::uint64_t, std::uint64_t>, LogPlace> places;
  std::size_t moves = 0;
  std::vector<std::string> troubles;
};

inline port::MessagePtr message_of(std::string_view body, std::string_view key = "k") {
  port::MessageParts parts;
  parts.exchange = "x";
  parts.routing_key = key;
  parts.properties = core::octets_of("pp");
  parts.body = core::octets_of(body);
  parts.traits.persistent = true;
  return port::make_message(parts);
}

/// A segment log on a simulated disk (or on other files), with everything moved by hand.
struct LogWorld {
  explicit LogWorld(core::Files* files = nullptr, std::string log_folder = "/log")
      : disk(files != nullptr ? *files : simulated) {
    settings.folder = std::move(log_folder);
    settings.seed = 12345;
    settings.segment_octets = std::uint64_t{1} << 20U;
    settings.free_octets_min = 0;
    static_cast<void>(disk.make_folder(settings.folder));
  }

  /// Recovers what is there and begins a log behind it.
  void start(std::uint64_t kept_octets = 0) {
    log.reset();
    lane = std::make_unique<ManualLane>();
    post = std::make_unique<ManualPost>();
    heard = {};
    asked = false;
    auto found = recover(disk, settings.folder, {kept_octets});
    require(found.has_value());
    recovery = *std::move(found);
    log = std::make_unique<SegmentLog>(
        settings,
        LogSurroundings{disk, *lane, *post, core::ShardId{0}, clock, [this] { asked = true; }},
        std::move(recovery.tail));
    log->listen(heard);
  }
  /// The end of a turn.
  void flush() {
    if (std::exchange(asked, false)) log->flush();
  }
  /// Runs the lane and the letters until nothing is left to do.
  void settle_down() {
    do {
      flush();
    } while (lane->run_one() || post->open_one() || asked);
  }
  void pass(core::Duration time) {
    clock.advance(time);
    if (const auto at = log->deadline(); at && *at <= clock.now()) log->expired(clock.now());
    settle_down();
  }
  /// Everything gets to the disk, also what nobody waits for.
  void sync_all() {
    settle_down();
    // Reclaiming may go on appending for a while.
    for (int i = 0; i < 100 && log->synced() != log->appended(); ++i) {
      log->flush_all();
      settle_down();
    }
  }

  LogPlace append(std::uint64_t queue, std::uint64_t position, std::string_view body,
                  bool durable = true) {
    LogEntry entry;
    entry.queue = QueueKey{queue};
    entry.position = port::QueuePosition{position};
    entry.durable = durable;
    const LogPlace place = log->append(entry, message_of(body));
    heard.places[{queue, position}] = place;
    return place;
  }
  void settle(std::uint64_t queue, std::uint64_t position) {
    log->settle(QueueKey{queue}, port::QueuePosition{position}, place(queue, position));
  }
  [[nodiscard]] LogPlace place(std::uint64_t queue, std::uint64_t position) const {
    return heard.places.at({queue, position});
  }
  /// The body of the message at a place; nullopt when the log gives none.
  std::optional<std::string> read(LogPlace where) {
    std::optional<std::string> body;
    bool called = false;
    log->read(std::span{&where, 1}, [&](std::vector<port::MessagePtr> messages) {
      called = true;
      if (messages.at(0)) body = std::string{messages[0]->body.text()};
    });
    require(!called);
    settle_down();
    require(called);
    return body;
  }
  /// What recovery finds, as "queue/position body" in order; bodies are read.
  std::vector<std::string> recovered() {
    auto found = recover(disk, settings.folder, {UINT64_MAX});
    require(found.has_value());
    std::vector<std::string> lines;
    for (const RecoveredQueue& queue : found->queues) {
      for (const RecoveredMessage& message : queue.live) {
        lines.push_back(std::to_string(queue.key.value()) + "/" +
                        std::to_string(message.position.value()) +
                        (message.maybe_given_out ? "* " : " ") +
                        (message.message ? std::string{message.message->body.text()} : "unread"));
      }
    }
    report = found->report;
    return lines;
  }
  [[nodiscard]] std::vector<std::string> segments() { return *disk.list(settings.folder); }
  [[nodiscard]] std::string path(std::uint64_t segment) const {
    return settings.folder + "/" + segment_name(segment);
  }

  static void require(bool good) { CORE_CHECK(good); }

  core::SimulatedFiles simulated;
  core::Files& disk;
  SegmentLogSettings settings;
  core::ManualClock clock;
  std::unique_ptr<ManualLane> lane;
  std::unique_ptr<ManualPost> post;
  Heard heard;
  bool asked = false;
  Recovery recovery;
  LogReport report;
  std::unique_ptr<SegmentLog> log;
};

}  // namespace amqp::store::testing
