#include "registry/authorization/id_pattern.h"

#include <gtest/gtest.h>

#include <string>

#include "registry/match/pattern.h"

namespace registry::authorization {
namespace {

using Verdict = match::Pattern::Verdict;

/// The id that `pattern` reads out of `text`; "no" when it does not match, "none" without an id.
std::string id_in(std::string_view pattern, std::string_view text) {
  const auto compiled = IdPattern::compile(pattern);
  if (!compiled) return "error";
  std::uint64_t steps = match::kLookupStepsMax;
  const auto found = compiled->match(text, steps);
  if (found.verdict == Verdict::over_budget) return "over budget";
  if (found.verdict == Verdict::no) return "no";
  return found.id ? std::string{*found.id} : "none";
}

// spec 5 [V]: the examples of valid action patterns.
TEST(IdPattern, ReadsTheIdOfTheGuidesExamples) {
  EXPECT_EQ(id_in("/api/photos/(?<id>[-,a-g,0-9]*)", "/api/photos/17-a"), "17-a");
  EXPECT_EQ(id_in("/api/photos/(?<id>[-,a-g,0-9]*)/list", "/api/photos/17/list"), "17");
  EXPECT_EQ(id_in("/api/photos/(?<id>[-,a-g,0-9]*)/list", "/api/photos/17"), "no");
  EXPECT_EQ(id_in("/api/photos/(?<id>[-,a-g,0-9]*)", "/api/photos/z"), "no");
}

TEST(IdPattern, ComparesTheWholeText) {
  EXPECT_EQ(id_in("/api/a/(?<id>[0-9]+)", "/api/a/17/"), "no");
  EXPECT_EQ(id_in("/api/a/(?<id>[0-9]+)", "x/api/a/17"), "no");
}

TEST(IdPattern, TextsAroundTheGroupMustNotOverlap) {
  EXPECT_EQ(id_in("/aa(?<id>b*)aa", "/aaa"), "no");
  EXPECT_EQ(id_in("/aa(?<id>b*)aa", "/aaaa"), "");
}

TEST(IdPattern, ReadsTheIdWhereTheGroupIsNotFramedByTexts) {
  EXPECT_EQ(id_in("^album(?<id>[0-9]+)", "album17"), "17");
  EXPECT_EQ(id_in("/api/[a-z]+/(?<id>[0-9]+)(/.*)?", "/api/photos/17/list/3"), "17");
  EXPECT_EQ(id_in("/api/(?i)PHOTOS/(?<id>\\d+)", "/api/photos/17"), "17");
  EXPECT_EQ(id_in("(?<id>[0-9]+)", "17"), "17");
}

TEST(IdPattern, AGroupThatIsRepeatedGivesItsLastRound) {
  EXPECT_EQ(id_in("/api/(?<id>[0-9]/)*x", "/api/1/2/x"), "2/");
}

TEST(IdPattern, AGroupThatTookNoPartGivesNoId) {
  EXPECT_EQ(id_in("/api/a(/(?<id>[0-9]+))?", "/api/a"), "none");
}

TEST(IdPattern, APatternWithoutTheGroupLeadsToNoResource) {
  EXPECT_FALSE(IdPattern::compile("/api/a/[0-9]+")->has_id());
  EXPECT_TRUE(IdPattern::compile("/api/a/(?<id>[0-9]+)")->has_id());
  EXPECT_EQ(id_in("/api/a/[0-9]+", "/api/a/17"), "none");
}

TEST(IdPattern, StopsWhereTheBudgetEnds) {
  EXPECT_EQ(id_in("/(?<id>(?:a|a|b)*)\\1c", "/" + std::string(8000, 'a')), "over budget");
}

TEST(IdPattern, RefusesWhatIsNoPattern) { EXPECT_EQ(id_in("/api/(", "/api/"), "error"); }

}  // namespace
}  // namespace registry::authorization
