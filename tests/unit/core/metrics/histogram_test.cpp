#include "core/metrics/histogram.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace core::metrics {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;

TEST(Histogram, OfNothingIsZero) {
  const Histogram histogram;
  EXPECT_EQ(histogram.count(), 0U);
  EXPECT_EQ(histogram.percentile(99), Duration::zero());
  EXPECT_EQ(histogram.mean(), Duration::zero());
  EXPECT_EQ(histogram.count_up_to(seconds{1}), 0U);
}

TEST(Histogram, KnowsCountSumMinMaxAndMeanExactly) {
  Histogram histogram;
  histogram.record(nanoseconds{1'000'003});
  histogram.record(nanoseconds{2'000'001}, 2);
  EXPECT_EQ(histogram.count(), 3U);
  EXPECT_EQ(histogram.sum(), nanoseconds{5'000'005});
  EXPECT_EQ(histogram.min(), nanoseconds{1'000'003});
  EXPECT_EQ(histogram.max(), nanoseconds{2'000'001});
  EXPECT_EQ(histogram.mean(), nanoseconds{1'666'668});
}

TEST(Histogram, KeepsValuesBelowTheFirstOctavesExactly) {
  Histogram histogram;
  for (int i = 0; i < 1024; ++i) histogram.record(nanoseconds{i});
  for (int i = 1; i <= 1024; ++i) {
    EXPECT_EQ(histogram.percentile(i * 100.0 / 1024), nanoseconds{i - 1}) << i;
  }
}

/// Percentiles against the same samples, sorted.
TEST(Histogram, AgreesWithSortedSamplesToThreeFigures) {
  std::mt19937_64 random{20240607};
  std::lognormal_distribution<double> latency{13.0, 2.0};  // around 0.4 ms, with a long tail
  Histogram histogram;
  std::vector<std::int64_t> samples;
  for (int i = 0; i < 100'000; ++i) {
    samples.push_back(static_cast<std::int64_t>(latency(random)));
    histogram.record(nanoseconds{samples.back()});
  }
  std::sort(samples.begin(), samples.end());
  for (const double percent : {0.0, 0.1, 1.0, 10.0, 50.0, 90.0, 99.0, 99.9, 99.99, 100.0}) {
    const auto rank = std::max(1.0, std::ceil(percent / 100 * 100'000 - 1e-6));
    const std::int64_t exact = samples[static_cast<std::size_t>(rank) - 1];
    const std::int64_t told = histogram.percentile(percent).count();
    EXPECT_GE(told, exact) << percent;
    EXPECT_LE(static_cast<double>(told), static_cast<double>(exact) * (1 + 1.0 / 512) + 1)
        << percent;
  }
}

TEST(Histogram, CountsUpToABoundAsTheSamplesDo) {
  Histogram histogram;
  for (int i = 1; i <= 1000; ++i) histogram.record(microseconds{i * 100});
  EXPECT_EQ(histogram.count_up_to(Duration::zero()), 0U);
  EXPECT_EQ(histogram.count_up_to(microseconds{150}), 1U);
  EXPECT_NEAR(static_cast<double>(histogram.count_up_to(milliseconds{50})), 500, 1);
  EXPECT_EQ(histogram.count_up_to(seconds{60}), 1000U);
}

TEST(Histogram, PercentilesDoNotLeaveTheRangeOfWhatWasRecorded) {
  Histogram histogram;
  histogram.record(nanoseconds{1'000'001});
  EXPECT_EQ(histogram.percentile(0), nanoseconds{1'000'001});
  EXPECT_EQ(histogram.percentile(50), nanoseconds{1'000'001});
  EXPECT_EQ(histogram.percentile(100), nanoseconds{1'000'001});
  EXPECT_EQ(histogram.percentile(-5), histogram.percentile(0));
  EXPECT_EQ(histogram.percentile(500), histogram.percentile(100));
}

TEST(Histogram, PointNineOfAThousandIsTheLastButOne) {
  Histogram histogram;
  for (int i = 1; i <= 1000; ++i) histogram.record(nanoseconds{i});
  EXPECT_EQ(histogram.percentile(99.9), nanoseconds{999});
}

TEST(Histogram, TakesTheLongestAndTheImpossible) {
  Histogram histogram;
  histogram.record(std::chrono::hours{1000});
  histogram.record(nanoseconds{-1});
  EXPECT_EQ(histogram.count(), 2U);
  EXPECT_EQ(histogram.max(), std::chrono::hours{1000});
  EXPECT_EQ(histogram.min(), Duration::zero());
  EXPECT_GT(histogram.percentile(100), std::chrono::minutes{18});
}

TEST(Histogram, MergesToWhatOneWouldHaveRecorded) {
  std::mt19937_64 random{7};
  std::uniform_int_distribution<std::int64_t> any{0, 10'000'000'000};
  Histogram one;
  Histogram parts[3];
  for (int i = 0; i < 3000; ++i) {
    const nanoseconds value{any(random)};
    one.record(value);
    parts[i % 3].record(value);
  }
  Histogram merged;
  for (const Histogram& part : parts) merged.merge(part);
  merged.merge(Histogram{});
  EXPECT_EQ(merged.count(), one.count());
  EXPECT_EQ(merged.sum(), one.sum());
  EXPECT_EQ(merged.min(), one.min());
  EXPECT_EQ(merged.max(), one.max());
  for (double percent = 0; percent <= 100; percent += 0.5) {
    ASSERT_EQ(merged.percentile(percent), one.percentile(percent)) << percent;
  }
}

TEST(Histogram, ClearForgetsAll) {
  Histogram histogram;
  histogram.record(seconds{1});
  histogram.clear();
  histogram.record(seconds{2});
  EXPECT_EQ(histogram.min(), seconds{2});
  EXPECT_EQ(histogram.count(), 1U);
}

}  // namespace
}  // namespace core::metrics
