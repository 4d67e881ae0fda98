#include "registry/match/syntax/classes.h"

#include <gtest/gtest.h>

#include "rendered.h"

namespace registry::match::syntax {
namespace {

TEST(Class, HasCodePointsRangesAndSets) {
  EXPECT_EQ(parsed("[a]"), "a");
  EXPECT_EQ(parsed("[a-cx\\d]"), "[0-9a-cx]");
  EXPECT_EQ(parsed("[^a]"), "[{0}-`b-{10ffff}]");
  EXPECT_EQ(parsed(U"[\U0001F600-\U0001F602]"), "[{1f600}-{1f602}]");
  EXPECT_EQ(parsed("[.$|()*+?{}#]"), "[#$(-+.?{-}]");
}

TEST(Class, TakesABracketFirstAsALiteral) {
  EXPECT_EQ(parsed("[]a]"), "[]a]");
  EXPECT_EQ(parsed("[^]a]"), "[{0}-\\^-`b-{10ffff}]");
  EXPECT_EQ(parsed("[]"), "flaw@2");
  EXPECT_EQ(parsed("[^]"), "flaw@3");
}

TEST(Class, IsNegatedByACaretInFrontAlone) {
  EXPECT_EQ(parsed("[a^]"), "[^a]");
  EXPECT_EQ(parsed("[^^]"), "[{0}-]_-{10ffff}]");
  EXPECT_EQ(parsed("[\\[^b]"), "[[^b]");
  EXPECT_EQ(parsed("[b-f&&^c]"), "c");
}

TEST(Class, TakesAHyphenAtItsEdgesAsALiteral) {
  EXPECT_EQ(parsed("[-a]"), "[-a]");
  EXPECT_EQ(parsed("[a-]"), "[-a]");
  EXPECT_EQ(parsed("[+--]"), "[+--]");
  EXPECT_EQ(parsed("[\\d-z]"), "[-0-9z]");
  EXPECT_EQ(parsed("[a-[b]]"), "[-ab]");
  EXPECT_EQ(parsed("[a-c-e]"), "[-a-ce]");
}

TEST(Class, RefusesARangeThatRunsBackwardsOrEndsWithASet) {
  EXPECT_EQ(parsed("[z-a]"), "flaw@2");
  EXPECT_EQ(parsed("[a-\\d]"), "flaw@2");
  EXPECT_EQ(parsed("[a-\\pL]"), "flaw@4");
  EXPECT_EQ(parsed("[a-&&b]"), "flaw@2");
}

TEST(Class, TakesAVerticalTabAtTheEndsOfARange) {
  EXPECT_EQ(parsed("[\\v-\\r]"), "[{b}-{d}]");
  EXPECT_EQ(parsed("[\\n-\\v]"), "[{a}{b}]");
  EXPECT_EQ(parsed("[\\v]"), "[{a}-{d}{85}{2028}{2029}]");
}

TEST(Class, MayHoldClasses) {
  EXPECT_EQ(parsed("[a[bc]d]"), "[a-d]");
  EXPECT_EQ(parsed("[a[^b]]"), "[{0}-ac-{10ffff}]");
  EXPECT_EQ(parsed("[^a[b]]"), "[{0}-`c-{10ffff}]");
  EXPECT_EQ(parsed("[[:alpha:]]"), "[:ahlp]");
}

TEST(Class, IntersectsAllOnBothSides) {
  EXPECT_EQ(parsed("[a-z&&[def]]"), "[d-f]");
  EXPECT_EQ(parsed("[a-z&&[^bc]]"), "[ad-z]");
  EXPECT_EQ(parsed("[a-z&&def]"), "[d-f]");
  EXPECT_EQ(parsed("[a-f&&c-h&&b-d]"), "[cd]");
  EXPECT_EQ(parsed("[^a-y&&b-z]"), "[{0}-az-{10ffff}]");
  EXPECT_EQ(parsed("[a-f&&[bc][cd]e]"), "[b-e]");
}

TEST(Class, IntersectsWithWhatCameLastWhenNothingIsOnTheRight) {
  EXPECT_EQ(parsed("[ab&&]"), "[ab]");
  EXPECT_EQ(parsed("[a[b]&&]"), "b");
  EXPECT_EQ(parsed("[&&ab]"), "[ab]");
  EXPECT_EQ(parsed("[&&]"), "flaw@2");
}

TEST(Class, TakesALoneAmpersandAsALiteral) {
  EXPECT_EQ(parsed("[a&b]"), "[&ab]");
  EXPECT_EQ(parsed("[a&&&b]"), "[&ab]");
  EXPECT_EQ(parsed("[&]"), "&");
}

// Java keeps single code points up to FF in a set of their own, and unites all of it again.
TEST(Class, BringsItsSinglesBackWithOneBehindAnIntersection) {
  EXPECT_EQ(parsed("[a&&[b]]"), "[]");
  EXPECT_EQ(parsed("[a&&[b]&&&c]"), "[&ac]");
  EXPECT_EQ(parsed(U"[\u0101&&[b]&&&\u0102]"), "[&{102}]");
}

TEST(Class, IsRefusedWithoutItsEnd) {
  EXPECT_EQ(parsed("[a"), "flaw@2");
  EXPECT_EQ(parsed("[a[b]"), "flaw@5");
  EXPECT_EQ(parsed("[a&&"), "flaw@4");
  EXPECT_EQ(parsed(std::string(1024, '[')), "flaw@1024");
}

TEST(Class, HasNoAnchorsAndReferences) {
  for (const char* pattern :
       {"[\\b]", "[\\B]", "[\\A]", "[\\z]", "[\\Z]", "[\\G]", "[\\R]", "[\\X]", "[\\1]", "[\\k]"}) {
    EXPECT_EQ(parsed(pattern), "flaw@2") << pattern;
  }
  EXPECT_EQ(parsed("[\\01]"), "{1}");
}

TEST(Class, FoldsCase) {
  EXPECT_EQ(parsed("(?i)[a-c]"), "[A-Ca-c]");
  EXPECT_EQ(parsed("(?i)[X-c]"), "[A-CX-cx-z]");
  EXPECT_EQ(parsed(U"(?i)[\u00E9]"), "{e9}");
  EXPECT_EQ(parsed(U"(?iu)[\u00E9]"), "[{c9}{e9}]");
  EXPECT_EQ(parsed("(?iu)[k]"), "[Kk{212a}]");
  EXPECT_EQ(parsed("(?iu)[j-l]"), "[J-Lj-l{212a}]");
  EXPECT_EQ(parsed("(?i)[^a]"), "[{0}-@B-`b-{10ffff}]");
}

TEST(Comments, AreSkippedInAClassToo) {
  EXPECT_EQ(parsed("(?x)[a b#c\n d]"), "[abd]");
  EXPECT_EQ(parsed("(?x)[ ^a]"), "[^a]");
  EXPECT_EQ(parsed("(?x)[ ]a]"), "[]a]");
  EXPECT_EQ(parsed("(?x)[a\\ b]"), "[{20}ab]");
  EXPECT_EQ(parsed("(?x)[a# ]"), "flaw@9");
  EXPECT_EQ(parsed("(?x)[a - c]"), "[a-c]");
}

TEST(Comments, SwallowAnAmpersandBeforeABlank) { EXPECT_EQ(parsed("(?x)[a& b]"), "[ab]"); }

TEST(Comments, AreSkippedBetweenAllParts) {
  EXPECT_EQ(parsed("(?x) a b # c\n d"), "seq(a b d)");
  EXPECT_EQ(parsed("(?x)a *"), "repeat(a 0-inf)");
  EXPECT_EQ(parsed("(?x)a{1 2}"), "repeat(a 12-12)");
  EXPECT_EQ(parsed("(?x)( ?i)a"), "[Aa]");
  EXPECT_EQ(parsed("(?x)(? i)a"), "[Aa]");
  EXPECT_EQ(parsed("(?x)\\x4 1"), "A");
  EXPECT_EQ(parsed("(?x)\\p {L u}"), "flaw@5");
  EXPECT_EQ(parsed("(?x)\\c#A"), "flaw@5");
  EXPECT_EQ(parsed("(?x)(?<n a>b)"), "group1(b)");
  EXPECT_EQ(parsed("(?x)a#b"), "a");
  EXPECT_EQ(parsed("(?x)a\\#b"), "seq(a # b)");
}

TEST(Comments, EndAtALineTerminator) {
  EXPECT_EQ(parsed("(?x)#a\rb"), "b");
  EXPECT_EQ(parsed("(?xd)#a\rb"), "empty");
  EXPECT_EQ(parsed(U"(?x)#a\u2028b"), "seq({2028} b)");
}

}  // namespace
}  // namespace registry::match::syntax
