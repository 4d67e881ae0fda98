#include "registry/match/groups.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace registry::match {
namespace {

TEST(GroupPattern, GivesNamedGroupsInTheOrderOfTheirNumbers) {
  const auto pattern = GroupPattern::compile("/api/(?<type>[a-z]+)/(x|(?<id>[0-9]+))");
  ASSERT_TRUE(pattern);
  std::vector<NamedGroup> groups;
  std::uint64_t steps_left = kLookupStepsMax;
  ASSERT_EQ(pattern->match("/api/vapp/42", steps_left, groups), engine::Verdict::yes);
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_EQ(groups[0].name, "type");
  EXPECT_EQ(groups[0].text, "vapp");
  EXPECT_EQ(groups[1].name, "id");
  EXPECT_EQ(groups[1].text, "42");
  EXPECT_LT(steps_left, kLookupStepsMax);

  ASSERT_EQ(pattern->match("/api/vapp/x", steps_left, groups), engine::Verdict::yes);
  EXPECT_EQ(groups[1].text, std::nullopt) << "it took no part";
  EXPECT_EQ(pattern->match("/api/vapp/-", steps_left, groups), engine::Verdict::no);
}

TEST(GroupPattern, StopsWhenItsStepsAreSpent) {
  const auto pattern = GroupPattern::compile("(?<all>(?:a|a|b)*)\\1c");
  ASSERT_TRUE(pattern);
  std::vector<NamedGroup> groups;
  std::uint64_t steps_left = 1000;
  EXPECT_EQ(pattern->match(std::string(4000, 'a'), steps_left, groups),
            engine::Verdict::over_budget);
  EXPECT_EQ(steps_left, 0U);
}

TEST(GroupPattern, RefusesWhatIsNoPattern) { EXPECT_FALSE(GroupPattern::compile("(?<a>x")); }

}  // namespace
}  // namespace registry::match
