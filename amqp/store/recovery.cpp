#include "amqp/store/recovery.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "amqp/store/log_disk.h"

namespace amqp::store {
namespace {

/// A message's record in some segment.
struct Found {
  std::uint64_t position = 0;
  LogPlace place;
  std::int64_t expires = 0;  // Unix milliseconds; 0: never
  std::uint32_t properties_octets = 0;
  std::uint32_t body_octets = 0;
  std::uint8_t priority = 0;
  bool durable = false;
  bool maybe_given_out = false;
};

/// Settled positions from `first` on.
struct Range {
  std::uint64_t first = 0;
  std::uint64_t count = 0;
};

struct QueueHistory {
  std::vector<Found> found;
  std::vector<Range> settled;
  std::uint64_t last_position = 0;
  std::uint64_t given_out = 0;
  bool forgotten = false;
};

class Reader {
 public:
  explicit Reader(Recovery& into) : into_(into) {}

  [[nodiscard]] bool read_segment(core::File& file,
                                  std::uint64_t number);  // false: a later version
  void finish();

 private:
  QueueHistory& history(QueueKey queue);
  void take(const RecordView& record, std::uint64_t segment, const SegmentScanner& scanner);
  void take_message(const RecordView& record, std::uint64_t segment);
  void judge(QueueKey queue, QueueHistory& history);

