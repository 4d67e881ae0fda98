#include "core/metrics/exposition.h"

#include <gtest/gtest.h>

#include <array>
#include <limits>

namespace core::metrics {
namespace {

TEST(Exposition, WritesAFamilyWithItsSamples) {
  Exposition exposition;
  exposition.counter("oriel_requests_total", "Requests answered.");
  exposition.sample(std::uint64_t{3}, {{"service", "backup"}, {"code_class", "2xx"}});
  exposition.sample(std::numeric_limits<std::uint64_t>::max(), {{"service", "b"}});
  exposition.gauge("oriel_up", "Whether it is up.");
  exposition.sample(0.25);
  EXPECT_EQ(exposition.take(),
            "# HELP oriel_requests_total Requests answered.\n"
            "# TYPE oriel_requests_total counter\n"
            "oriel_requests_total{service=\"backup\",code_class=\"2xx\"} 3\n"
            "oriel_requests_total{service=\"b\"} 18446744073709551615\n"
            "# HELP oriel_up Whether it is up.\n"
            "# TYPE oriel_up gauge\n"
            "oriel_up 0.25\n");
}

TEST(Exposition, EscapesWhatALabelValueMustNotHaveBare) {
  Exposition exposition;
  exposition.gauge("a", "A.");
  exposition.sample(1.0, {{"l", "a\"b\\c\nd\xc3\xa9"}});
  EXPECT_TRUE(exposition.take().ends_with("a{l=\"a\\\"b\\\\c\\nd\xc3\xa9\"} 1\n"));
}

TEST(Exposition, WritesAHistogramAsCumulativeBucketsInSeconds) {
  Histogram histogram;
  histogram.record(std::chrono::microseconds{40});
  histogram.record(std::chrono::milliseconds{500}, 2);
  histogram.record(std::chrono::seconds{100});
  const std::array<Duration, 2> bounds{std::chrono::microseconds{50}, std::chrono::seconds{1}};
  Exposition exposition;
  exposition.histogram("h_seconds", "H.");
  exposition.sample(histogram, bounds, {{"s", "x"}});
  EXPECT_EQ(exposition.take(),
            "# HELP h_seconds H.\n# TYPE h_seconds histogram\n"
            "h_seconds_bucket{s=\"x\",le=\"0.00005\"} 1\n"
            "h_seconds_bucket{s=\"x\",le=\"1\"} 3\n"
            "h_seconds_bucket{s=\"x\",le=\"+Inf\"} 4\n"
            "h_seconds_sum{s=\"x\"} 101.00004\n"
            "h_seconds_count{s=\"x\"} 4\n");
}

TEST(Exposition, SpellsNumbersThatAreNone) {
  Exposition exposition;
  exposition.gauge("a", "A.");
  exposition.sample(std::numeric_limits<double>::quiet_NaN());
  exposition.sample(-std::numeric_limits<double>::infinity());
  const std::string text = exposition.take();
  EXPECT_NE(text.find("a NaN\n"), std::string::npos);
  EXPECT_NE(text.find("a -Inf\n"), std::string::npos);
}

TEST(ExpositionDeathTest, StopsAtMistakesOfOurs) {
  Exposition exposition;
  exposition.gauge("a", "A.");
  EXPECT_DEATH(exposition.gauge("a", "Twice."), "insert");
  EXPECT_DEATH(exposition.gauge("1a", "A name."), "is_metric_name");
  EXPECT_DEATH(exposition.counter("b", "No total."), "_total");
  EXPECT_DEATH(exposition.sample(1.0, {{"a-b", ""}}), "is_label_name");
  EXPECT_DEATH(exposition.sample(1.0, {{"__a", ""}}), "is_label_name");
}

TEST(RequestBounds, GoFrom50MicrosecondsTo60Seconds) {
  EXPECT_EQ(request_bounds().front(), std::chrono::microseconds{50});
  EXPECT_EQ(request_bounds().back(), std::chrono::seconds{60});
  EXPECT_TRUE(std::is_sorted(request_bounds().begin(), request_bounds().end()));
}

}  // namespace
}  // namespace core::metrics
