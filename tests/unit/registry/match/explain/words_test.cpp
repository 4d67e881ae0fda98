#include "registry/match/explain/words.h"

#include <gtest/gtest.h>

#include "tests/unit/registry/match/explain/subjects.h"

namespace registry::match::explain {
namespace {

std::string words(std::string_view pattern) {
  const Subject made = subject(pattern);
  return words_of(made.tree, made.tree.root);
}

TEST(Words, QuoteLiteralsAndNameWhatIsBetween) {
  EXPECT_EQ(words("/api/org/.*/backups"), "\"/api/org/\", anything, \"/backups\"");
  EXPECT_EQ(words("/api/[^/]+"), "\"/api/\", one or more characters other than \"/\"");
  EXPECT_EQ(words("/v\\d{2}"), "\"/v\", 2 digits");
  EXPECT_EQ(words("/[a-f0-9]{1,8}"), "\"/\", 1 to 8 hexadecimal digits (small)");
  EXPECT_EQ(words("/."), "\"/\", any character");
}

TEST(Words, SayWhatMayBeMissing) {
  EXPECT_EQ(words("/api/hello(/.*)?"), "\"/api/hello\", perhaps (\"/\", anything)");
  EXPECT_EQ(words("/api(/x)*"), "\"/api\", any number of times \"/x\"");
  EXPECT_EQ(words("/ab{3,}"), "\"/a\", 3 or more \"b\"");
}

TEST(Words, RunThroughParenthesesThatAddNothing) {
  EXPECT_EQ(words("(/a.*) "), "\"/a\", anything, \" \"");
}

TEST(Words, KeepChoicesApart) {
  EXPECT_EQ(words("/(a|b/.*)"), "\"/\", (either \"a\" or (\"b/\", anything))");
  EXPECT_EQ(words("(?i)/api"), "\"/api\" in any case");
  EXPECT_EQ(words("/A(?i)b"), "\"/A\", \"b\" in any case");
}

TEST(Words, NameGroupsAndWhatRepeatsThem) {
  EXPECT_EQ(
      words("/(?<id>[^/]+)/\\k<id>"),
      "\"/\", one or more characters other than \"/\" (called id), \"/\", the same again as id");
  EXPECT_EQ(words("/(?!admin).*"), "\"/\", where what follows is not \"admin\", anything");
  EXPECT_EQ(words("/a*+"), "\"/\", any number of \"a\" (and gives nothing back)");
}

TEST(Words, EndWhenAPatternIsTooDeep) {
  std::string deep(300, '(');
  deep += "a" + std::string(300, ')') + "?";
  EXPECT_FALSE(words(deep).empty());
}

}  // namespace
}  // namespace registry::match::explain
