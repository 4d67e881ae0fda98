#include "core/time/timer_wheel.h"

#include <algorithm>
#include <bit>

namespace core {
namespace {

constexpr std::uint32_t kMask = TimerWheel::kBuckets - 1;
constexpr std::size_t kWordBits = 64;
static_assert((TimerWheel::kBuckets & kMask) == 0 && TimerWheel::kBuckets % kWordBits == 0);

/// The last tick that lies at or before `instant`.
std::int64_t tick_before(Instant instant) { return instant.time_since_epoch() / TimerWheel::kTick; }
/// The first tick that lies at or after `instant`.
std::int64_t tick_after(Instant instant) {
  const std::int64_t tick = tick_before(instant);
  return tick * TimerWheel::kTick < instant.time_since_epoch() ? tick + 1 : tick;
}
std::uint32_t bucket_of(std::int64_t tick) {
  return static_cast<std::uint32_t>(static_cast<std::uint64_t>(tick)) & kMask;
}

}  // namespace

TimerWheel::TimerWheel(Timer capacity)
    : capacity_(capacity), heads_(kBuckets, kNone), busy_(kBuckets / kWordBits) {}

void TimerWheel::start(Timer timer, Instant deadline) {
  make_room(timer);
  stop(timer);
  at(timer).deadline = deadline;
  // A deadline that has passed goes into the next tick, as its own bucket comes only a turn later.
  link(timer, bucket_of(std::max(tick_after(deadline), cursor_ + 1)));
}

void TimerWheel::make_room(Timer timer) {
  CORE_CHECK(timer < capacity_);
  if (timer < entries_.size()) return;
  const std::size_t wanted = std::max<std::size_t>(timer + std::size_t{1}, 2 * entries_.size());
  entries_.resize(std::min<std::size_t>(wanted, capacity_));
}

void TimerWheel::stop(Timer timer) {
  if (timer >= entries_.size()) return;
  if (at(timer).state == State::running) unlink(timer);
  at(timer).state = State::idle;
}

void TimerWheel::link(Timer timer, std::uint32_t bucket) {
  Entry& entry = at(timer);
  entry.bucket = bucket;
  entry.previous = kNone;
  entry.next = heads_[bucket];
  if (entry.next != kNone) at(entry.next).previous = timer;
  heads_[bucket] = timer;
  busy_[bucket / kWordBits] |= std::uint64_t{1} << (bucket % kWordBits);
  entry.state = State::running;
  ++running_count_;
}

void TimerWheel::unlink(Timer timer) {
  const Entry& entry = at(timer);
  if (entry.next != kNone) at(entry.next).previous = entry.previous;
  if (entry.previous != kNone) {
    at(entry.previous).next = entry.next;
  } else {
    heads_[entry.bucket] = entry.next;
    if (entry.next == kNone) {
      busy_[entry.bucket / kWordBits] &= ~(std::uint64_t{1} << (entry.bucket % kWordBits));
    }
  }
  --running_count_;
}

std::optional<Instant> TimerWheel::next() const {
  if (running_count_ == 0) return std::nullopt;
  const std::uint32_t from = bucket_of(cursor_ + 1);
  const std::uint32_t bucket = *busy_from(from);
  const std::int64_t tick = cursor_ + 1 + ((bucket - from) & kMask);
  return Instant{tick * kTick};
}

/// The first bucket that holds a timer, from `bucket` once around.
std::optional<std::uint32_t> TimerWheel::busy_from(std::uint32_t bucket) const {
  std::size_t word = bucket / kWordBits;
  std::uint64_t bits = busy_[word] & (~std::uint64_t{0} << (bucket % kWordBits));
  for (std::size_t looked_at = 0; looked_at <= busy_.size(); ++looked_at) {
    if (bits != 0) {
      return static_cast<std::uint32_t>(word * kWordBits) +
             static_cast<std::uint32_t>(std::countr_zero(bits));
    }
    word = (word + 1) % busy_.size();
    bits = busy_[word];
  }
  return std::nullopt;
}

void TimerWheel::collect_due(Instant now) {
  CORE_CHECK(due_.empty());  // expire does not call itself
  const std::int64_t last = tick_before(now);
  if (last <= cursor_) return;
  const std::int64_t steps = std::min<std::int64_t>(last - cursor_, kBuckets);
  for (std::int64_t tick = last - steps + 1; tick <= last && running_count_ > 0; ++tick) {
    collect_bucket(bucket_of(tick), now);
  }
  cursor_ = last;
}

void TimerWheel::collect_bucket(std::uint32_t bucket, Instant now) {
  for (Timer timer = heads_[bucket]; timer != kNone;) {
    const Timer after = at(timer).next;
    if (at(timer).deadline <= now) {
      unlink(timer);
      at(timer).state = State::due;
      due_.push_back(timer);
    }
    timer = after;
  }
}

}  // namespace core
