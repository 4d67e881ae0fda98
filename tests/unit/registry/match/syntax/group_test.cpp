#include <gtest/gtest.h>

#include <string>

#include "registry/match/syntax/parse.h"
#include "rendered.h"

namespace registry::match::syntax {
namespace {

TEST(Group, IsNumberedInTheOrderOfItsParenthesis) {
  EXPECT_EQ(parsed("((a)(b))"), "group1(seq(group2(a) group3(b)))");
  EXPECT_EQ(parsed("(?:a)(b)"), "seq(a group1(b))");
  EXPECT_EQ(parsed("()"), "group1(empty)");
  EXPECT_EQ(parsed("(a|)"), "group1(alt(a empty))");
}

TEST(Group, IsRefusedWithoutItsOtherParenthesis) {
  EXPECT_EQ(parsed("a(b"), "flaw@1");
  EXPECT_EQ(parsed("(a(b)"), "flaw@0");
  EXPECT_EQ(parsed("a)b"), "flaw@1");
  EXPECT_EQ(parsed(std::string(1024, '(')), "flaw@1023");
}

TEST(Group, NestsAsDeepAsAPatternIsLong) {
  const std::string deep = std::string(512, '(') + std::string(512, ')');
  const auto tree = parse(std::u32string{deep.begin(), deep.end()});
  ASSERT_TRUE(tree);
  EXPECT_EQ(tree->group_count, 512U);
}

TEST(Group, HasANameOfLatinLettersAndDigits) {
  const auto tree = parse(U"(?<id>a)(b)(?<n2>c)");
  ASSERT_TRUE(tree);
  ASSERT_EQ(tree->group_names.size(), 2U);
  EXPECT_EQ(tree->group_names[0].name, "id");
  EXPECT_EQ(tree->group_names[0].number, 1U);
  EXPECT_EQ(tree->group_names[1].name, "n2");
  EXPECT_EQ(tree->group_names[1].number, 3U);
  EXPECT_EQ(parsed("(?<1a>b)"), "flaw@3");
  EXPECT_EQ(parsed("(?<a_b>c)"), "flaw@4");
  EXPECT_EQ(parsed("(?<>c)"), "flaw@3");
  EXPECT_EQ(parsed("(?<a"), "flaw@4");
  EXPECT_EQ(parsed(U"(?<\u00E9>c)"), "flaw@3");
}

TEST(Group, SharesItsNameWithNoOther) { EXPECT_EQ(parsed("(?<a>b)|(?<a>c)"), "flaw@11"); }

TEST(Group, IsAtomicOrLooksAround) {
  EXPECT_EQ(parsed("(?>ab)"), "atomic(seq(a b))");
  EXPECT_EQ(parsed("(?=a)"), "ahead(a)");
  EXPECT_EQ(parsed("(?!a)"), "not_ahead(a)");
  EXPECT_EQ(parsed("(?<=a)"), "behind(a 1-1)");
  EXPECT_EQ(parsed("(?<!ab|c)"), "not_behind(alt(seq(a b) c) 1-2)");
}

TEST(Group, IsNothingThatPerlHasAndJavaHasNot) {
  EXPECT_EQ(parsed("(?P<a>b)"), "flaw@2");
  EXPECT_EQ(parsed("(?#note)a"), "flaw@2");
  EXPECT_EQ(parsed("(?|a)"), "flaw@2");
  EXPECT_EQ(parsed("(?1)"), "flaw@2");
  EXPECT_EQ(parsed("(*FAIL)"), "flaw@1");
  EXPECT_EQ(parsed("(?"), "flaw@2");
}

TEST(Flags, HoldToTheEndOfTheGroupAround) {
  EXPECT_EQ(parsed("a(?i)b|c"), "alt(seq(a [Bb]) [Cc])");
  EXPECT_EQ(parsed("((?i)a)b"), "seq(group1([Aa]) b)");
  EXPECT_EQ(parsed("(?i:a)b"), "seq([Aa] b)");
  EXPECT_EQ(parsed("(?i)a(?-i)b"), "seq([Aa] b)");
  EXPECT_EQ(parsed("(?i-i:a)"), "a");
}

TEST(Flags, DecideWhatAnchorsMean) {
  EXPECT_EQ(parsed("^$"), "seq(begin_input end_or_terminator)");
  EXPECT_EQ(parsed("(?d)^$"), "seq(begin_input end_or_newline)");
  EXPECT_EQ(parsed("(?m)^$"), "seq(begin_line end_line)");
  EXPECT_EQ(parsed("(?md)^$"), "seq(begin_line_unix end_line_unix)");
  EXPECT_EQ(parsed("\\A\\Z\\z\\G"), "seq(begin_input end_or_terminator end_input begin_input)");
  EXPECT_EQ(parsed("(?md)\\A\\Z"), "seq(begin_input end_or_newline)");
  EXPECT_EQ(parsed("\\b\\B"), "seq(word_boundary no_word_boundary)");
  EXPECT_EQ(parsed("(?U)\\b\\B"), "seq(word_boundary_unicode no_word_boundary_unicode)");
}

TEST(Flags, DecideWhatADotMeans) {
  EXPECT_EQ(parsed("."), "[{0}-{9}{b}{c}{e}-{84}{86}-{2027}{202a}-{10ffff}]");
  EXPECT_EQ(parsed("(?d)."), "[{0}-{9}{b}-{10ffff}]");
  EXPECT_EQ(parsed("(?s)."), "[{0}-{10ffff}]");
}

TEST(Flags, TakeUnicodeCaseAlongWithUnicodeClasses) {
  EXPECT_EQ(parsed(U"(?iU)\u00E9"), "[{c9}{e9}]");
  EXPECT_EQ(parsed(U"(?iu-U)\u00E9"), "{e9}");
  EXPECT_EQ(parsed(U"(?iU-u)\u00E9"), "{e9}");
}

TEST(Flags, AreLettersOnceClearedOrSet) {
  EXPECT_EQ(parsed("(?ii)a"), "[Aa]");
  EXPECT_EQ(parsed("(?-)a"), "a");
  EXPECT_EQ(parsed("(?c)a"), "a");
  EXPECT_EQ(parsed("(?i-s-m)a"), "flaw@5");
  EXPECT_EQ(parsed("(?y)a"), "flaw@2");
  EXPECT_EQ(parsed("(?i"), "flaw@3");
}

TEST(BackReference, TakesAsManyDigitsAsThereAreGroups) {
  EXPECT_EQ(parsed("(a)\\1"), "seq(group1(a) ref1)");
  EXPECT_EQ(parsed("(a)\\11"), "seq(group1(a) ref1 1)");
  EXPECT_TRUE(
      parsed("(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)\\10\\11").ends_with("group10(a) ref10 ref1 1)"));
  EXPECT_EQ(parsed("(a\\1)"), "group1(seq(a ref1))");
}

TEST(BackReference, ToALaterGroupIsOneAndToNoGroupMatchesNothing) {
  EXPECT_EQ(parsed("\\2(a)(b)"), "seq(ref2 group1(a) group2(b))");
  EXPECT_EQ(parsed("\\2(a)"), "seq([] group1(a))");
  EXPECT_EQ(parsed("\\0"), "flaw@1");
}

TEST(BackReference, ByNameIsToAGroupBeforeIt) {
  EXPECT_EQ(parsed("(?<x>a)\\k<x>"), "seq(group1(a) ref1)");
  EXPECT_EQ(parsed("(?<x>a\\k<x>)"), "group1(seq(a ref1))");
  EXPECT_EQ(parsed("\\k<x>(?<x>a)"), "flaw@3");
  EXPECT_EQ(parsed("(?<x>a)\\k{x}"), "flaw@9");
  EXPECT_EQ(parsed("(?<x>a)\\k<1>"), "flaw@10");
}

TEST(BackReference, ComparesAsTheFlagsSay) {
  EXPECT_EQ(parsed("(?i)(/)\\1"), "seq(group1(/) ref1i)");
  EXPECT_EQ(parsed("(?iu)(/)\\1"), "seq(group1(/) ref1u)");
  EXPECT_EQ(parsed("(?u)(/)\\1"), "seq(group1(/) ref1)");
}

}  // namespace
}  // namespace registry::match::syntax
