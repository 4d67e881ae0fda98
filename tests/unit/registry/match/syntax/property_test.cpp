#include "registry/match/syntax/properties.h"

#include <gtest/gtest.h>

#include "rendered.h"

namespace registry::match::syntax {
namespace {

TEST(Property, OfPosixIsAboutAscii) {
  EXPECT_EQ(parsed("\\p{Lower}"), "[a-z]");
  EXPECT_EQ(parsed("\\p{Upper}\\p{Alpha}\\p{Digit}"), "seq([A-Z] [A-Za-z] [0-9])");
  EXPECT_EQ(parsed("\\p{Alnum}\\p{XDigit}"), "seq([0-9A-Za-z] [0-9A-Fa-f])");
  EXPECT_EQ(parsed("\\p{Punct}"), "[!-/:-@[-`{-~]");
  EXPECT_EQ(parsed("\\p{Graph}\\p{Print}"), "seq([!-~] [{20}-~])");
  EXPECT_EQ(parsed("\\p{Blank}\\p{Space}"), "seq([{9}{20}] [{9}-{d}{20}])");
  EXPECT_EQ(parsed("\\p{Cntrl}\\p{ASCII}"), "seq([{0}-{1f}{7f}] [{0}-{7f}])");
}

TEST(Property, OfPosixIsAboutUnicodeUnderTheFlagAndInAnyCase) {
  EXPECT_TRUE(parsed("(?U)\\p{Lower}").starts_with("[a-z{aa}{b5}{ba}{df}-{f6}"));
  EXPECT_EQ(parsed("(?U)\\p{lower}"), parsed("(?U)\\p{Lower}"));
  EXPECT_EQ(parsed("\\p{lower}"), "flaw@1");
  EXPECT_EQ(parsed("\\p{IsLower}"), parsed("(?U)\\p{Lower}"));
}

TEST(Property, OfOneCaseHasAllCasesWhenTheCaseIsIgnored) {
  EXPECT_EQ(parsed("(?i)\\p{Lower}"), "[A-Za-z]");
  EXPECT_EQ(parsed("(?i)\\p{Lu}"), parsed("\\p{LC}"));
  EXPECT_EQ(parsed("(?i)\\p{IsUppercase}"), parsed("(?i)\\p{javaLowerCase}"));
  EXPECT_EQ(parsed("(?iU)\\p{Upper}"), parsed("(?i)\\p{IsTitlecase}"));
  EXPECT_EQ(parsed("(?i)\\p{IsGreek}"), parsed("\\p{IsGreek}"));
}

TEST(Property, IsAGeneralCategory) {
  EXPECT_TRUE(parsed("\\p{Lu}").starts_with("[A-Z{c0}-{d6}{d8}-{de}"));
  EXPECT_EQ(parsed("\\pL"), parsed("\\p{L}"));
  EXPECT_EQ(parsed("\\p{IsLu}"), parsed("\\p{gc=Lu}"));
  EXPECT_EQ(parsed("\\p{general_category=Lu}"), parsed("\\p{GC=Lu}"));
  EXPECT_EQ(parsed("\\p{L1}"), "[{0}-{ff}]");
  EXPECT_EQ(parsed("\\p{all}"), "[{0}-{10ffff}]");
  EXPECT_EQ(parsed("\\p{lu}"), "flaw@1");
}

TEST(Property, IsAScript) {
  EXPECT_EQ(parsed("\\p{IsOgham}"), "[{1680}-{169c}]");
  EXPECT_EQ(parsed("\\p{isOgham}"), "flaw@1");
  EXPECT_EQ(parsed("\\p{IsOGAM}"), "[{1680}-{169c}]");
  EXPECT_EQ(parsed("\\p{sc=ogham}\\p{Script=Ogam}"), "seq([{1680}-{169c}] [{1680}-{169c}])");
  EXPECT_EQ(parsed("\\p{Ogham}"), "flaw@1");
}

TEST(Property, IsABlock) {
  EXPECT_EQ(parsed("\\p{InGreek}"), "[{370}-{3ff}]");
  EXPECT_EQ(parsed("\\p{InBasic Latin}\\p{InBasicLatin}"), "seq([{0}-{7f}] [{0}-{7f}])");
  EXPECT_EQ(parsed("\\p{blk=BASIC_LATIN}\\p{block=ogham}"), "seq([{0}-{7f}] [{1680}-{169f}])");
  EXPECT_EQ(parsed("\\p{InNowhere}"), "flaw@1");
}

TEST(Property, IsBinaryInAnyCase) {
  EXPECT_EQ(parsed("\\p{IsAlphabetic}"), parsed("\\p{IsALPHABETIC}"));
  EXPECT_EQ(parsed("\\p{IsWhite_Space}"), parsed("(?U)\\s"));
  EXPECT_EQ(parsed("\\p{IsJoin_Control}"), "[{200c}{200d}]");
  EXPECT_EQ(parsed("\\p{Alphabetic}"), "flaw@1");
  EXPECT_EQ(parsed("\\p{IsEmoji}"), "flaw@1");  // since Java 21
}

TEST(Property, IsAMethodOfJava) {
  EXPECT_EQ(parsed("\\p{javaISOControl}"), "[{0}-{1f}{7f}-{9f}]");
  EXPECT_TRUE(parsed("\\p{javaWhitespace}").starts_with("[{9}-{d}{1c}-{20}{1680}"));
  EXPECT_EQ(parsed("\\p{javaWhiteSpace}"), "flaw@1");
}

TEST(Property, IsNegatedByACapitalOnly) {
  EXPECT_EQ(parsed("\\P{ASCII}"), "[{80}-{10ffff}]");
  EXPECT_EQ(parsed("[^\\P{ASCII}]"), "[{0}-{7f}]");
  EXPECT_EQ(parsed("\\p{^ASCII}"), "flaw@1");
}

TEST(Property, IsRefusedWithoutAName) {
  EXPECT_EQ(parsed("\\p"), "flaw@1");
  EXPECT_EQ(parsed("\\p{}"), "flaw@1");
  EXPECT_EQ(parsed("\\p{Lu"), "flaw@1");
  EXPECT_EQ(parsed("\\p{name=Latin}"), "flaw@1");
}

TEST(Case, OfALiteralIsThatOfAsciiOrUnicode) {
  EXPECT_EQ(parsed("(?i)a1"), "seq([Aa] 1)");
  EXPECT_EQ(parsed("(?iu)s"), "[Ss{17f}]");
  EXPECT_EQ(parsed("(?i)s"), "[Ss]");
  EXPECT_EQ(parsed("(?u)s"), "s");
  EXPECT_EQ(parsed(U"(?iu)\u03C3"), "[{3a3}{3c2}{3c3}]");
}

TEST(Case, OfASharpSIsFoundInARunOnly) {
  EXPECT_EQ(parsed(U"(?iu)\u00DF"), "{df}");
  EXPECT_EQ(parsed(U"(?iu)x\u00DF"), "seq([Xx] [{df}{1e9e}])");
  EXPECT_EQ(parsed(U"(?iu)x\u00DF*"), "seq([Xx] repeat({df} 0-inf))");
  EXPECT_EQ(parsed(U"(?iu)\u1E9E"), "[{df}{1e9e}]");
}

}  // namespace
}  // namespace registry::match::syntax
