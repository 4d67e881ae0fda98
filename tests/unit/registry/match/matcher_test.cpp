#include "registry/match/matcher.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace registry::match {
namespace {

using Numbers = std::vector<FilterNumber>;

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
  const std::vector<Filter> filters{{"/api/x", 1}, {"/api/(a|aa|a*)*\\1[bc]", 4}, {"/api/.*", 6}};
  Matches found;
  std::string path = "/api/";
  path.append(200, 'a').append("bc");
  make_matcher(filters)->match(path, found);
  EXPECT_TRUE(found.over_budget);
  EXPECT_EQ(found.over_budget_number, 4U);
  EXPECT_TRUE(found.numbers.empty());
}

TEST(Matcher, SpendsABoundedNumberOfStepsOnAllItsFiltersTogether) {
  std::vector<Filter> filters;
  for (FilterNumber i = 0; i < 3000; ++i) filters.push_back({"/api/.*x" + std::to_string(i), i});
  const std::string path = "/api/" + std::string(8000, 'x');
  Matches found;
  make_matcher(filters)->match(path, found);
  EXPECT_FALSE(found.over_budget) << "literals tell these apart";
  EXPECT_LT(found.steps, 100U);

  for (Filter& filter : filters) filter.pattern = "/api/.*[x-z]";
  found = {};
  make_matcher(filters)->match(path, found);
  EXPECT_TRUE(found.over_budget);
  EXPECT_EQ(found.steps, kLookupStepsMax);
}

TEST(Matcher, NoCatastrophicPatternSpendsMoreThanTheBudgetOnAPathOfEightKibibytes) {
  const std::string path = "/" + std::string(8190, 'a') + "!";
  for (const char* pattern :
       {"/(a+)+[b!]c?", "/(a|aa)+\\1[b!]?", "/(.*a){20}[b!]", "/((a*)*)*[b!]?c?", "/(?=(a+)+b).*",
        "/(?=(?=(a*)*b)a*)+.*", "/(a*)*\\1\\1[!]x?", "/(?:(?=a)a|aa)*+[b!]c", "/.*(?<=a{1,200}b).*",
        "/(((((a*)*)*)*)*)*[!b]c?"}) {
    const std::vector<Filter> filters{{pattern, 1}};
    Matches found;
    make_matcher(filters)->match(path, found);
    EXPECT_LE(found.steps, kLookupStepsMax) << pattern;
    EXPECT_TRUE(found.over_budget || found.steps < kLookupStepsMax) << pattern;
  }
}

