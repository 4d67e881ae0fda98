#include <gtest/gtest.h>

#include <variant>

#include "registry/match/syntax/parse.h"
#include "rendered.h"

namespace registry::match::syntax {
namespace {

bool refused(std::string_view pattern) { return parsed(pattern).starts_with("flaw"); }

TEST(LookBehind, LooksAsFarAsWhatItHoldsIsLong) {
  EXPECT_EQ(parsed("(?<=a{2,3}b)"), "behind(seq(repeat(a 2-3) b) 3-4)");
  EXPECT_EQ(parsed("(?<=a|bcd|)"), "behind(alt(a seq(b c d) empty) 0-3)");
  EXPECT_EQ(parsed("(?<=(?=abc)\\b)"), "behind(seq(ahead(seq(a b c)) word_boundary) 0-0)");
}

TEST(LookBehind, IsRefusedWhenItHoldsAReference) {
  EXPECT_TRUE(refused("(a)(?<=\\1)b"));
  EXPECT_TRUE(refused("(?<x>a)(?<=b\\k<x>)b"));
}

TEST(LookBehind, IsRefusedWhenAGroupWithAChoiceIsRepeated) {
  EXPECT_TRUE(refused("(?<=(?:a|b)+)c"));
  EXPECT_TRUE(refused("(?<=(?:a|b){2})c"));
  EXPECT_TRUE(refused("(?<=(?:ab?){1,2})c"));
  EXPECT_TRUE(refused("(?<=(?:a{1,2}){3})c"));
  EXPECT_TRUE(refused("(?<=(?:a*){3})c"));
  EXPECT_FALSE(refused("(?<=(?:ab){1,2})c"));
  EXPECT_FALSE(refused("(?<=(?:a|b)?)c"));
  EXPECT_FALSE(refused("(?<=(?:a|b){0,1})c"));
  EXPECT_FALSE(refused("(?<=(?:a{2}){3})c"));
}

// Java adds up in 32 bits. A star alone is as long as the largest number, and one more runs over,
// which Java sees behind x*? and not behind x*.
TEST(LookBehind, TakesAStarForBoundedAsJavaDoes) {
  EXPECT_EQ(parsed("(?<=a*)"), "behind(repeat(a 0-inf) 0-inf)");
  EXPECT_EQ(parsed("(?<=/a+)"), "behind(seq(/ repeat(a 1-inf)) 2-inf)");
  EXPECT_EQ(parsed("(?<=/a{2,})"), "behind(seq(/ repeat(a 2-inf)) 3-inf)");
  EXPECT_EQ(parsed("(?<=(?:a)*)"), "behind(repeat(a 0-inf) 0-inf)");
  EXPECT_FALSE(refused("(?<=a*b{0,1})c"));
  EXPECT_TRUE(refused("(?<=a*b{1,1})c"));
  EXPECT_FALSE(refused("(?<=a*?)b"));
  EXPECT_TRUE(refused("(?<=/a*?)b"));
  EXPECT_TRUE(refused("(?<=/(?:a)*)b"));
  EXPECT_TRUE(refused("(?<=(?:ab)*)c"));
}

TEST(LookBehind, MatchesNowhereWhenTwoStarsMakeItsMaximumNegative) {
  EXPECT_EQ(parsed("(?<=a*b*)"), "behind(seq(repeat(a 0-inf) repeat(b 0-inf)) 1-0)");
  EXPECT_EQ(parsed("(?<=a*b*c*)"),
            "behind(seq(repeat(a 0-inf) repeat(b 0-inf) repeat(c 0-inf)) 0-2147483645)");
}

TEST(LookBehind, ComparesWithTheSumSoFarToSeeItRunOver) {
  EXPECT_FALSE(refused("(?<=(?:xx){1073741823})b"));
  EXPECT_TRUE(refused("(?<=(?:xx){1073741824})b"));
  EXPECT_FALSE(refused("(?<=x{1000000000}x{1000000000})b"));
  EXPECT_TRUE(refused("(?<=x{1000000000}x{1000000000}x{1000000000})b"));
}

TEST(LookBehind, CountsNothingForAGraphemeAtMost) {
  EXPECT_EQ(parsed("(?<=\\X)"), "behind(grapheme 1-0)");
  EXPECT_TRUE(refused("(?<=(?:\\X){1})b"));
}

TEST(LookBehind, CountsCodePointsWhenTheRestOfThePatternHasALargeOne) {
  const auto counts = [](std::u32string_view pattern) {
    const auto tree = parse(pattern);
    for (const Node& node : tree->nodes) {
      if (const auto* look = std::get_if<Look>(&node.is)) return look->counts_code_points;
    }
    return false;
  };
  EXPECT_TRUE(counts(U"(?<=a)\U0001F600"));
  EXPECT_TRUE(counts(U"(?<=\U0001F600)a"));
  EXPECT_FALSE(counts(U"\U0001F600(?<=a)b"));
  EXPECT_FALSE(counts(U"(?<=\\x{1F600})b"));
}

}  // namespace
}  // namespace registry::match::syntax
