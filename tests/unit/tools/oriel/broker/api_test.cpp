#include "tools/oriel/broker/api.h"

#include <gtest/gtest.h>

#include <sstream>

#include "tools/oriel/broker/password.h"
#include "tools/oriel/broker/table.h"

namespace oriel::broker {
namespace {

TEST(Segment, EscapesWhatIsSpecialInAPath) {
  EXPECT_EQ(segment("bunny_gem"), "bunny_gem");
  EXPECT_EQ(segment("/"), "%2F");
  EXPECT_EQ(segment("a b?c#d%"), "a%20b%3Fc%23d%25");
  EXPECT_EQ(segment("\xC3\xBC"), "%C3%BC");
  EXPECT_EQ(segment(".."), "%2E%2E");
  EXPECT_EQ(segment("a.b"), "a.b");
}

TEST(ReasonOf, IsWhatTheApiSaysOrTheStatus) {
  EXPECT_EQ(reason_of({400, R"({"error":"bad_request","reason":"because"})"}), "because");
  EXPECT_EQ(reason_of({500, "oops"}), "status 500");
}

TEST(Api, SaysWhenNothingRunsInTheFolder) {
  const auto api = Api::of("/nonexistent");
  ASSERT_FALSE(api);
  EXPECT_NE(api.error().find("/nonexistent"), std::string::npos);
}

TEST(ReadPassword, TakesTheFirstLine) {
  std::istringstream good{"secret word\r\nrest"};
  EXPECT_EQ(*read_password(good), "secret word");
  std::istringstream empty{"\n"};
  EXPECT_FALSE(read_password(empty));
  std::istringstream nothing;
  EXPECT_FALSE(read_password(nothing));
}

TEST(TableOf, ShowsTheColumnsThatAreNamed) {
  const auto table = table_of(
      R"([{"name":"guest","tags":["administrator","x"],"more":1},{"name":"j\u001boe","n":2}])",
      {"name", "tags", "n"});
  ASSERT_TRUE(table);
  EXPECT_EQ(*table,
            "name   tags             n\nguest  administrator,x\nj?oe                    2\n");
  EXPECT_FALSE(table_of("no json", {"name"}));
  EXPECT_EQ(*table_of("[]", {"name"}), "name\n");
}

}  // namespace
}  // namespace oriel::broker