TEST(Matcher, ALookUpOfNothingButSlashesStaysWithinItsBudget) {
  std::vector<Filter> filters;
  for (FilterNumber i = 0; i < 2000; ++i) {
    filters.push_back({"/.*/x" + std::to_string(i) + "/.*", i});
    filters.push_back({"/" + std::string(i % 60, '/') + ".*/y" + std::to_string(i), i});
  }
  Matches found;
  make_matcher(filters)->match(std::string(8192, '/'), found);
  EXPECT_TRUE(found.numbers.empty());
  EXPECT_FALSE(found.over_budget);
  EXPECT_LT(found.steps, 60'000U);
}

TEST(Matcher, TenThousandFiltersThatAllMatchAnOrdinaryPathAreWithinTheBudget) {
  std::vector<Filter> filters;
  for (FilterNumber i = 0; i < 10'000; ++i) {
    filters.push_back({"/api/(?:.*|" + std::to_string(i) + ")", i});
  }
  Matches found;
  make_matcher(filters)->match("/api/org/0f3c/catalogs/action/upload?", found);
  EXPECT_FALSE(found.over_budget);
  EXPECT_EQ(found.numbers.size(), 10'000U);
}

TEST(Matcher, AChangeMakesAnotherMatcherAndLeavesTheFirstAsItWas) {
  const std::vector<Filter> filters{{"/api/a", 0}, {"/api/b/.*", 1}, {"/api/b/.*", 3}};
  const auto first = make_matcher(filters);
  const std::vector<FilterNumber> gone{0, 3};
  const std::vector<Filter> added{{"/api/a", 2}, {"/api/(b/)c", 0}};
  const auto second = change_matcher(*first, gone, added);

  Matches found;
  second->match("/api/b/c", found);
  EXPECT_EQ(found.numbers, (Numbers{0, 1}));
  second->match("/api/a", found);
  EXPECT_EQ(found.numbers, (Numbers{0, 1, 2}));
  found.numbers.clear();
  first->match("/api/b/c", found);
  EXPECT_EQ(found.numbers, (Numbers{1, 3}));
}

TEST(Matcher, WhatIsSharedOutlivesTheMatcherItCameFrom) {
  const std::vector<Filter> filters{{"/api/a", 0}, {"/api/b/.*", 1}};
  auto first = make_matcher(filters);
  const std::vector<FilterNumber> gone{0};
  const std::vector<Filter> added{{"/api/a", 5}};
  const auto second = change_matcher(*first, gone, added);
  first.reset();
  Matches found;
  second->match("/api/a", found);
  second->match("/api/b/x", found);
  EXPECT_EQ(found.numbers, (Numbers{5, 1}));
}

TEST(Matcher, RemembersTheWarningsOfItsPatterns) {
  const std::vector<Filter> filters{{"/api/(a)\\1", 4}, {"/api/x", 4}};
  const auto matcher = make_matcher(filters);
  ASSERT_EQ(matcher->warnings(4, "/api/(a)\\1").size(), 1U);
  EXPECT_TRUE(matcher->warnings(4, "/api/(a)\\1")[0].starts_with("not linear: the back-reference"));
  EXPECT_TRUE(matcher->warnings(4, "/api/x").empty());
  EXPECT_TRUE(matcher->warnings(5, "/api/x").empty());
}

TEST(Matcher, WarnsOfAFlagWithoutEffect) {
  const std::vector<Filter> filters{{"/api/(?ic:x)", 4}, {"/api/(?i-c:x)", 5}, {"/api/[(?c]", 6}};
  const auto matcher = make_matcher(filters);
  EXPECT_EQ(matcher->warnings(4, "/api/(?ic:x)"),
            std::vector<std::string>{"(?c), canonical equivalence, has no effect here"});
  EXPECT_TRUE(matcher->warnings(5, "/api/(?i-c:x)").empty());
  EXPECT_TRUE(matcher->warnings(6, "/api/[(?c]").empty());
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

TEST(CheckPattern, SaysWhatIsWrongAndAtWhichCodePoint) {
  const auto checked = check_pattern("/\u00e9/{id}");
  ASSERT_FALSE(checked);
  EXPECT_FALSE(checked.error().reason.empty());
  EXPECT_EQ(checked.error().position, 3U);
}

TEST(CheckPattern, RefusesWhatIsNotUtf8) {
  EXPECT_FALSE(check_pattern("/api/\xFF"));
  EXPECT_FALSE(check_pattern("/api/\xED\xA0\x80"));
}

TEST(CheckPattern, WarnsOfWhatMayUseUpTheBudgetAndNamesIt) {
  const auto linear = check_pattern("(/api/x(/.*)?)|(/api/y)");
  ASSERT_TRUE(linear);
  EXPECT_TRUE(linear->empty());
  for (const auto& [pattern, what] : {std::pair{"/(?=a).*", "the look-ahead \"(?=a)\" at index 1"},
                                      {"/.*(?<!a)", "the look-behind \"(?<!a)\" at index 3"},
                                      {"/(.)\\1", "the back-reference \"\\1\" at index 4"},
                                      {"/a*+b", "the possessive quantifier \"a*+\" at index 1"},
                                      {"/(?>a|ab)c", "the atomic group \"(?>a|ab)\" at index 1"}}) {
    const auto checked = check_pattern(pattern);
    ASSERT_TRUE(checked) << pattern;
    ASSERT_EQ(checked->size(), 1U) << pattern;
    EXPECT_EQ(checked->front(), std::string{"not linear: "} + what +
                                    "; a path may use up the budget and is answered 503");
  }
}

TEST(CheckPattern, WarnsOfWhatNoPathCanMatch) {
  const auto checked = check_pattern("/api/\u00e9");
  ASSERT_TRUE(checked);
  EXPECT_EQ(*checked,
            std::vector<std::string>{
                "\"/api/\u00e9\" at position 0 matches no path: \"\u00e9\" at position 5: a path "
                "would hold it only as %C3%A9"});
  const auto blanks = check_pattern("(/api/a) |(/api/b)");
  ASSERT_TRUE(blanks);
  ASSERT_EQ(blanks->size(), 1U);
  EXPECT_NE(blanks->front().find("the blank at position 8"), std::string::npos) << blanks->front();
}

}  // namespace
}  // namespace registry::match
