#include "engine_fixture.h"

namespace registry::match::engine {
namespace {

// The expectations of this file are what Matcher of JDK 17 says.

TEST(Captures, PreferTheFirstWayThatMatches) {
  EXPECT_EQ(captures("(a|ab)(c|bcd)?(d*)", "abcd"), "0-1 1-4 4-4");
  EXPECT_EQ(captures("(a*?)(a*)", "aa"), "0-0 0-2");
  EXPECT_EQ(captures("/(.*)/(.*)", "/a/b/c"), "1-4 5-6");
  EXPECT_EQ(captures("(a)|(b)", "b"), "- 0-1");
}

TEST(Captures, RepeatedGroupKeepsItsLastIteration) {
  EXPECT_EQ(captures("(a|b)*", "abab"), "3-4");
  EXPECT_EQ(captures("(?:(a)|(b))*", "ab"), "0-1 1-2");
  EXPECT_EQ(captures("(a)*a", "aaa"), "1-2");
}

TEST(Captures, PieceThatIsGivenBackLeavesWhatIsInsideIt) {
  EXPECT_EQ(captures("((a)b)*ab", "abab"), "0-2 2-3");
  EXPECT_EQ(captures("(?:(a))*a", "aaa"), "2-3");
  EXPECT_EQ(captures("((a)b)?ab", "ab"), "- -");
  EXPECT_EQ(captures("((a)b){0,2}ab", "ab"), "- 0-1");
  EXPECT_EQ(captures("((a)b){1,2}ab", "abab"), "0-2 2-3");
}

TEST(Captures, LoopThatIsLeftWritesItsGroupWhenAllHasMatched) {
  EXPECT_EQ(captures("(?:(a)*b)*", "abaab"), "0-1");
  EXPECT_EQ(captures("(?:(a)*b)*", "abb"), "0-1");
  EXPECT_EQ(captures("(?:((a)|b)\\2?)*", "abab"), "3-4 0-1");
}

TEST(Captures, LoopIsLeftAsANewOneWhereTheWidthOfItsPiecesChanges) {
  EXPECT_EQ(captures("(?:(.){1,3}){2}", "aaaa"), "2-3");
  const std::u32string text{0x301, 0xE9, 0x85, 0x1F600, 0xDE00, 0x2028, U'\r'};
  std::vector<Capture> found;
  ASSERT_EQ(Backtracker{tree_of("(([^a-z]){2,}){3}")}.match(text, kSteps, &found).verdict,
            Verdict::yes);
  EXPECT_EQ(found[1].first, 5U);
  EXPECT_EQ(found[2].first, 6U);
}

TEST(Captures, IterationThatMatchesNothing) {
  EXPECT_EQ(captures("()*", ""), "-");
  EXPECT_EQ(captures("()+", ""), "0-0");
  EXPECT_EQ(captures("(|a)*", ""), "0-0");
}

TEST(Captures, PieceThatMatchedNothingLeavesNoChoiceBehind) {
  // The look-ahead at the end leaves group 2 set when it fails; what is tried next can then refer
  // to it.
  EXPECT_EQ(captures("(?:(x|(?!b){1,3})?)(?:\\2+|(?!(a|^)))", ""), "- 0-0");
}

TEST(Captures, WhatJavasMemoSkipsLeavesNone) {
  EXPECT_EQ(
      captures("((?:(?:^)*+)*?|((ab)|b)((?s:.)|(ab))+){2,}(?:ab)?(?s:.)(?s:.)(?:(?:(b|a))?+)+",
               "babaaa\n"),
      "5-5 0-1 - 4-5 - 2-3");
}

TEST(Captures, StayAfterALookAhead) {
  EXPECT_EQ(captures("(?=(a+))a*", "aaa"), "0-3");
  EXPECT_EQ(captures("(?:(?!(a))b|a)", "a"), "0-1");
  EXPECT_EQ(captures("(?:(?=(a))b|a)", "a"), "0-1");
  EXPECT_EQ(captures("(?>(a)|b)+", "ab"), "0-1");
}

}  // namespace
}  // namespace registry::match::engine
