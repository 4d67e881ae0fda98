#include "registry/match/syntax/parse.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <variant>

#include "rendered.h"

namespace registry::match::syntax {
namespace {

TEST(Parse, ReadsAnOrdinaryFilter) {
  EXPECT_EQ(
      parsed("(/a/.*/b)|(/v-[^/]+(/.*)?)"),
      "alt(group1(seq(/ a / repeat([{0}-{9}{b}{c}{e}-{84}{86}-{2027}{202a}-{10ffff}] 0-inf) / b)) "
      "group2(seq(/ v - repeat([{0}-.0-{10ffff}] 1-inf) "
      "repeat(group3(seq(/ repeat([{0}-{9}{b}{c}{e}-{84}{86}-{2027}{202a}-{10ffff}] 0-inf))) "
      "0-1))))");
}

TEST(Parse, TakesAPatternOfNothing) {
  EXPECT_EQ(parsed(""), "empty");
  EXPECT_EQ(parsed("|"), "alt(empty empty)");
  EXPECT_EQ(parsed("(?i)"), "empty");
}

TEST(Parse, RefusesWhatIsTooLong) {
  EXPECT_EQ(parsed(std::string(1025, 'a')), "flaw@1024");
  EXPECT_FALSE(parsed(std::string(1024, 'a')).starts_with("flaw"));
}

TEST(Parse, SaysWhereEachNodeWasWritten) {
  const auto tree = parse(U"ab*|\\Q.\\E(?x) c  |(?:d)+");
  ASSERT_TRUE(tree);
  const auto& alternation = std::get<Alternation>((*tree)[tree->root].is);
  ASSERT_EQ(alternation.branches.size(), 3U);
  const auto extent = [&](NodeId id) {
    const Extent& is = (*tree)[id].extent;
    return std::pair{is.first, is.last};
  };
  EXPECT_EQ(extent(tree->root), (std::pair{0U, 24U}));
  EXPECT_EQ(extent(alternation.branches[0]), (std::pair{0U, 3U}));
  const auto& second = std::get<Sequence>((*tree)[alternation.branches[1]].is);
  EXPECT_EQ(extent(second.parts[0]), (std::pair{6U, 7U}));
  EXPECT_EQ(extent(second.parts[1]), (std::pair{14U, 15U}));
  EXPECT_EQ(extent(alternation.branches[2]), (std::pair{18U, 24U}));
}

TEST(Parse, KeepsUnpairedSurrogates) {
  const std::u32string pattern{U'a', 0xD800, U'b'};
  EXPECT_EQ(parsed(pattern), "seq(a {d800} b)");
}

}  // namespace
}  // namespace registry::match::syntax
