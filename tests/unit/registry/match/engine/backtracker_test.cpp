#include <string>

#include "engine_fixture.h"

namespace registry::match::engine {
namespace {

TEST(Backtracker, MatchesTheWholeInputOnly) {
  EXPECT_TRUE(matches("/a/(b|bc)d?", "/a/bc"));
  EXPECT_TRUE(matches("/a/(b|bc)d?", "/a/bd"));
  EXPECT_FALSE(matches("/a/(b|bc)d?", "/a/bcdd"));
  EXPECT_TRUE(matches("", ""));
  EXPECT_FALSE(matches("", "a"));
}

TEST(Backtracker, RunsGiveBackWhatTheRestNeeds) {
  EXPECT_TRUE(matches("/.*/b.*", "/a/b/b/c"));
  EXPECT_TRUE(matches("[ab]{2,3}b", "abb"));
  EXPECT_TRUE(matches("a{2,}?b*", "aaab"));
  EXPECT_TRUE(matches("a??ab", "ab"));
  EXPECT_FALSE(matches("[ab]{3,}b", "abb"));
}

TEST(Backtracker, PossessiveAndAtomicPartsGiveNothingBack) {
  EXPECT_FALSE(matches("a*+a", "aaa"));
  EXPECT_TRUE(matches("a*+b", "aab"));
  EXPECT_FALSE(matches("(?>a|ab)c", "abc"));
  EXPECT_TRUE(matches("(?>ab|a)c", "abc"));
  EXPECT_FALSE(matches("(?:ab?)++b", "ab"));
  EXPECT_TRUE(matches("(?:ab?){2}+b", "aabb"));
  EXPECT_FALSE(matches("(?:a|ab){1,2}+c", "abc"));
  EXPECT_TRUE(matches("(?:a|)*+b", "aab"));
}

TEST(Backtracker, LooksAhead) {
  EXPECT_TRUE(matches("(?=.*b)a.*", "a/b"));
  EXPECT_FALSE(matches("(?=.*b)a.*", "a/c"));
  EXPECT_TRUE(matches("/api/(?!admin/).*", "/api/user/"));
  EXPECT_FALSE(matches("/api/(?!admin/).*", "/api/admin/x"));
}

TEST(Backtracker, LooksBehind) {
  EXPECT_TRUE(matches(".*(?<=/a|/bc)", "/x/bc"));
  EXPECT_FALSE(matches(".*(?<!/a|/bc)", "/x/bc"));
  EXPECT_TRUE(matches("a(?<=a)(?<!b)c", "ac"));
  EXPECT_FALSE(matches("(?<=a)b", "b"));
  EXPECT_TRUE(matches("(?<!a)b", "b"));
  EXPECT_TRUE(matches("aab(?<=a{1,2}b)", "aab"));
}

TEST(Backtracker, LooksNowhereWhereJavasSumRanOver) {
  EXPECT_FALSE(matches("(?<=\\R?\?a*)b", "b"));
  EXPECT_TRUE(matches("/(?<=\\R?\?a*)b", "/b"));
}

TEST(Backtracker, LooksBackNoFurtherThanHalfAPair) {
  // Java's sum has run over and counts code points forward: the first start is in the pair.
  EXPECT_EQ(verdict(U"\U0001F1E7a(?<=\U0001F1E7a*a?)aa", U"\U0001F1E7aaa"), Verdict::no);
  EXPECT_EQ(verdict(U"\U0001F1E7a(?<=\U0001F1E7a*a?)aaa", U"\U0001F1E7aaaa"), Verdict::yes);
}

TEST(Backtracker, RefersBack) {
  EXPECT_TRUE(matches("/(\\w+)/\\1", "/ab/ab"));
  EXPECT_FALSE(matches("/(\\w+)/\\1", "/ab/aB"));
  EXPECT_TRUE(matches("(?i)/(\\w+)/\\1", "/ab/aB"));
  EXPECT_FALSE(matches("(?:(a)|b)\\1", "b"));
  EXPECT_TRUE(matches("(?:\\1b|(a))*", "aab"));
}

TEST(Backtracker, CountsLongRepetitions) {
  EXPECT_TRUE(matches("(?:ab|c){300,400}", std::string(350, 'c')));
  EXPECT_FALSE(matches("(?:ab|c){300,400}", std::string(299, 'c')));
  EXPECT_FALSE(matches("(?:ab|c){300,400}", std::string(401, 'c')));
  EXPECT_EQ(verdict("(?:ab|c){300,400}?d", std::string(350, 'c') + "d"), Verdict::yes);
  EXPECT_EQ(
      verdict("(?:(?:a|b){500}c){2}", std::string(500, 'a') + "c" + std::string(500, 'b') + "c"),
      Verdict::yes);
  EXPECT_EQ(
      verdict("(?:(?:a|b){500}c){2}", std::string(500, 'a') + "c" + std::string(499, 'b') + "c"),
      Verdict::no);
  EXPECT_EQ(verdict(
                "(?:x(?:ab){300})+", "x" +
                                         [] {
                                           std::string text;
                                           for (int i = 0; i < 300; ++i) text += "ab";
                                           return text;
                                         }()),
            Verdict::yes);
}

TEST(Backtracker, IterationThatMatchesNothingEndsTheLoop) {
  EXPECT_TRUE(matches("(?:a*)*", "aa"));
  EXPECT_TRUE(matches("(?:a|b*){5}c", "abc"));
  EXPECT_TRUE(matches("(?:|a)+", "aaa"));
  EXPECT_FALSE(matches("(?:a?)*b", "aaac"));
  EXPECT_TRUE(matches("(?:(?:)|a){3}", "a"));
}

TEST(Backtracker, AtomicPieceThatMatchedNothingMayMatchMoreTheNextTime) {
  for (const auto* text : {"a", "aa", "aaa", "aaaaaa"}) {
    EXPECT_TRUE(matches("(?>(\\1a|))+", text)) << text;
  }
  for (const auto* text : {"aaaa", "aaaaa"}) EXPECT_FALSE(matches("(?>(\\1a|))+", text)) << text;
  EXPECT_FALSE(matches("(?>(\\1a|))*", "aa"));
  EXPECT_FALSE(matches("(?>(\\1a|)){1,3}", "aa"));
  EXPECT_TRUE(matches("(?>(\\1a|)){1,4}", "aa"));
  EXPECT_FALSE(matches("(?>(\\1a|)){2,4}", "aa"));
  EXPECT_FALSE(matches("(?>(\\1a|))+?", "aa"));
  EXPECT_FALSE(matches("(?>(\\1a|))++", "aa"));
  EXPECT_TRUE(matches("(?>(\\1a|b|)){1,300}", "bbabaa"));
}

TEST(Backtracker, PieceOfAnotherWidthIsMatchedOnceMore) {
  // The second time \b{g} asks from where the piece ended the first time.
  EXPECT_EQ(verdict(U"(\\PL\\b{g})*\\w", U"-\U0001D7CEa"), Verdict::no);
  EXPECT_EQ(verdict(U"(\\PL\\b{g}){0,2}a", U"-\U0001D7CEa"), Verdict::no);
  EXPECT_EQ(verdict(U"(\\PL\\b{g}){0,300}a", U"-\U0001D7CEa"), Verdict::no);
  EXPECT_EQ(verdict(U"(\\PL\\b{g})+a", U"-\U0001D7CEa"), Verdict::yes);
  EXPECT_EQ(verdict(U"(\\PL\\b{g})*\\w", U"--a"), Verdict::yes);
}

TEST(Backtracker, DecidesPlacesAsJavaDoes) {
  EXPECT_TRUE(matches("a$\\n", "a\n"));
  EXPECT_TRUE(matches("a\\Z\\r\\n", "a\r\n"));
  EXPECT_FALSE(matches("a\\r\\Z\\n", "a\r\n"));
  EXPECT_FALSE(matches("a$\\nb", "a\nb"));
  EXPECT_TRUE(matches("(?d)a\\r$\\n", "a\r\n"));
  EXPECT_FALSE(matches("(?d)a$\\r", "a\r"));
  EXPECT_TRUE(matches("\\Ga", "a"));
}

TEST(Backtracker, LineBreakInARepetitionIsOnePiece) {
  EXPECT_TRUE(matches("\\R\\n", "\r\n"));
  EXPECT_FALSE(matches("(\\R)*\\n", "\r\n"));
  EXPECT_FALSE(matches("\\R{2}", "\r\n"));
  EXPECT_FALSE(matches("\\R?\\n", "\r\n"));
  EXPECT_TRUE(matches("(?:\\R)?\\n", "\r\n"));
  EXPECT_TRUE(matches("(\\R){0,1}\\n", "\r\n"));
  EXPECT_TRUE(matches("(?:\\R|b)*\\n", "\r\n"));
}

TEST(Backtracker, SeesCodePoints) {
  EXPECT_EQ(verdict(U".\u00e9", U"\U0001F600\u00e9"), Verdict::yes);
  EXPECT_EQ(verdict(U"[^a]{2}", U"\U0001F600"), Verdict::no);
  EXPECT_EQ(verdict(U".*b", U"\U0001F600b"), Verdict::yes);
  EXPECT_EQ(verdict(U".*?b", U"\U0001F600b"), Verdict::yes);
  EXPECT_EQ(verdict(std::u32string{0xD83D} + U".", std::u32string{0xD83D, U'x'}), Verdict::yes);
  EXPECT_EQ(verdict(std::u32string{0xD83D} + U".*", U"\U0001F600"), Verdict::no);
  std::vector<Capture> found;
  ASSERT_EQ(Backtracker{tree_of(U"(.)(.)")}.match(U"\U0001F600\u00e9", kSteps, &found).verdict,
            Verdict::yes);
  EXPECT_EQ(found[1].last, 1U);
  EXPECT_EQ(found[2].first, 1U);
  EXPECT_EQ(found[2].last, 2U);
}

TEST(Backtracker, RunFromTheMiddleOfAPairGivesBackNoMoreThanItTook) {
  const std::u32string text{0xD83D, 0x1F600};
  EXPECT_EQ(verdict(U"(" + std::u32string{0xD83D} + U")\\1.*x", text), Verdict::no);
  EXPECT_EQ(verdict(U"(" + std::u32string{0xD83D} + U")\\1.{0,5}x", text), Verdict::no);
  EXPECT_EQ(verdict(U"(" + std::u32string{0xD83D} + U")\\1.*\\x{1F600}", text), Verdict::no);
  EXPECT_EQ(verdict(U"(" + std::u32string{0xD83D} + U")\\1.*.", text), Verdict::yes);
}

TEST(Backtracker, MarksAfterALetterBelongToItsWord) {
  EXPECT_EQ(verdict(U"a\\B\u0301\\b", U"a\u0301"), Verdict::yes);
  EXPECT_EQ(verdict(U"-\\B\u0301\\B", U"-\u0301"), Verdict::yes);
  EXPECT_EQ(verdict(U"\u00e9\\b-", U"\u00e9-"), Verdict::yes);
}

TEST(Backtracker, LineTerminatorsBeyondAscii) {
  EXPECT_EQ(verdict(U"a$\u2028", U"a\u2028"), Verdict::yes);
  EXPECT_EQ(verdict(U"(?m)a$\u0085^b", U"a\u0085b"), Verdict::yes);
  EXPECT_EQ(verdict(U"(?m)a\u2029^", U"a\u2029"), Verdict::no);
  EXPECT_EQ(verdict(U"a.", U"a\u2028"), Verdict::no);
}

TEST(Backtracker, ReferencesFoldCaseAsTheFlagsSay) {
  EXPECT_EQ(verdict(U"(?i)(\u00e9)\\1", U"\u00e9\u00c9"), Verdict::no);
  EXPECT_EQ(verdict(U"(?iu)(\u00e9)\\1", U"\u00e9\u00c9"), Verdict::yes);
}

TEST(Backtracker, TakesGraphemesWhole) {
  EXPECT_EQ(verdict(U"\\X\\X", U"a\u0301b"), Verdict::yes);
  EXPECT_EQ(verdict(U"\\X\u0301b", U"a\u0301b"), Verdict::no);
  EXPECT_EQ(verdict("\\X\\X", "\r\na"), Verdict::yes);
  EXPECT_EQ(verdict("\\X\\n", "\r\n"), Verdict::no);
  EXPECT_EQ(verdict(U"a\\b{g}\u0301", U"a\u0301"), Verdict::no);
  // The braces repeat nothing, and that is the latest piece.
  EXPECT_EQ(verdict("a*{0,1}\\b{g}a", "aa"), Verdict::no);
  EXPECT_EQ(verdict("a*{0,1}?\\b{g}a", "aa"), Verdict::yes);
  EXPECT_EQ(verdict(".+{0,1}?c\\b{g}a", "aca"), Verdict::yes);
  EXPECT_EQ(verdict(".+{0,2}?c\\b{g}a", "aca"), Verdict::no);
  EXPECT_EQ(verdict("\\X+{0,1}?c\\b{g}a", "aca"), Verdict::yes);
  // Characters that are counted are pieces, even without an end.
  EXPECT_EQ(verdict("a{0,2147483647}\\b{g}b", "ab"), Verdict::no);
  EXPECT_EQ(verdict("a{0,}\\b{g}b", "ab"), Verdict::yes);
  // A reference takes Java's memo away, which would not look for another round at the end, even if
  // there is no such group.
  EXPECT_EQ(verdict("({2}b+){2,}\\b{g}a", "bbba"), Verdict::yes);
  EXPECT_EQ(verdict("({2}b+){2,}\\b{g}a|\\5", "bbba"), Verdict::no);
  // It stays in an atomic part that is repeated, not in another group.
  EXPECT_EQ(verdict("(?>({2}b+){2,}\\b{g}a)?", "bbba"), Verdict::yes);
  EXPECT_EQ(verdict("(?:({2}b+){2,}\\b{g}a)?", "bbba"), Verdict::no);
  // The memo is there where the iterations are counted, too.
  const std::string many(21, 'b');
  EXPECT_EQ(verdict("({2}b|bb){20,}\\b{g}a", many + "a"), Verdict::yes);
  EXPECT_EQ(verdict("({2}b|bb){20,}\\b{g}a|\\5", many + "a"), Verdict::no);
  // What is behind the loop is tried twice at place 1, and the first time leaves another piece.
  EXPECT_EQ(verdict("(?>b?)*(?<=^*a|\\b{g})a", "ba"), Verdict::yes);
  // The look-behind also starts between the halves of the first character.
  EXPECT_EQ(verdict(U"\\X(?<=(\\Xa?){2}+)", U"\U0001F1E6\u200D"), Verdict::yes);
}

}  // namespace
}  // namespace registry::match::engine
