#include <gtest/gtest.h>

#include "tools/oriel/filter/trial.h"

namespace oriel::filter {
namespace {

using Notes = std::vector<std::string>;

Asked asked(std::string_view url) {
  const auto made = asked_of(url);
  EXPECT_TRUE(made) << url << ": " << (made ? "" : made.error());
  return made ? *made : Asked{};
}

TEST(AskedOf, TakesAPathAsItIs) {
  EXPECT_EQ(asked("/api/org/1").path, "/api/org/1");
  EXPECT_TRUE(asked("/api/org/1").notes.empty());
  EXPECT_EQ(asked("/api/a%20b").path, "/api/a%20b");
}

TEST(AskedOf, TakesThePathOutOfAUrl) {
  EXPECT_EQ(asked("http://127.0.0.1:8080/api/x").path, "/api/x");
  EXPECT_EQ(asked("https://host?x").path, "/");
  EXPECT_FALSE(asked_of("api/x"));
  EXPECT_FALSE(asked_of(""));
}

TEST(AskedOf, CutsOffTheQueryAndSaysSo) {
  EXPECT_EQ(asked("/api/x?a=/b").path, "/api/x");
  EXPECT_EQ(asked("/api/x?a").notes, Notes{"a filter sees the path without its query"});
  EXPECT_EQ(asked("/api/x#a").notes, Notes{"a client keeps the fragment to itself"});
}

TEST(AskedOf, EscapesWhatAClientWould) {
  EXPECT_EQ(asked("/api/a b\xC3\xA9{x}").path, "/api/a%20b%C3%A9%7Bx%7D");
  EXPECT_EQ(asked("/api/a b").notes, Notes{"a client would escape it like this"});
}

TEST(AskedOf, SaysWhatTheGatewayDoesWithoutLookingAtFilters) {
  EXPECT_EQ(asked("/api/../x").notes,
            Notes{"the gateway refuses it with 400: dot segment in the path"});
  EXPECT_EQ(asked("/api/sessions").notes,
            Notes{"the gateway answers this path itself, whatever filters match"});
}

}  // namespace
}  // namespace oriel::filter
