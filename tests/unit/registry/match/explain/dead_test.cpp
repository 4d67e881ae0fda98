#include "registry/match/explain/dead.h"

#include <gtest/gtest.h>

#include "tests/unit/registry/match/explain/subjects.h"

namespace registry::match::explain {
namespace {

Dead dead(std::string_view pattern) {
  const Subject made = subject(pattern);
  return dead_branches(made.tree, made.pattern);
}

/// Positions and reasons, one a line.
std::string lines(const Dead& dead) {
  std::string text;
  for (const DeadBranch& branch : dead.branches) {
    text += std::to_string(branch.position) + ": " + branch.why + "\n";
  }
  return text;
}

TEST(Dead, IsNothingOfAPatternInOrder) {
  for (const char* pattern :
       {"/api/org/.*", "(/a)|(/b)", "^/a$", "/(a|b)*", ".*", "(?i)/API", "/api/(?=x).*"}) {
    EXPECT_EQ(lines(dead(pattern)), "") << pattern;
    EXPECT_FALSE(dead(pattern).all) << pattern;
  }
}

TEST(Dead, SaysThatTheGuidesBlanksStandForThemselves) {
  const Dead found = dead("(/api/backup/.*) | (/api/vApp/vapp-.*/backups)|(/api/org/.*)");
  EXPECT_FALSE(found.all);
  EXPECT_EQ(lines(found),
            "0: the blank at position 16 stands for itself, and no path holds a blank\n"
            "18: the blank at position 18 stands for itself, and no path holds a blank\n");
  EXPECT_EQ(found.branches[0].text, "(/api/backup/.*) ");
  EXPECT_EQ(found.hint,
            "blanks are characters like any other: without those around | it is "
            "(/api/backup/.*)|(/api/vApp/vapp-.*/backups)|(/api/org/.*)");
}

TEST(Dead, NamesWhatNoRawPathHas) {
  EXPECT_EQ(lines(dead("/a\\?x|/b")),
            "0: \"?\" at position 2: a filter sees the path without its query\n");
  EXPECT_EQ(lines(dead("/a#x|/b")),
            "0: \"#\" at position 2: a fragment never reaches the server\n");
  EXPECT_EQ(lines(dead("/b|/\xC3\xA9")),
            "3: \"\xC3\xA9\" at position 4: a path would hold it only as %C3%A9\n");
  EXPECT_EQ(lines(dead("/a\\{id\\}|/b")),
            "0: \"{\" at position 2: a path would hold it only as %7B\n");
  EXPECT_EQ(lines(dead("/[ \\n]|/b")).find("0: one of "), 0U);
}

TEST(Dead, KnowsThatPathsBeginWithASlash) {
  EXPECT_EQ(lines(dead("api/.*|/b")),
            "0: it begins with \"a\", and every path begins with \"/\"\n");
  EXPECT_TRUE(dead("api/.*").all);
}

TEST(Dead, SeesAnchorsInTheMiddle) {
  EXPECT_EQ(lines(dead("/a^/b|/c")),
            "0: the start of the path at position 2 cannot come behind anything\n");
  EXPECT_EQ(lines(dead("/a$/b|/c")),
            "0: the end of the path at position 2 cannot come before anything\n");
}

TEST(Dead, LooksIntoInnerChoicesOfLivingBranchesOnly) {
  EXPECT_EQ(lines(dead("/api/(x|y z|v)/.*")),
            "8: the blank at position 9 stands for itself, and no path holds a blank\n");
  EXPECT_EQ(lines(dead("b(/x|/y)|/c")),
            "0: it begins with \"b\", and every path begins with \"/\"\n");
}

TEST(Dead, LeavesRepeatedChoicesAlone) { EXPECT_EQ(lines(dead("(a|/)+")), ""); }

TEST(Dead, SeesThroughConditionsItCannotDecide) {
  EXPECT_EQ(lines(dead("(?=.*x)/a b|/c")),
            "0: the blank at position 9 stands for itself, and no path holds a blank\n");
  // Whether the condition can hold is not looked at.
  EXPECT_EQ(lines(dead("(?=b)/a|/c")), "");
}

TEST(PlainlyDead, IsWhatOneLookShows) {
  const Subject guide = subject("((/a) | /b|c|/d|/e\\?)");
  std::string text;
  for (const DeadBranch& branch : plainly_dead(guide.tree, guide.pattern)) {
    text += sentence_of(branch) + "\n";
  }
  EXPECT_EQ(
      text,
      "\"(/a) \" at position 1 matches no path: the blank at position 5 stands for itself, and no "
      "path holds a blank\n"
      "\" /b\" at position 7 matches no path: the blank at position 7 stands for itself, and no "
      "path holds a blank\n"
      "\"c\" at position 11 matches no path: it begins with \"c\", and every path begins with "
      "\"/\"\n"
      "\"/e\\?\" at position 16 matches no path: \"?\" at position 18: a filter sees the path "
      "without its query\n");
  for (const char* good : {".*", "/a?", "(/a|/b)*", "(?i)/API", "\\Q/a\\E", "(?=x)/a", "^/a$"}) {
    const Subject living = subject(good);
    EXPECT_TRUE(plainly_dead(living.tree, living.pattern).empty()) << good;
  }
}

TEST(Dead, SaysOnceThatAWholePatternIs) {
  const Dead found = dead("/a /(x|y)");
  EXPECT_TRUE(found.all);
  EXPECT_EQ(lines(found),
            "0: the blank at position 2 stands for itself, and no path holds a blank\n");
}

}  // namespace
}  // namespace registry::match::explain
