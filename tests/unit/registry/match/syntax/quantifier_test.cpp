#include "registry/match/syntax/quantifier.h"

#include <gtest/gtest.h>

#include "rendered.h"

namespace registry::match::syntax {
namespace {

TEST(Quantifier, IsGreedyLazyOrPossessive) {
  EXPECT_EQ(parsed("a*"), "repeat(a 0-inf)");
  EXPECT_EQ(parsed("a+?"), "repeat(a 1-inf lazy)");
  EXPECT_EQ(parsed("a?+"), "repeat(a 0-1 possessive)");
  EXPECT_EQ(parsed("a{2}"), "repeat(a 2-2)");
  EXPECT_EQ(parsed("a{2,}?"), "repeat(a 2-inf lazy)");
  EXPECT_EQ(parsed("a{2,5}+"), "repeat(a 2-5 possessive)");
}

TEST(Quantifier, RepeatsOnlyTheLastLiteralOfARun) {
  EXPECT_EQ(parsed("abc*"), "seq(a b repeat(c 0-inf))");
  EXPECT_EQ(parsed("ab\\x63+"), "seq(a b repeat(c 1-inf))");
  EXPECT_EQ(parsed("a\\Qbc\\E?"), "seq(a b repeat(c 0-1))");
}

TEST(Quantifier, StandsOnAnchorsAndLookArounds) {
  EXPECT_EQ(parsed("^*"), "repeat(begin_input 0-inf)");
  EXPECT_EQ(parsed("\\b+"), "repeat(word_boundary 1-inf)");
  EXPECT_EQ(parsed("(?=a)*"), "repeat(ahead(a) 0-inf)");
  EXPECT_EQ(parsed("(?<!a){2}"), "repeat(not_behind(a 1-1) 2-2)");
}

TEST(Quantifier, InBracesAfterAnotherRepeatsNothing) {
  EXPECT_EQ(parsed("a{2}{3}"), "seq(repeat(a 2-2) repeat(empty 3-3))");
  EXPECT_EQ(parsed("a*{2}"), "seq(repeat(a 0-inf) repeat(empty 2-2))");
  EXPECT_EQ(parsed("{3}"), "repeat(empty 3-3)");
  EXPECT_EQ(parsed("(?i){2}a"), "seq(repeat(empty 2-2) [Aa])");
}

TEST(Quantifier, IsRefusedWhereItDangles) {
  EXPECT_EQ(parsed("*a"), "flaw@0");
  EXPECT_EQ(parsed("a**"), "flaw@2");
  EXPECT_EQ(parsed("a|+"), "flaw@2");
  EXPECT_EQ(parsed("(?)"), "empty");
  EXPECT_EQ(parsed("(?i)*"), "flaw@4");
  EXPECT_EQ(parsed("a???"), "flaw@3");
}

TEST(Quantifier, IsRefusedWhenItsBracesAreNone) {
  EXPECT_EQ(parsed("a{"), "flaw@1");
  EXPECT_EQ(parsed("/api/{id}"), "flaw@5");
  EXPECT_EQ(parsed("a{,2}"), "flaw@1");
  EXPECT_EQ(parsed("a{2"), "flaw@1");
  EXPECT_EQ(parsed("a{2,3"), "flaw@1");
  EXPECT_EQ(parsed("a{ 2}"), "flaw@1");
  EXPECT_EQ(parsed("a{3,2}"), "flaw@1");
}

TEST(Quantifier, CountsUpToTheLargestIntOfJava) {
  EXPECT_EQ(parsed("a{2147483646}"), "repeat(a 2147483646-2147483646)");
  EXPECT_EQ(parsed("a{2,2147483647}"), "repeat(a 2-inf)");
  EXPECT_EQ(parsed("a{2147483648}"), "flaw@11");
  EXPECT_EQ(parsed("a{99999999999999999999}"), "flaw@11");
}

TEST(Quantifier, LeavesAClosingBraceALiteral) { EXPECT_EQ(parsed("a}]"), "seq(a } ])"); }

TEST(Quantifier, KeepsWhatEachRoundOfAPossessiveGroupMatchedFirst) {
  EXPECT_EQ(parsed("(?:a|ab)*+"), "repeat(atomic(alt(a seq(a b))) 0-inf possessive)");
  EXPECT_EQ(parsed("(?:ab)*+"), "repeat(seq(a b) 0-inf possessive)");
}

TEST(Quantifier, KeepsWhatALineBreakMatchedFirst) {
  const std::string line_break = "alt(seq({d} {a}) [{a}-{d}{85}{2028}{2029}])";
  EXPECT_EQ(parsed("\\R"), line_break);
  EXPECT_EQ(parsed("\\R+"), "repeat(atomic(" + line_break + ") 1-inf)");
  EXPECT_EQ(parsed("(?:\\R){2}"), "repeat(atomic(" + line_break + ") 2-2)");
  EXPECT_EQ(parsed("(?:\\R)?"), "repeat(" + line_break + " 0-1)");
  EXPECT_EQ(parsed("(?:\\Ra?)+"), "repeat(seq(" + line_break + " repeat(a 0-1)) 1-inf)");
}

}  // namespace
}  // namespace registry::match::syntax
