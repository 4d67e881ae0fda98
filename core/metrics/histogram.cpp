#include "core/metrics/histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace core::metrics {

void Histogram::record(Duration duration, std::uint64_t times) {
  if (times == 0) return;
  if (buckets_.empty()) buckets_.resize(kBuckets);
  duration = std::max(duration, Duration::zero());
  buckets_[bucket_of(value_of(duration))] += times;
  min_ = count_ == 0 ? duration : std::min(min_, duration);
  max_ = std::max(max_, duration);
  sum_ += duration * static_cast<Duration::rep>(times);
  count_ += times;
}

void Histogram::merge(const Histogram& other) {
  if (other.count_ == 0) return;
  if (count_ == 0) {
    *this = other;
    return;
  }
  std::transform(buckets_.begin(), buckets_.end(), other.buckets_.begin(), buckets_.begin(),
                 std::plus<>{});
  min_ = std::min(min_, other.min_);
  max_ = std::max(max_, other.max_);
  sum_ += other.sum_;
  count_ += other.count_;
}

void Histogram::clear() { *this = Histogram{}; }

Duration Histogram::mean() const {
  return count_ == 0 ? Duration::zero() : sum_ / static_cast<Duration::rep>(count_);
}

Duration Histogram::percentile(double percent) const {
  if (count_ == 0) return Duration::zero();
  const double share = std::clamp(percent, 0.0, 100.0) / 100.0;
  // A little less than the product, so that 99.9 % of 1000 is 999 and not, by rounding, 1000.
  const double wanted = std::ceil(share * static_cast<double>(count_) - 1e-6);
  const auto rank = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(wanted));
  std::uint64_t seen = 0;
  for (std::size_t bucket = 0; bucket < kBuckets; ++bucket) {
    seen += buckets_[bucket];
    if (seen >= rank) {
      const Duration highest{static_cast<Duration::rep>(highest_in(bucket))};
      return std::clamp(highest, min_, max_);
    }
  }
  return max_;
}

std::uint64_t Histogram::count_up_to(Duration bound) const {
  if (count_ == 0 || bound < Duration::zero()) return 0;
  const auto end = buckets_.begin() + static_cast<std::ptrdiff_t>(bucket_of(value_of(bound))) + 1;
  std::uint64_t count = 0;
  for (auto bucket = buckets_.begin(); bucket != end; ++bucket) count += *bucket;
  return count;
}

std::uint64_t Histogram::value_of(Duration duration) {
  return std::min(static_cast<std::uint64_t>(duration.count()), kValueMax);
}

/// Values below 2 * kPerOctave are their own bucket. Above, the highest kOctaveBits + 1 bits of the
/// value choose one, and each further bit of length adds an octave.
std::size_t Histogram::bucket_of(std::uint64_t value) {
  const auto length = static_cast<unsigned>(std::bit_width(value));
  if (length <= kOctaveBits + 1) return static_cast<std::size_t>(value);
  const unsigned shift = length - (kOctaveBits + 1);
  return static_cast<std::size_t>((std::uint64_t{shift} << kOctaveBits) + (value >> shift));
}

std::uint64_t Histogram::highest_in(std::size_t bucket) {
  if (bucket < 2 * kPerOctave) return bucket;
  const auto shift = static_cast<unsigned>(bucket / kPerOctave - 1);
  const std::uint64_t leading = bucket - (std::uint64_t{shift} << kOctaveBits);
  return ((leading + 1) << shift) - 1;
}

}  // namespace core::metrics