  Recovery& into_;
  std::unordered_map<QueueKey, QueueHistory> queues_;
  QueueKey last_queue_;  // most records concern the queue of the one before
  QueueHistory* last_ = nullptr;
};

QueueHistory& Reader::history(QueueKey queue) {
  if (last_ == nullptr || last_queue_ != queue) {
    last_ = &queues_[queue];
    last_queue_ = queue;
  }
  return *last_;
}

bool Reader::read_segment(core::File& file, std::uint64_t number) {
  SegmentScanner scanner{file, number};
  const SegmentScanner::Start start = scanner.start();
  if (start == SegmentScanner::Start::unknown_version) return false;
  SegmentReport report;
  report.number = number;
  report.octets = scanner.file_size();
  report.empty = start == SegmentScanner::Start::empty;
  while (start == SegmentScanner::Start::ready) {
    const auto record = scanner.next();
    if (!record) break;
    ++report.records;
    if (record->kind == RecordKind::message) ++report.messages;
    take(*record, number, scanner);
  }
  LogTail& tail = into_.tail;
  SegmentFacts facts;
  facts.number = number;
  facts.octets = scanner.end();
  tail.table.add_segment(std::move(facts));
  tail.last_segment = number;
  tail.last_sequence = std::max(tail.last_sequence, scanner.last_sequence());
  tail.newest_intact = start == SegmentScanner::Start::ready && scanner.damage().empty();
  into_.report.segments.push_back(report);
  for (const Damage& damage : scanner.damage()) into_.report.damage.push_back(damage);
  return true;
}

void Reader::take(const RecordView& record, std::uint64_t segment, const SegmentScanner& scanner) {
  switch (record.kind) {
    case RecordKind::message:
      return take_message(record, segment);
    case RecordKind::settled:
      // Without what was written before it, nobody knows whether the message lives elsewhere.
      for (std::size_t i = 0, count = settled_count(record); i < count; ++i) {
        const SettledRange range = settled_range(record, i);
        QueueHistory& queue = history(range.queue);
        if (range.count == 0) continue;
        queue.last_position = std::max(queue.last_position, range.first + range.count - 1);
        if (scanner.intact_since(settled_since(record))) {
          queue.settled.push_back({range.first, range.count});
        }
      }
      return;
    case RecordKind::forgotten:
      history(forgotten_queue(record)).forgotten = true;
      return;
    case RecordKind::given_out:
      for (std::size_t i = 0, count = given_out_count(record); i < count; ++i) {
        const GivenOut entry = given_out_entry(record, i);
        QueueHistory& queue = history(entry.queue);
        queue.given_out = std::max(queue.given_out, entry.up_to.value());
        queue.last_position = std::max(queue.last_position, entry.up_to.value());
      }
      return;
  }
}

void Reader::take_message(const RecordView& record, std::uint64_t segment) {
  const auto [facts, parts] = decode_message(record);
  QueueHistory& queue = history(facts.queue);
  Found found;
  found.position = facts.position.value();
  found.place = {segment, record.offset, record.size};
  if (facts.expires) found.expires = facts.expires->time_since_epoch().count();
  found.properties_octets = static_cast<std::uint32_t>(parts.properties.size());
  found.body_octets = static_cast<std::uint32_t>(parts.body.size());
  found.priority = parts.traits.priority;
  found.durable = facts.durable;
  found.maybe_given_out = facts.maybe_given_out;
  queue.last_position = std::max(queue.last_position, found.position);
  queue.found.push_back(found);
}

/// Sorted and without overlaps.
void merge(std::vector<Range>& ranges) {
  std::sort(ranges.begin(), ranges.end(),
            [](const Range& a, const Range& b) { return a.first < b.first; });
  std::size_t used = 0;
  for (const Range& range : ranges) {
    if (used > 0 && ranges[used - 1].first + ranges[used - 1].count >= range.first) {
      Range& last = ranges[used - 1];
      last.count = std::max(last.count, range.first + range.count - last.first);
    } else {
      ranges[used++] = range;
    }
  }
  ranges.resize(used);
}

void Reader::judge(QueueKey queue, QueueHistory& history) {
  merge(history.settled);
  // Of two records of one message the younger is kept: the older one's segment goes first.
  const auto by_position = [](const Found& a, const Found& b) {
    return std::tuple{a.position, a.place.segment, a.place.offset} <
           std::tuple{b.position, b.place.segment, b.place.offset};
  };
  if (!std::is_sorted(history.found.begin(), history.found.end(), by_position)) {
    std::sort(history.found.begin(), history.found.end(), by_position);
  }
  RecoveredQueue recovered{queue, port::QueuePosition{history.last_position}, {}};
  std::size_t range = 0;
  for (std::size_t i = 0; i < history.found.size(); ++i) {
    const Found& found = history.found[i];
    while (range < history.settled.size() &&
           history.settled[range].first + history.settled[range].count <= found.position) {
      ++range;
    }
    const bool settled =
        range < history.settled.size() && history.settled[range].first <= found.position;
    const bool again =
        i + 1 < history.found.size() && history.found[i + 1].position == found.position;
    const bool live = found.durable && !settled && !history.forgotten && !again;
    into_.tail.table.recovered(queue, found.place, live);
    if (!live) continue;
    RecoveredMessage message;
    message.position = port::QueuePosition{found.position};
    message.place = found.place;
    if (found.expires != 0) {
      message.expires = core::WallTime{std::chrono::milliseconds{found.expires}};
    }
    message.maybe_given_out = found.maybe_given_out || found.position <= history.given_out;
    message.priority = found.priority;
    message.properties_octets = found.properties_octets;
    message.body_octets = found.body_octets;
    recovered.live.push_back(std::move(message));
  }
  into_.tail.table.given_out(queue, port::QueuePosition{history.given_out});
  history = {};
  into_.queues.push_back(std::move(recovered));
}

void Reader::finish() {
  for (auto& [queue, history] : queues_) judge(queue, history);
  std::sort(into_.queues.begin(), into_.queues.end(),
            [](const RecoveredQueue& a, const RecoveredQueue& b) { return a.key < b.key; });
  LogReport& report = into_.report;
  const SegmentTable& table = into_.tail.table;
  for (std::size_t i = 0; i < report.segments.size(); ++i) {
    report.segments[i].live = table.segments()[i].live_count;
  }
  report.live_count = table.live_count();
  report.live_octets = table.live_octets();
}

/// Reads the bodies of as many messages as `octets` allow, a stretch of each queue at a time.
void read_bodies(Recovery& recovery, LogDisk& disk, std::uint64_t octets) {
  std::vector<LogPlace> places;
  for (RecoveredQueue& queue : recovery.queues) {
    for (std::size_t next = 0; next < queue.live.size() && octets > 0;) {
      places.clear();
      std::uint64_t size = 0;
      for (std::size_t i = next; i < queue.live.size() && size < MessageLog::kReadAheadMax; ++i) {
        const LogPlace& place = queue.live[i].place;
        if (size + place.size > octets) break;
        places.push_back(place);
        size += place.size;
      }
      if (places.empty()) break;
      ReadOutcome outcome = disk.read(places);
      for (port::MessagePtr& message : outcome.messages) {
        queue.live[next++].message = std::move(message);
      }
      octets -= size;
    }
  }
}

}  // namespace

core::Result<Recovery, RecoveryRefused> recover(core::Files& files, const std::string& folder,
                                                const RecoveryOptions& options) {
  Recovery recovery;
  const auto names = files.list(folder);
  if (!names) {
    if (names.error() == std::errc::no_such_file_or_directory) return recovery;
    return core::Unexpected{RecoveryRefused{"cannot read " + folder, names.error()}};
  }
  Reader reader{recovery};
  for (const std::string& name : *names) {  // in order of their numbers
    const auto number = segment_number(name);
    if (!number) continue;
    auto file = files.open(folder + "/" + name, core::OpenMode::read);
    if (!file) {
      return core::Unexpected{RecoveryRefused{"cannot open " + folder + "/" + name, file.error()}};
    }
    if (!reader.read_segment(**file, *number)) {
      return core::Unexpected{RecoveryRefused{
          folder + "/" + name + " was written by a later version", std::error_code{}}};
    }
  }
  reader.finish();
  LogDisk disk{files, folder, 0, 0};
  read_bodies(recovery, disk, options.kept_octets);
  return recovery;
}

std::error_code remove_log(core::Files& files, const std::string& folder) {
  const auto names = files.list(folder);
  if (!names) return names.error();
  for (const std::string& name : *names) {
    if (!segment_number(name)) continue;
    if (const auto error = files.remove(folder + "/" + name)) return error;
    if (const auto error = files.sync_folder(folder)) return error;
  }
  return files.remove(folder);
}

}  // namespace amqp::store
