#include "registry/match/matcher.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "registry/match/pattern.h"

namespace registry::match {
namespace {

using Numbers = std::vector<std::uint32_t>;

bool matches(const std::string& pattern, std::string_view path) {
  const std::vector<Filter> filters{{pattern, 7}};
  Matches found;
  make_matcher(filters)->match(path, found);
  EXPECT_FALSE(found.over_budget) << pattern;
  return !found.numbers.empty();
}

TEST(Matcher, MatchesTheWholePathOnly) {
  EXPECT_TRUE(matches("/api/cse", "/api/cse"));
  EXPECT_FALSE(matches("/api/cse", "/api/cse/clusters"));
  EXPECT_FALSE(matches("/api/cse", "/x/api/cse"));
  EXPECT_TRUE(matches("/api/org/.*/currentTime", "/api/org/42/currentTime"));
  EXPECT_FALSE(matches("/api/org/.*/currentTime", "/api/org/42/currentTime/x"));
}

TEST(Matcher, TakesALongerBranchWhenTheFirstOneEndsTooSoon) {
  EXPECT_TRUE(matches("/api/(a|ab)", "/api/ab"));
  EXPECT_TRUE(matches("/api/a.*?", "/api/abcdef"));
}

TEST(Matcher, TakesThePatternsThatRealServicesRegister) {
  EXPECT_TRUE(matches("(/api/org/.*/ticketing/*[0-9]*)", "/api/org/6d2f/ticketing/17"));
  EXPECT_TRUE(matches("(/api/a/.*)|(/api/b/.*)", "/api/b/x"));
  EXPECT_FALSE(matches("(/api/a/.*)|(/api/b/.*)", "/api/c/x"));
  EXPECT_TRUE(matches("/api/thing/[-,a-g,0-9]+/getResource", "/api/thing/a,9-/getResource"));
  EXPECT_TRUE(matches("/api/org/[^/]+/snapshots(/.*)?", "/api/org/42/snapshots"));
  EXPECT_FALSE(matches("/api/org/[^/]+/snapshots(/.*)?", "/api/org/4/2/snapshots"));
}

TEST(Matcher, SeesTheRawPathAndDecodesNothing) {
  EXPECT_FALSE(matches("/api/a b", "/api/a%20b"));
  EXPECT_TRUE(matches("/api/a%20b", "/api/a%20b"));
}

TEST(Matcher, KeepsToAsciiForDigitsAndCaseAsJavaDoes) {
  EXPECT_TRUE(matches(R"(/api/\d+)", "/api/42"));
  EXPECT_TRUE(matches("(?i)/API/x", "/api/X"));
  EXPECT_FALSE(matches(R"(/api/\D+)", "/api/42"));
}

TEST(Matcher, RepeatsACharacterAndNotItsLastOctet) {
  EXPECT_TRUE(matches("/api/\u00e9?x", "/api/x"));
}

TEST(Matcher, MatchesNothingForAPathBeyondAscii) {
  EXPECT_FALSE(matches("/api/.*", "/api/\xC3\xA9"));
  EXPECT_FALSE(matches("/api/.*", "/api/\xFF"));
}

TEST(Matcher, GivesTheNumbersOfAllThatMatchAscendingAndEachOnce) {
  const std::vector<Filter> filters{
      {"/api/x", 5}, {"/api/.*", 2}, {"/api/y", 3}, {"/api/[xy]", 5}, {"/api/x", 0}};
  Matches found;
  make_matcher(filters)->match("/api/x", found);
  EXPECT_EQ(found.numbers, (Numbers{0, 2, 5}));
}

TEST(Matcher, AppendsToWhatTheCallerHolds) {
  const std::vector<Filter> filters{{"/api/x", 1}};
  Matches found;
  found.numbers = {9};
  make_matcher(filters)->match("/api/x", found);
  EXPECT_EQ(found.numbers, (Numbers{9, 1}));
}

TEST(Matcher, LeavesOutWhatDoesNotCompile) {
  const std::vector<Filter> filters{{"/api/(", 0}, {"/api/x", 1}};
  Matches found;
  make_matcher(filters)->match("/api/x", found);
  EXPECT_EQ(found.numbers, (Numbers{1}));
}

TEST(Matcher, WithoutFiltersMatchesNothing) {
  Matches found;
  make_matcher({})->match("/api/x", found);
  EXPECT_TRUE(found.numbers.empty());
}

TEST(Matcher, ReportsTheFilterThatUsesUpItsBudget) {
  const std::vector<Filter> filters{{"/api/x", 1}, {"/api/(a|aa|a*)*\\1b", 4}, {"/api/.*", 6}};
  Matches found;
  std::string path = "/api/";
  path.append(200, 'a').append("bc");
  make_matcher(filters)->match(path, found);
  EXPECT_TRUE(found.over_budget);
  EXPECT_EQ(found.over_budget_number, 4U);
  EXPECT_TRUE(found.numbers.empty());
}

TEST(Matcher, GivesTheSameAnswersWhenItSharesPatternsWithAnEarlierOne) {
  std::vector<Filter> filters{{"/api/a", 0}, {"/api/b/.*", 1}};
  auto first = make_matcher(filters);
  filters[0].number = 2;
  filters.push_back({"/api/(b/)c", 0});
  const auto second = make_matcher(filters, first.get());
  first.reset();  // what is shared outlives the one it came from

  Matches found;
  second->match("/api/b/c", found);
  second->match("/api/a", found);
  EXPECT_EQ(found.numbers, (Numbers{0, 1, 2}));
}

TEST(Matcher, ServesTwoThreadsAtOnce) {
  const std::vector<Filter> filters{{"/api/org/[^/]+/x", 0}, {"/api/(a+)+b", 1}};
  const auto matcher = make_matcher(filters);
  std::atomic<int> wrong{0};
  const auto work = [&](const std::string& path, const Numbers& expected) {
    Matches found;
    for (int i = 0; i < 2000; ++i) {
      found.numbers.clear();
      matcher->match(path, found);
      if (found.numbers != expected) ++wrong;
    }
  };
  std::thread other{[&] { work("/api/org/42/x", {0}); }};
  work("/api/aaaab", {1});
  other.join();
  EXPECT_EQ(wrong.load(), 0);
}

TEST(Pattern, GivesTheSameVerdictInterpretedAndCompiled) {
  for (const std::string_view path : {"/api/org/42/x", "/api/org//x", "/api/aab", "/api/", ""}) {
    for (const char* text : {"/api/org/[^/]+/x", "/api/(?<n>a+)\\k<n>?b", "/api/?", ".*"}) {
      auto pattern = Pattern::compile(text);
      ASSERT_TRUE(pattern) << text;
      const auto interpreted = (*pattern)->match(path);
      (*pattern)->speed_up();
      EXPECT_EQ(interpreted, (*pattern)->match(path)) << text << " on " << path;
    }
  }
}

TEST(Pattern, StopsACatastrophicMatchInTheInterpreterToo) {
  auto pattern = Pattern::compile("(a|aa|a*)*\\1b");
  ASSERT_TRUE(pattern);
  std::string path(200, 'a');
  path.append("bc");
  EXPECT_EQ((*pattern)->match(path), Pattern::Verdict::over_budget);
}

TEST(CheckPattern, SaysWhatIsWrongAndWhere) {
  const auto checked = check_pattern("/api/(a|b");
  ASSERT_FALSE(checked);
  EXPECT_FALSE(checked.error().reason.empty());
  EXPECT_EQ(checked.error().position, 9U);
}

TEST(CheckPattern, GivesPositionsInThePatternAsItWasWritten) {
  // PCRE2 sees a longer text: its complaint about the range must come back to where we wrote it.
  const auto checked = check_pattern(R"(\u0041\u0042[z-a])");
  ASSERT_FALSE(checked);
  EXPECT_GE(checked.error().position, 13U);
  EXPECT_LE(checked.error().position, 17U);
}

}  // namespace
}  // namespace registry::match
