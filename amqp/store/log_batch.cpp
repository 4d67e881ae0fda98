#include "amqp/store/log_batch.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "core/base/check.h"

namespace amqp::store {

bool LogBatch::empty() const {
  return records_.empty() && settled_.empty() && forgotten_.empty() && given_out_.empty();
}

LogPlace LogBatch::add_message(const MessageFacts& facts, const port::MessagePtr& message,
                               std::uint64_t sequence, LogCursor& cursor) {
  const std::size_t length = message_record_length(*message);
  const core::Octets body = message->body.octets();
  const bool copied = body.size() <= kCopyMax;
  const std::size_t front = length - body.size();
  const std::size_t own = copied ? aligned(length) : front;

  BatchRecord record;
  record.sequence = sequence;
  record.front = octets_own_.size();
  record.front_size = copied ? length : front;
  record.place.size = static_cast<std::uint32_t>(aligned(length));
  record.queue = facts.queue;
  record.position = facts.position;

  std::byte* out = octets_own_.prepare(own).data();
  encode_message_front(out, sequence, facts, *message);
  if (copied && !body.empty()) std::memcpy(out + front, body.data(), body.size());
  if (copied) std::memset(out + length, 0, own - length);
  octets_own_.commit(own);
  if (!copied) record.body = body;
  record.message = message;

  put_in_place(record, records_.size(), cursor);
  octets_ += record.place.size;
  const LogPlace place = record.place;
  records_.push_back(std::move(record));
  return place;
}

void LogBatch::put_in_place(BatchRecord& record, std::size_t index, LogCursor& cursor) {
  const std::uint32_t size = record.place.size;
  Part part;
  // A record larger than a segment has one of its own.
  if (cursor.segment == 0 || cursor.offset == 0 ||
      (cursor.offset + size > cursor.capacity && cursor.offset > kSegmentStart)) {
    part.creates = true;
    part.closes = cursor.offset > 0 ? cursor.segment : 0;
    part.closed_size = cursor.offset;
    ++cursor.segment;
    cursor.offset = kSegmentStart;
  }
  if (part.creates || parts_.empty() || parts_.back().segment != cursor.segment) {
    part.segment = cursor.segment;
    part.first_sequence = record.sequence;
    part.first_record = index;
    part.capacity = std::max<std::uint64_t>(cursor.capacity, kSegmentStart + size);
    parts_.push_back(part);
  }
  CORE_CHECK(cursor.offset <= UINT32_MAX - size);
  record.place.segment = cursor.segment;
  record.place.offset = static_cast<std::uint32_t>(cursor.offset);
  cursor.offset += size;
}

void LogBatch::add_settled(QueueKey queue, port::QueuePosition position) {
  const std::uint64_t value = position.value();
  if (!settled_.empty()) {
    SettledRange& last = settled_.back();
    if (last.queue == queue && last.first + last.count == value) {
      ++last.count;
      return;
    }
  }
  settled_.push_back({queue, value, 1});
  octets_ += kSettledRangeSize;
}

void LogBatch::add_forgotten(QueueKey queue) {
  forgotten_.push_back(queue);
  octets_ += kForgottenSize;
}

void LogBatch::add_given_out(QueueKey queue, port::QueuePosition up_to) {
  given_out_.push_back({queue, up_to});
  octets_ += kGivenOutSize;
}

std::byte* LogBatch::add_small(RecordKind kind, std::size_t length, std::uint64_t& next_sequence,
                               LogCursor& cursor) {
  BatchRecord record;
  record.kind = kind;
  record.sequence = next_sequence++;
  record.front = octets_own_.size();
  record.front_size = length;
  record.place.size = static_cast<std::uint32_t>(aligned(length));
  put_in_place(record, records_.size(), cursor);
  std::byte* out = octets_own_.prepare(length).data();
  octets_own_.commit(length);
  records_.push_back(std::move(record));
  return out;
}

void LogBatch::close(std::uint64_t& next_sequence, LogCursor& cursor) {
  for (std::span<const SettledRange> rest{settled_}; !rest.empty();) {
    const auto some = rest.first(std::min(rest.size(), kRangesOfARecordMax));
    std::byte* out =
        add_small(RecordKind::settled, kSettledHeadSize + some.size() * kSettledRangeSize,
                  next_sequence, cursor);
    encode_settled(out, records_.back().sequence, parts_.back().first_sequence, some);
    rest = rest.subspan(some.size());
  }
  for (const QueueKey queue : forgotten_) {
    std::byte* out = add_small(RecordKind::forgotten, kForgottenSize, next_sequence, cursor);
    encode_forgotten(out, records_.back().sequence, queue);
  }
  for (std::span<const GivenOut> rest{given_out_}; !rest.empty();) {
    const auto some = rest.first(std::min(rest.size(), kRangesOfARecordMax));
    std::byte* out = add_small(RecordKind::given_out, kRecordHeadSize + some.size() * kGivenOutSize,
                               next_sequence, cursor);
    encode_given_out(out, records_.back().sequence, some);
    rest = rest.subspan(some.size());
  }
  settled_.clear();
  forgotten_.clear();
  given_out_.clear();
}

std::size_t LogBatch::first_undone() const {
  return parts_done_ < parts_.size() ? parts_[parts_done_].first_record : records_.size();
}

void LogBatch::place_again(LogCursor& cursor) {
  const std::size_t first = first_undone();
  parts_.resize(parts_done_);
  for (std::size_t i = first; i < records_.size(); ++i) {
    BatchRecord& record = records_[i];
    put_in_place(record, i, cursor);
    // Settlings hold if the batch's records before them in this segment are intact.
    if (record.kind == RecordKind::settled) {
      store_little(front_of(record) + kRecordHeadSize, parts_.back().first_sequence);
    }
  }
}

void LogBatch::clear() {
  octets_own_.clear();
  if (octets_own_.capacity() > kKeptMax) octets_own_ = core::Buffer{};
  records_.clear();
  if (records_.capacity() * sizeof(BatchRecord) > kKeptMax) records_ = {};
  parts_.clear();
  parts_done_ = 0;
  settled_.clear();
  if (settled_.capacity() * sizeof(SettledRange) > kKeptMax) settled_ = {};
  octets_ = 0;
}

const BatchRecord* LogBatch::find(const LogPlace& place) const {
  const auto before = [](const BatchRecord& record, const LogPlace& wanted) {
    return std::pair{record.place.segment, record.place.offset} <
           std::pair{wanted.segment, wanted.offset};
  };
  const auto found = std::lower_bound(records_.begin(), records_.end(), place, before);
  return found != records_.end() && found->place == place ? &*found : nullptr;
}

}  // namespace amqp::store
