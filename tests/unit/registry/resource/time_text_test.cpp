#include "registry/resource/time_text.h"

#include <gtest/gtest.h>

#include <chrono>

namespace registry::resource {
namespace {

core::WallTime at(std::int64_t milliseconds) {
  return core::WallTime{std::chrono::milliseconds{milliseconds}};
}

TEST(TimeText, IsUtcWithMilliseconds) {
  EXPECT_EQ(time_text(at(0)), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(time_text(at(1'700'000'000'123)), "2023-11-14T22:13:20.123Z");
  EXPECT_EQ(time_text(at(-1)), "1969-12-31T23:59:59.999Z");
}

TEST(ParseTime, ReadsWhatWasWritten) {
  for (const std::int64_t moment :
       {std::int64_t{0}, std::int64_t{-1}, std::int64_t{951'782'399'999},
        std::int64_t{1'700'000'000'123}, std::int64_t{253'402'300'799'999}}) {
    EXPECT_EQ(parse_time(time_text(at(moment))), at(moment)) << moment;
  }
}

TEST(ParseTime, TakesZonesAndFractionsOfAnyLength) {
  EXPECT_EQ(parse_time("1970-01-01T02:00:00+02:00"), at(0));
  EXPECT_EQ(parse_time("1969-12-31T18:30:00.0-05:30"), at(0));
  EXPECT_EQ(parse_time("1970-01-01T00:00:00"), at(0));
  EXPECT_EQ(parse_time("1970-01-01T00:00:00.5Z"), at(500));
  EXPECT_EQ(parse_time("1970-01-01T00:00:00.1234567890123Z"), at(123));
}

TEST(ParseTime, RefusesWhatIsNone) {
  for (const char* text :
       {"", "now", "1970-01-01", "1970-13-01T00:00:00Z", "1970-02-30T00:00:00Z",
        "1970-01-01T24:00:00Z", "1970-01-01T00:60:00Z", "1970-01-01T00:00:60Z",
        "1970-01-01T00:00:00.Z", "1970-01-01T00:00:00Zx", "1970-01-01T00:00:00+15:00",
        "1970-01-01T00:00:00+0100", "1970-1-1T00:00:00Z", " 1970-01-01T00:00:00Z",
        "9999-12-31T23:59:59-14:00", "0000-01-01T00:00:00+14:00"}) {
    EXPECT_EQ(parse_time(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace registry::resource
