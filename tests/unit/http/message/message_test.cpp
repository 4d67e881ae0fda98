#include "http/message/message.h"

#include <gtest/gtest.h>

#include "http/message/status.h"

namespace http::message {
namespace {

TEST(Headers, FindsTheFirstFieldWhateverTheCaseOfItsName) {
  Headers headers;
  headers.add("Accept", "text/plain");
  headers.add("ACCEPT", "application/json");
  ASSERT_NE(headers.find("accept"), nullptr);
  EXPECT_EQ(*headers.find("accept"), "text/plain");
  EXPECT_EQ(headers.count("aCCept"), 2U);
  EXPECT_EQ(headers.find("Accept-Encoding"), nullptr);
}

TEST(Headers, SetReplacesAllFieldsOfThatName) {
  Headers headers;
  headers.add("A", "1");
  headers.add("B", "2");
  headers.add("a", "3");
  headers.set("A", "4");
  EXPECT_EQ(headers.fields(), (std::vector<Field>{{"B", "2"}, {"A", "4"}}));
}

TEST(Headers, RemoveLeavesTheOthersInOrder) {
  Headers headers;
  for (const char* name : {"A", "B", "a", "C"}) headers.add(name, "x");
  headers.remove("A");
  EXPECT_EQ(headers.fields(), (std::vector<Field>{{"B", "x"}, {"C", "x"}}));
}

TEST(EqualIgnoringCase, ComparesAsciiLettersOnly) {
  EXPECT_TRUE(equal_ignoring_case("Content-LENGTH", "content-length"));
  EXPECT_FALSE(equal_ignoring_case("content-length", "content-lengt"));
  EXPECT_FALSE(equal_ignoring_case("[", "{"));  // they differ in the bit that case has in letters
}

TEST(ReasonPhrase, IsThatOfTheStatus) {
  EXPECT_EQ(reason_phrase(200), "OK");
  EXPECT_EQ(reason_phrase(504), "Gateway Timeout");
  EXPECT_EQ(reason_phrase(599), "Unknown");
}

}  // namespace
}  // namespace http::message
