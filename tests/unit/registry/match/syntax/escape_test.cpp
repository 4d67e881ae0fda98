#include "registry/match/syntax/escapes.h"

#include <gtest/gtest.h>

#include "rendered.h"

namespace registry::match::syntax {
namespace {

TEST(Escape, OfPunctuationIsItself) {
  EXPECT_EQ(parsed("\\.\\/\\_\\{\\}\\-\\\"\\~"), "seq(. / _ { } - \" ~)");
  EXPECT_EQ(parsed(U"\\\u00E9"), "{e9}");
}

TEST(Escape, OfAnyOtherLetterIsRefused) {
  for (const char letter : std::string_view{"CEFHIJKLMOPQTUYgijlmoqy"}) {
    const std::string pattern = std::string{"\\"} + letter;
    if (letter == 'H') continue;  // has a meaning
    if (letter == 'Q') continue;
    EXPECT_TRUE(parsed(pattern).starts_with("flaw@")) << pattern;
  }
  EXPECT_EQ(parsed("ab\\y"), "flaw@3");
}

TEST(Escape, IsMoreThanABackslashAtTheEnd) {
  EXPECT_EQ(parsed("a\\"), "flaw@1");
  EXPECT_EQ(parsed("[\\"), "flaw@1");
}

TEST(Escape, NamesControls) {
  EXPECT_EQ(parsed("\\a\\e\\f\\n\\r\\t"), "seq({7} {1b} {c} {a} {d} {9})");
  EXPECT_EQ(parsed("\\cA\\ca\\c[\\c?"), "seq({1} ! {1b} {7f})");
  EXPECT_EQ(parsed("\\c"), "flaw@1");
}

TEST(Escape, InOctalHasUpToThreeDigits) {
  EXPECT_EQ(parsed("\\07\\012\\0101\\0377"), "seq({7} {a} A {ff})");
  EXPECT_EQ(parsed("\\0400"), "seq({20} 0)");
  EXPECT_EQ(parsed("\\08"), "flaw@1");
  EXPECT_EQ(parsed("\\0"), "flaw@1");
}

TEST(Escape, InHexadecimalHasTwoDigitsOrBraces) {
  EXPECT_EQ(parsed("\\x41\\x{42}\\x{000043}\\x{1F600}\\x411"), "seq(A B C {1f600} A 1)");
  EXPECT_EQ(parsed("\\x4"), "flaw@1");
  EXPECT_EQ(parsed("\\x{}"), "flaw@1");
  EXPECT_EQ(parsed("\\x{41"), "flaw@1");
  EXPECT_EQ(parsed("\\x{110000}"), "flaw@1");
}

TEST(Escape, OfTwoSurrogatesIsOneCodePoint) {
  EXPECT_EQ(parsed("\\u0041"), "A");
  EXPECT_EQ(parsed("\\ud83d\\ude00"), "{1f600}");
  EXPECT_EQ(parsed("\\ud83d\\u0041"), "seq({d83d} A)");
  EXPECT_EQ(parsed("\\ude00\\ud83d"), "seq({de00} {d83d})");
  EXPECT_EQ(parsed("\\ud83d\\x41"), "seq({d83d} A)");
  EXPECT_EQ(parsed("\\ud83d\\uzzzz"), "flaw@7");
  EXPECT_EQ(parsed("\\u12"), "flaw@1");
}

TEST(Escape, NamesACharacter) {
  EXPECT_EQ(parsed("\\N{LATIN SMALL LETTER A}\\N{ space }"), "seq(a {20})");
  EXPECT_EQ(parsed("\\N{NO SUCH CHARACTER}"), "flaw@1");
  EXPECT_EQ(parsed("\\N{SPACE"), "flaw@1");
  EXPECT_EQ(parsed("\\Na"), "flaw@1");
}

TEST(Escape, StandsForASet) {
  EXPECT_EQ(parsed("\\d"), "[0-9]");
  EXPECT_EQ(parsed("\\s"), "[{9}-{d}{20}]");
  EXPECT_EQ(parsed("\\w"), "[0-9A-Z_a-z]");
  EXPECT_EQ(parsed("\\v"), "[{a}-{d}{85}{2028}{2029}]");
  EXPECT_EQ(parsed("\\h"), "[{9}{20}{a0}{1680}{180e}{2000}-{200a}{202f}{205f}{3000}]");
  EXPECT_EQ(parsed("\\D"), "[{0}-/:-{10ffff}]");
  EXPECT_EQ(parsed("(?iu)\\w"), "[0-9A-Z_a-z]");
}

TEST(Escape, OfAWordOrDigitIsWiderWithUnicodeClasses) {
  EXPECT_TRUE(parsed("(?U)\\d").starts_with("[0-9{660}-{669}"));
  EXPECT_TRUE(parsed("(?U)\\w").starts_with("[0-9A-Z_a-z{aa}{b5}{ba}"));
  EXPECT_TRUE(parsed("(?U)\\s").starts_with("[{9}-{d}{20}{85}{a0}{1680}"));
}

TEST(Escape, KnowsGraphemes) {
  EXPECT_EQ(parsed("\\X\\b{g}"), "seq(grapheme grapheme_boundary)");
  EXPECT_EQ(parsed("\\b{g}{2}"), "repeat(grapheme_boundary 2-2)");
  EXPECT_EQ(parsed("\\b{2}"), "repeat(word_boundary 2-2)");
  EXPECT_EQ(parsed("\\b{g"), "flaw@1");
  EXPECT_EQ(parsed("\\b{w}"), "flaw@2");
}

TEST(Quotation, MakesLiterals) {
  EXPECT_EQ(parsed("\\Qa.*\\E+"), "seq(a . repeat(* 1-inf))");
  EXPECT_EQ(parsed("\\Q(\\b"), "seq(( \\ b)");
  EXPECT_EQ(parsed("\\Q\\E"), "empty");
  EXPECT_EQ(parsed("\\Qa\\"), "seq(a \\)");
  EXPECT_EQ(parsed("\\\\Qa"), "seq(\\ Q a)");
  EXPECT_EQ(parsed("a\\E"), "flaw@2");
}

TEST(Quotation, MakesLiteralsInAClass) {
  EXPECT_EQ(parsed("[\\Qa-c]\\E]"), "[-]ac]");
  EXPECT_EQ(parsed("[\\Q^\\Ea]"), "[^a]");
}

TEST(Quotation, ProlongsNoNumberBeforeIt) {
  EXPECT_EQ(parsed("(a)\\1\\Q0\\E"), "seq(group1(a) ref1 0)");
  EXPECT_EQ(parsed("a{\\Q2\\E}"), "flaw@1");
}

TEST(Quotation, IsReadBeforeAllElse) {
  EXPECT_EQ(parsed("(?\\Qi\\E)a"), "[Aa]");
  EXPECT_EQ(parsed("\\x{4\\Qa\\E}"), "J");
  EXPECT_EQ(parsed("(?x)\\Q# \\E"), "seq(# {20})");
}

TEST(Quotation, LeavesPlacesAsTheyWereWritten) {
  EXPECT_EQ(parsed("\\Q..\\E)"), "flaw@6");
  EXPECT_EQ(parsed("\\Q1.\\E**"), "flaw@7");
}

}  // namespace
}  // namespace registry::match::syntax
