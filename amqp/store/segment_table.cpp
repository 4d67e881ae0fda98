#include "amqp/store/segment_table.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"

namespace amqp::store {
namespace {

constexpr std::size_t kOctetsPerBit = 64;
constexpr std::size_t kBits = 64;

std::size_t word_of(const LogPlace& place) { return place.offset / kOctetsPerBit / kBits; }
std::uint64_t bit_of(const LogPlace& place) {
  return std::uint64_t{1} << (place.offset / kOctetsPerBit % kBits);
}
bool is_settled(const SegmentFacts& segment, const LogPlace& place) {
  const std::size_t word = word_of(place);
  return word < segment.settled.size() && (segment.settled[word] & bit_of(place)) != 0;
}

void mark(SegmentFacts& segment, const LogPlace& place) {
  const std::size_t word = word_of(place);
  if (segment.settled.size() <= word) {
    // To its full size at once when it is complete; a segment in writing grows by and by.
    const auto whole = static_cast<std::size_t>(segment.octets / kOctetsPerBit / kBits) + 1;
    segment.settled.resize(std::max(word + 1, whole));
  }
  segment.settled[word] |= bit_of(place);
}

}  // namespace

void SegmentTable::add_segment(SegmentFacts facts) {
  CORE_CHECK(segments_.empty() || segments_.back().number < facts.number);
  octets_ += facts.octets;
  segments_.push_back(std::move(facts));
}

void SegmentTable::remove_oldest() {
  octets_ -= segments_.front().octets;
  segments_.pop_front();
}

void SegmentTable::recovered(QueueKey queue, const LogPlace& place, bool live) {
  SegmentFacts* const segment = find(place.segment);
  CORE_CHECK(segment != nullptr);
  if (live) {
    count(*segment, queue, place);
  } else {
    mark(*segment, place);
  }
}

SegmentFacts* SegmentTable::find(std::uint64_t number) {
  return const_cast<SegmentFacts*>(std::as_const(*this).find(number));
}

const SegmentFacts* SegmentTable::find(std::uint64_t number) const {
  if (!segments_.empty() && segments_.back().number == number) return &segments_.back();
  const auto found = std::lower_bound(
      segments_.begin(), segments_.end(), number,
      [](const SegmentFacts& facts, std::uint64_t wanted) { return facts.number < wanted; });
  return found != segments_.end() && found->number == number ? &*found : nullptr;
}

void SegmentTable::extended(const LogPlace& place) {
  if (segments_.empty() || segments_.back().number < place.segment) {
    add_segment({place.segment, 0, 0, 0, {}, {}});
  }
  SegmentFacts& segment = segments_.back();
  CORE_CHECK(segment.number == place.segment);
  const std::uint64_t end = std::uint64_t{place.offset} + place.size;
  octets_ += end - segment.octets;
  segment.octets = end;
}

void SegmentTable::added(QueueKey queue, const LogPlace& place) {
  extended(place);
  count(segments_.back(), queue, place);
}

void SegmentTable::count(SegmentFacts& segment, QueueKey queue, const LogPlace& place) {
  ++segment.live_count;
  segment.live_octets += place.size;
  Queue& facts = queues_[queue];
  ++facts.live_count;
  facts.live_octets += place.size;
  ++live_count_;
  live_octets_ += place.size;
}

bool SegmentTable::settled(QueueKey queue, const LogPlace& place, LogPoint point) {
  const auto facts = queues_.find(queue);
  if (facts == queues_.end()) return false;
  CORE_CHECK(facts->second.live_count > 0);
  if (SegmentFacts* const segment = find(place.segment)) {
    CORE_CHECK(segment->live_count > 0 && !is_settled(*segment, place));
    mark(*segment, place);
    segment->settled_last = point;
    --segment->live_count;
    segment->live_octets -= place.size;
  }
  --facts->second.live_count;
  facts->second.live_octets -= place.size;
  --live_count_;
  live_octets_ -= place.size;
  if (live_count_ == 0) nothing_lives(point);
  return true;
}

void SegmentTable::forgotten(QueueKey queue, LogPoint point) {
  const auto found = queues_.find(queue);
  if (found == queues_.end()) return;
  live_count_ -= found->second.live_count;
  live_octets_ -= found->second.live_octets;
  queues_.erase(found);
  if (live_count_ == 0) nothing_lives(point);
}

void SegmentTable::oldest_moved(LogPoint point) {
  SegmentFacts& segment = segments_.front();
  segment.live_count = segment.live_octets = 0;
  segment.settled_last = point;
}

void SegmentTable::nothing_lives(LogPoint point) {
  for (SegmentFacts& segment : segments_) {
    if (segment.live_count == 0) continue;
    segment.live_count = segment.live_octets = 0;
    segment.settled_last = point;
  }
}

bool SegmentTable::is_live(QueueKey queue, const LogPlace& place) const {
  if (!queues_.contains(queue)) return false;
  const SegmentFacts* const segment = find(place.segment);
  return segment != nullptr && !is_settled(*segment, place);
}

bool SegmentTable::given_out(QueueKey queue, port::QueuePosition up_to) {
  const auto found = queues_.find(queue);
  if (found == queues_.end() || found->second.given_out >= up_to) return false;
  found->second.given_out = up_to;
  return true;
}

port::QueuePosition SegmentTable::given_out(QueueKey queue) const {
  const auto found = queues_.find(queue);
  return found == queues_.end() ? port::QueuePosition{} : found->second.given_out;
}

}  // namespace amqp::store
