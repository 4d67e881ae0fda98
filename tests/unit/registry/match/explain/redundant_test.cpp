#include "registry/match/explain/redundant.h"

#include <gtest/gtest.h>

#include "tests/unit/registry/match/explain/subjects.h"

namespace registry::match::explain {
namespace {

std::string lines(std::string_view pattern) {
  std::string text;
  for (const RedundantPart& part : redundant_parts(subject(pattern)).parts) {
    text += std::to_string(part.position) + " " + part.text + ": " + part.why + "\n";
  }
  return text;
}

TEST(Redundant, IsNothingOfAPatternInOrder) {
  for (const char* pattern : {"/api/org/.*", "(/a)|(/b)", "/a?b?", "/(a|b)*", "/api(/.*)?"}) {
    EXPECT_EQ(lines(pattern), "") << pattern;
  }
}

TEST(Redundant, IsAnAlternativeThatAnotherCovers) {
  EXPECT_EQ(lines("/api/.*|/api/backup/x"),
            "8 /api/backup/x: what it matches, /api/.* at position 0 matches too\n");
  EXPECT_EQ(lines("/api/backup/x|/api/.*"),
            "0 /api/backup/x: what it matches, /api/.* at position 14 matches too\n");
  EXPECT_EQ(lines("/a|/b|/[ab]"),
            "0 /a: what it matches, /[ab] at position 6 matches too\n"
            "3 /b: what it matches, /[ab] at position 6 matches too\n");
}

TEST(Redundant, LeavesOneOfTwoEqualAlternatives) {
  EXPECT_EQ(lines("/a|/a"), "3 /a: what it matches, /a at position 0 matches too\n");
}

TEST(Redundant, IsAnAlternativeThatSeveralCoverTogether) {
  EXPECT_EQ(lines("/a[0-5]|/a[3-7]|/a[5-9]"),
            "8 /a[3-7]: what it matches, the other alternatives match too\n");
}

TEST(Redundant, IsAnythingBehindAnything) {
  EXPECT_EQ(lines("/api/.*.*"), "7 .*: without it the same paths match\n");
  EXPECT_EQ(lines("/api(/.*)?.*"), "4 (/.*)?: without it the same paths match\n");
}

TEST(Redundant, IsAQuantifierAroundAQuantifier) {
  EXPECT_EQ(lines("/(a+)+b"),
            "1 (a+)+: what is repeated repeats itself: the outer quantifier adds nothing\n");
  EXPECT_EQ(lines("/(a+/)+b"), "");
}

TEST(Redundant, IsAnAnchorAtItsNaturalPlace) {
  EXPECT_EQ(lines("^/api$"),
            "0 ^: the whole path is matched anyway\n5 $: the whole path is matched anyway\n");
}

TEST(Redundant, LeavesNamedGroupsAlone) {
  EXPECT_EQ(lines("/.*(?<rest>.*)"), "1 .*: without it the same paths match\n");
}

TEST(Redundant, LeavesDeadBranchesToOthers) { EXPECT_EQ(lines("/a|b"), ""); }

TEST(Redundant, IsUnknownOfWhatIsNotRegular) {
  EXPECT_FALSE(redundant_parts(subject("(/a)\\1.*.*")).complete);
  EXPECT_TRUE(redundant_parts(subject("/a.*.*")).complete);
}

}  // namespace
}  // namespace registry::match::explain
