#include "http/session/date.h"

#include <gtest/gtest.h>

namespace http::session {
namespace {

std::string date_at(std::int64_t seconds, int milliseconds = 0) {
  DateValue date;
  date.set(core::WallTime{std::chrono::seconds{seconds} + std::chrono::milliseconds{milliseconds}});
  return std::string{date.text()};
}

TEST(DateValue, IsWrittenAsTheSpecHasIt) {
  EXPECT_EQ(date_at(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(date_at(0), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(date_at(951782400), "Tue, 29 Feb 2000 00:00:00 GMT");
  EXPECT_EQ(date_at(4102444799), "Thu, 31 Dec 2099 23:59:59 GMT");
}

TEST(DateValue, ChangesWithTheSecondOnly) {
  EXPECT_EQ(date_at(784111777, 999), date_at(784111777));
  EXPECT_NE(date_at(784111778), date_at(784111777));
}

}  // namespace
}  // namespace http::session
