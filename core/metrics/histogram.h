#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/time/instant.h"

namespace core::metrics {

/// How often which duration occurred, to three significant figures: buckets grow with the value
/// (log-linear, as HDR histograms have it), so recording is an index and an addition, and
/// histograms of several shards or threads can be added up.
///
/// Each power of two of nanoseconds has kPerOctave buckets: a reported duration is at most 1/512
/// (0.2 %) above a recorded one, and never below. Durations from 0 to 2^40 ns (about 18 minutes);
/// longer ones count as that long in every answer but sum() and max(), shorter ones as 0.
///
/// Belongs to one thread. 128 KiB, allocated with the first record.
class Histogram {
 public:
  void record(Duration duration, std::uint64_t times = 1);
  void merge(const Histogram& other);
  void clear();

  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] Duration sum() const { return sum_; }
  [[nodiscard]] Duration min() const { return min_; }  ///< 0 when nothing was recorded; exact.
  [[nodiscard]] Duration max() const { return max_; }  ///< 0 when nothing was recorded; exact.
  [[nodiscard]] Duration mean() const;

  /// The smallest duration that at least `percent` of those recorded do not exceed (99.9 asks for
  /// p99.9), up to the width of a bucket; 0 when nothing was recorded.
  [[nodiscard]] Duration percentile(double percent) const;
  /// How many of those recorded are at most `bound`, up to the width of the bucket it lies in: one
  /// that shares the bucket with `bound` counts.
  [[nodiscard]] std::uint64_t count_up_to(Duration bound) const;

 private:
  static constexpr unsigned kOctaveBits = 9;
  static constexpr std::uint64_t kPerOctave = std::uint64_t{1} << kOctaveBits;
  static constexpr unsigned kValueBits = 40;
  static constexpr std::uint64_t kValueMax = (std::uint64_t{1} << kValueBits) - 1;
  // The first two octaves' worth of values, below 2 * kPerOctave, have a bucket each.
  static constexpr std::size_t kBuckets = (kValueBits - kOctaveBits + 1) << kOctaveBits;

  static std::uint64_t value_of(Duration duration);
  static std::size_t bucket_of(std::uint64_t value);
  static std::uint64_t highest_in(std::size_t bucket);

  std::vector<std::uint64_t> buckets_;
  std::uint64_t count_ = 0;
  Duration sum_{};
  Duration min_{};
  Duration max_{};
};

}  // namespace core::metrics
