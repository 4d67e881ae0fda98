#include "registry/match/explain/hints.h"

#include <gtest/gtest.h>

#include "core/encoding/code_points.h"

namespace registry::match::explain {
namespace {

std::string hint(std::string_view pattern) {
  const auto text = *core::code_points_of(pattern);
  const auto tree = syntax::parse(text);
  EXPECT_FALSE(tree) << pattern;
  return tree ? "" : hint_for(text, tree.error());
}

bool mentions(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(Hint, ForAPathTemplateIsANamedGroup) {
  EXPECT_EQ(
      hint("/api/{id}/x"),
      "braces are quantifiers in Java, as in a{2,3}: for a parameter write (?<id>[^/]+), for the "
      "characters themselves \\{id\\}");
  EXPECT_TRUE(mentions(hint("{id}"), "(?<id>[^/]+)"));
}

TEST(Hint, ForAStarOfFileNamesIsDotStar) {
  EXPECT_TRUE(mentions(hint("*"), ".* for anything"));
  EXPECT_TRUE(mentions(hint("/a|*"), ".* for anything"));
}

TEST(Hint, ForBracketsSaysWhichHasNoPartner) {
  EXPECT_TRUE(mentions(hint("/api/(a|b"), "a ( has no )"));
  EXPECT_TRUE(mentions(hint("/api/a)"), "a ) has no ("));
  EXPECT_TRUE(mentions(hint("/api/[a-z"), "a class begins at 5 and has no ]"));
}

TEST(Hint, ForAnUnknownEscapeSpeaksOfReservedLetters) {
  EXPECT_TRUE(mentions(hint("/a\\y"), "reserved"));
}

TEST(Hint, ForALongPatternIsSeveralFilters) {
  EXPECT_TRUE(
      mentions(hint(std::string(syntax::kPatternLengthMax + 1, 'a')), "several shorter filters"));
}

}  // namespace
}  // namespace registry::match::explain
