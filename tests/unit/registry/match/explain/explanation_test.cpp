#include "registry/match/explain/explanation.h"

#include <gtest/gtest.h>

#include "registry/match/explain/samples.h"
#include "tests/unit/registry/match/explain/subjects.h"

namespace registry::match::explain {
namespace {

Explanation explained(std::string_view pattern) { return explain(subject(pattern)); }

TEST(Explanation, HasEachAlternativeWithSamplesThatMatch) {
  const Subject made = subject("(/api/org/.*/backups)|/api/v\\d+|b");
  const Explanation all = explain(made);
  ASSERT_EQ(all.alternatives.size(), 3U);
  EXPECT_EQ(all.alternatives[0].words, "\"/api/org/\", anything, \"/backups\"");
  EXPECT_EQ(all.alternatives[0].samples.front(), "/api/org/abc/backups");
  EXPECT_EQ(all.alternatives[1].samples.front(), "/api/v123");
  EXPECT_TRUE(all.alternatives[2].samples.empty());
  for (const Alternative& one : all.alternatives) {
    for (const std::string& sample : one.samples) {
      EXPECT_EQ(verdict_of(made, sample), engine::Verdict::yes) << sample;
    }
  }
}

TEST(Explanation, TakesAPatternWithoutAlternativesAsOne) {
  const Explanation all = explained("/api/(a|b)/.*");
  ASSERT_EQ(all.alternatives.size(), 1U);
  EXPECT_EQ(all.alternatives[0].samples,
            (std::vector<std::string>{"/api/a/abc", "/api/a/", "/api/b/abc", "/api/b/"}));
}

TEST(Samples, BeginWithASlashWhereThePatternLeavesThatOpen) {
  const Subject made = subject(".*");
  EXPECT_EQ(samples_of(made, made.tree, 1), (std::vector<std::string>{"/abc"}));
}

TEST(Samples, FollowBackReferences) {
  const Subject made = subject("/(?<id>[a-z]+)/\\k<id>");
  EXPECT_EQ(samples_of(made, made.tree, 1), (std::vector<std::string>{"/abc/abc"}));
}

TEST(Samples, ComeFromTheGraphWhenNoneComesAlongThePattern) {
  const Subject made = subject("/.\\bx");
  EXPECT_EQ(samples_of(made, made.tree, 1), (std::vector<std::string>{"//x"}));
}

TEST(Linearity, IsAnAutomatonForRegularPatterns) {
  const Linearity linearity = explained("/api/(a+)+b").linearity;
  EXPECT_TRUE(linearity.linear());
  EXPECT_GT(linearity.states, 5U);
}

TEST(Linearity, NamesTheFirstPartThatIsNotRegular) {
  const auto why = explained("/api/(?=x)(a)\\1").linearity.backtracks;
  ASSERT_TRUE(why);
  EXPECT_EQ(why->part, "(?=x)");
  EXPECT_EQ(why->position, 5U);
  EXPECT_EQ(why->why, "a look-ahead looks at places that it does not take");
  EXPECT_EQ(explained("/(a)\\1").linearity.backtracks->part, "\\1");
  EXPECT_EQ(explained("/a*+").linearity.backtracks->part, "a*+");
  EXPECT_EQ(explained("/(?>a)").linearity.backtracks->part, "(?>a)");
}

TEST(Linearity, SaysWhenAnAutomatonWouldBeTooLarge) {
  const auto why = explained("/(.*a.{12})b").linearity.backtracks;
  ASSERT_TRUE(why);
  EXPECT_FALSE(why->position);
  EXPECT_NE(why->why.find("2000 states"), std::string::npos);
}

TEST(Cost, OfAnAutomatonIsAStepAnOctet) {
  const CostEstimate cost = explained("/api/.*").cost;
  EXPECT_TRUE(cost.is_bound);
  EXPECT_EQ(cost.at_short.steps, kShortPathOctets);
  EXPECT_EQ(cost.at_long.steps, kLongPathOctets);
}

TEST(Cost, OfABacktrackerIsMeasured) {
  const CostEstimate cost = explained("/(?=api).*").cost;
  EXPECT_FALSE(cost.is_bound);
  EXPECT_GT(cost.tried, 0U);
  EXPECT_GT(cost.at_short.steps, 0U);
  EXPECT_FALSE(cost.at_long.over_budget);
}

TEST(Cost, FindsTheUsualCatastrophe) {
  const Explanation all = explained("/(\\w+/?)+(?=x)\\1!");
  EXPECT_TRUE(all.cost.at_long.over_budget);
  EXPECT_FALSE(all.cost.at_long.path.empty());
  EXPECT_FALSE(warnings_of(all).empty());
}

TEST(Warnings, AreNoneForAPatternInOrder) {
  EXPECT_TRUE(warnings_of(explained("(/api/org/.*)|(/api/vApp/vapp-.*)")).empty());
}

TEST(Warnings, NameAFlagWithoutEffect) {
  EXPECT_EQ(warnings_of(explained("/a(?c)/b")),
            std::vector<std::string>{"(?c), canonical equivalence, has no effect here"});
}

TEST(Warnings, NameDeadBranches) {
  EXPECT_EQ(
      warnings_of(explained("/a|/b c")),
      (std::vector<std::string>{"\"/b c\" at position 3 matches no path: the blank at position 5 "
                                "stands for itself, and no path holds a blank"}));
}

TEST(Explanation, OfAVeryLongPatternEnds) {
  std::string pattern = "/a0";
  for (int i = 1; pattern.size() < 1000; ++i) pattern += "|/a" + std::to_string(i % 10) + ".*";
  const Explanation all = explained(pattern);
  EXPECT_GT(all.alternatives.size(), 100U);
  EXPECT_FALSE(all.redundant.parts.empty());
}

}  // namespace
}  // namespace registry::match::explain
