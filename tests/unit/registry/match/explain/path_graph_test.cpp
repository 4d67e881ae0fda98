#include "registry/match/explain/path_graph.h"

#include <gtest/gtest.h>

#include "tests/unit/registry/match/explain/subjects.h"

namespace registry::match::explain {
namespace {

TEST(PathGraph, HasThePathsOfThePattern) {
  const PathGraph paths = graph("/api/(a|b)[0-9]{2}");
  EXPECT_TRUE(paths.has("/api/a12"));
  EXPECT_FALSE(paths.has("/api/a1"));
  EXPECT_FALSE(paths.has("/api/c12"));
  EXPECT_FALSE(paths.empty());
}

TEST(PathGraph, HasNothingThatIsNoPath) {
  EXPECT_FALSE(graph(".*").has("api"));
  EXPECT_FALSE(graph(".*").has("/a b"));
  EXPECT_TRUE(graph("api").empty());
  EXPECT_TRUE(graph("/a b").empty());
  EXPECT_TRUE(graph("/a[?#]").empty());
  EXPECT_TRUE(graph("").empty());
}

TEST(PathGraph, GivesAShortestPathInReadableOctets) {
  EXPECT_EQ(graph("/api/[^/]+/x").shortest(), "/api/a/x");
  EXPECT_EQ(graph("/[0-9A-Z]").shortest(), "/0");
  EXPECT_FALSE(graph("x").shortest());
}

TEST(PathGraph, SaysHowFarAPathCanGoAndWhatIsMissing) {
  const PathGraph paths = graph("/api/org/.*/backups");
  const auto reached = paths.follow("/api/orx");
  EXPECT_EQ(reached.octets, 7U);
  EXPECT_EQ(paths.shortest_from(reached.state), "g//backups");
  EXPECT_EQ(paths.follow("/api/org/1/back").octets, 15U);
}

TEST(PathGraph, TakesTheEndOfALineForTheEndOfThePath) {
  EXPECT_TRUE(graph("/a$/b").empty());
  EXPECT_TRUE(graph("(?m)^/a$").has("/a"));
}

TEST(PathGraph, FindsThePathInAnotherCase) {
  EXPECT_EQ(graph("/api/Org/[0-9]+").in_another_case("/API/org/12"), "/api/Org/12");
  EXPECT_FALSE(graph("/api/Org").in_another_case("/api/orgs"));
}

TEST(Covers, KnowsWhichPatternHasMorePaths) {
  EXPECT_EQ(covers(graph("/api/.*"), graph("/api/x|/api/y/.*")), Answer::yes);
  EXPECT_EQ(covers(graph("/api/x|/api/y/.*"), graph("/api/.*")), Answer::no);
  EXPECT_EQ(covers(graph("/a(b|c)"), graph("/ab|/ac")), Answer::yes);
  EXPECT_EQ(covers(graph("/ab|/ac"), graph("/a(b|c)")), Answer::yes);
  EXPECT_EQ(covers(graph("/a"), graph("nothing")), Answer::yes);
  EXPECT_EQ(covers(graph("nothing"), graph("/a")), Answer::no);
}

TEST(Covers, LooksAtPathsOnly) {
  EXPECT_EQ(covers(graph("/[^ /]*"), graph("/[^/]*")), Answer::yes);
}

TEST(CommonPath, IsAShortestOneThatBothHave) {
  EXPECT_EQ(common_path(graph("/api/.*/x"), graph("/api/org/.*")), "/api/org/x");
  EXPECT_FALSE(common_path(graph("/api/a.*"), graph("/api/b.*")));
}

}  // namespace
}  // namespace registry::match::explain
