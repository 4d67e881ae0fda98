#include "core/metrics/tally.h"

#include <gtest/gtest.h>

#include "core/metrics/counter.h"

namespace core::metrics {
namespace {

std::string text_of(const std::vector<Tally::Row>& rows) {
  std::string text;
  for (const auto& row : rows) {
    for (const auto& value : row.values) text += value + " ";
    text += std::to_string(row.count) + ";";
  }
  return text;
}

TEST(Tally, CountsByTheValuesOfItsLabels) {
  Tally tally{2};
  tally.add({"b", "2xx"});
  tally.add({"a", "5xx"}, 3);
  tally.add({"b", "2xx"});
  EXPECT_EQ(text_of(tally.rows()), "a 5xx 3;b 2xx 2;");
}

TEST(Tally, CountsNewOnesAsOtherOnceThereAreTooMany) {
  Tally tally{2, 3};
  for (const char* name : {"a", "b", "c", "d", "e"}) tally.add({name, "2xx"});
  tally.add({"a", "2xx"});
  EXPECT_EQ(text_of(tally.rows()), "a 2xx 2;b 2xx 1;c 2xx 1;other other 2;");
}

TEST(Tally, MergesTheRowsOfAnother) {
  Tally one{1};
  Tally two{1};
  one.add({"a"}, 1);
  two.add({"a"}, 2);
  two.add({"b"}, 4);
  one.merge(two.rows());
  EXPECT_EQ(text_of(one.rows()), "a 3;b 4;");
}

TEST(Tally, KeepsValuesApartThatWouldLookAlikeJoined) {
  Tally tally{2};
  tally.add(
      {"a\x1f"
       "b",
       "c"});
  tally.add({"a",
             "b\x1f"
             "c"});
  tally.add({"", "x"});
  EXPECT_EQ(text_of(tally.rows()), "- x 1;a b?c 1;a?b c 1;");
}

TEST(Counter, AddsUp) {
  Counter counter;
  counter.add();
  counter.add(41);
  EXPECT_EQ(counter.value(), 42U);
}

TEST(Gauge, GoesUpAndDown) {
  Gauge gauge;
  gauge.set(5);
  gauge.add(-7);
  EXPECT_EQ(gauge.value(), -2);
}

}  // namespace
}  // namespace core::metrics
